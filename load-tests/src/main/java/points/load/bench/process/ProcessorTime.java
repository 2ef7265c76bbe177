package points.load.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time of the three parties in microseconds, since their start or per request.
 *
 * @param server gateways or bare server
 * @param postgres the postmaster and all its children, ended ones included
 * @param client the load generator
 */
public record ProcessorTime(double server, double postgres, double client) {
  /** Linux counts in hundredths of a second for user programs, on all its machines. */
  private static final long TICK_US = 10_000;

  /** The first of two fields of a stat line, counted from behind the command's name. */
  private static final int OWN = 11;

  private static final int ENDED_CHILDREN = 13;

  public ProcessorTime minus(ProcessorTime earlier) {
    return new ProcessorTime(
        server - earlier.server, postgres - earlier.postgres, client - earlier.client);
  }

  public ProcessorTime per(long requests) {
    return new ProcessorTime(server / requests, postgres / requests, client / requests);
  }

  /** Returns the time of a process with all its threads; 0 when there is no such process. */
  public static long ofProcess(long pid) {
    return micros(pid, OWN);
  }

  public static long ofEndedChildren(long pid) {
    return micros(pid, ENDED_CHILDREN);
  }

  /**
   * Returns the time of a process and of its children, ended ones included. A child that ends
   * meanwhile moves from one sum to the other, so both are then taken again.
   */
  public static long ofFamily(long pid) {
    while (true) {
      long ended = ofEndedChildren(pid);
      long alive =
          ProcessHandle.of(pid).stream()
              .flatMap(ProcessHandle::children)
              .mapToLong(child -> ofProcess(child.pid()) + ofEndedChildren(child.pid()))
              .sum();
      if (ofEndedChildren(pid) == ended) {
        return ofProcess(pid) + alive + ended;
      }
    }
  }

  private static long micros(long pid, int field) {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] stat = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(stat[field]) + Long.parseLong(stat[field + 1])) * TICK_US;
    } catch (IOException e) {
      return 0; // it has ended
    }
  }
}
