package points.load.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds which process listens on a port of this machine, from {@code /proc}. */
final class ListeningProcess {
  private static final String LISTEN = "0A";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private ListeningProcess() {}

  static long on(int port) {
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      sockets.addAll(listening(Path.of(table), port));
    }
    return ProcessHandle.allProcesses()
        .mapToLong(ProcessHandle::pid)
        .filter(pid -> holdsAny(pid, sockets))
        .findFirst()
        .orElseThrow(
            () ->
                new BenchmarkFailure(
                    "no process of this machine that may be looked at listens on port " + port));
  }

  private static Set<String> listening(Path table, int port) {
    Set<String> sockets = new HashSet<>();
    String end = ":%04X".formatted(port);
    try {
      for (String line : Files.readAllLines(table)) {
        String[] fields = line.trim().split("\\s+", -1);
        if (fields.length > INODE
            && fields[STATE].equals(LISTEN)
            && fields[LOCAL_ADDRESS].endsWith(end)) {
          sockets.add("socket:[" + fields[INODE] + "]");
        }
      }
    } catch (IOException e) {
      // A machine without the one or the other kind of addresses has no such table.
      return sockets;
    }
    return sockets;
  }

  private static boolean holdsAny(long pid, Set<String> sockets) {
    Path folder = Path.of("/proc", Long.toString(pid), "fd");
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(folder)) {
      for (Path descriptor : descriptors) {
        if (sockets.contains(target(descriptor))) {
          return true;
        }
      }
    } catch (IOException e) {
      // Ended meanwhile, or not ours to look at.
      return false;
    }
    return false;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      // Closed meanwhile.
      return "";
    }
  }
}
