package points.load.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Processor time that processes have used so far, in microseconds, from {@code /proc}. */
final class ProcessorTime {
  /** Linux counts in hundredths of a second for user programs, on all its machines. */
  private static final long TICK_US = 10_000;

  /** Where the fields of a stat line are, counted from the state behind the command's name. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  private ProcessorTime() {}

  /** A process with all its threads. */
  static long ofProcess(long pid) {
    String[] stat = stat(pid);
    return ticks(stat, USER, SYSTEM) * TICK_US;
  }

  /** What the ended and collected children of a process had used. */
  static long ofEndedChildren(long pid) {
    return ticks(stat(pid), CHILDREN_USER, CHILDREN_SYSTEM) * TICK_US;
  }

  /**
   * A process and all of its children, the ended ones included. A child that ends meanwhile moves
   * from one sum to the other, so both are taken again when that happened.
   */
  static long ofFamily(long pid) {
    while (true) {
      long ended = ofEndedChildren(pid);
      long alive =
          children(pid)
              .mapToLong(child -> ticks(stat(child.pid()), USER, CHILDREN_SYSTEM) * TICK_US)
              .sum();
      if (ofEndedChildren(pid) == ended) {
        return ofProcess(pid) + alive + ended;
      }
    }
  }

  /** The process that started a process. */
  static long parentOf(long pid) {
    String[] stat = stat(pid);
    if (stat.length == 0) {
      throw new BenchmarkFailure(
          "no process " + pid + " on this machine: run the benchmark beside it");
    }
    return Long.parseLong(stat[1]);
  }

  private static Stream<ProcessHandle> children(long pid) {
    return ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children);
  }

  private static long ticks(String[] stat, int first, int last) {
    long sum = 0;
    for (int i = first; i <= last && i < stat.length; i++) {
      sum += Long.parseLong(stat[i]);
    }
    return sum;
  }

  /**
   * The fields behind the command's name, which may hold anything; none when there is no such
   * process.
   */
  private static String[] stat(long pid) {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return line.substring(line.lastIndexOf(')') + 2).trim().split(" ", -1);
    } catch (NoSuchFileException e) {
      return new String[0];
    } catch (IOException e) {
      // A process that ends while its file is read.
      return new String[0];
    }
  }
}
