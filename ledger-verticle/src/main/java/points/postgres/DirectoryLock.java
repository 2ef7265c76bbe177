package points.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One live JVM per data directory. The operating system holds the lock, so it ends with the
 * process, however that ends, and never outlives it.
 */
final class DirectoryLock implements AutoCloseable {
  /**
   * Directories held by this JVM. Looked at before the file is touched: closing any channel of a
   * file gives up every lock that the process has on it.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final FileChannel channel;

  private DirectoryLock(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * @throws LocalPostgresException when a process that is alive, this one included, has it
   */
  static DirectoryLock take(DataDirectory directory) throws IOException {
    if (!HELD_HERE.add(directory.root())) {
      throw inUse(directory, Long.toString(ProcessHandle.current().pid()));
    }
    boolean taken = false;
    try {
      FileChannel channel =
          FileChannel.open(
              directory.lock(),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      taken = lock(directory, channel);
      return new DirectoryLock(directory.root(), channel);
    } finally {
      if (!taken) {
        HELD_HERE.remove(directory.root());
      }
    }
  }

  private static boolean lock(DataDirectory directory, FileChannel channel) throws IOException {
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
      if (!locked) {
        throw inUse(directory, DataDirectory.firstLine(directory.lock()).orElse("unknown"));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(US_ASCII)), 0);
      return true;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  private static LocalPostgresException inUse(DataDirectory directory, String holder) {
    return new LocalPostgresException(
        "data directory " + directory.root() + " is in use by process " + holder);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD_HERE.remove(root);
    }
  }
}
