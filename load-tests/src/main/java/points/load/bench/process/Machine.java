package points.load.bench.process;

import java.util.List;
import points.load.process.Shell;

/** A description of this machine for readers of a page, without its name. */
public final class Machine {
  private static final String PARTS =
      """
      echo "$(nproc) × $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
      awk '/^MemTotal/ { print int($2 / 1024) " MB" }' /proc/meminfo
      uname -r | sed 's/[^0-9.].*//'
      """; // of Linux without the suffix of a distribution or an owner

  private Machine() {}

  /** Returns processors, memory and version of Linux. */
  public static List<String> parts() {
    return Shell.run("sh", "-c", PARTS).lines().toList();
  }
}
