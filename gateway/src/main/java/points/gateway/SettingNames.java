package points.gateway;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds variables that are named like settings but are none.
 *
 * <p>A misspelt one would silently leave its setting at the default.
 */
final class SettingNames {
  private static final String PREFIX = "POINTS_";

  /** Variables of the tools of load-tests, which may run in the same shell. */
  private static final Set<String> OF_TOOLS = Set.of("POINTS_KEY", "POINTS_FAULT_NAMESPACES");

  /** Variables that Kubernetes and Docker set in containers beside a service named points. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("POINTS_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP).*)");

  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private final Set<String> known;

  /**
   * @param known the names of all settings
   */
  SettingNames(Set<String> known) {
    this.known = Set.copyOf(known);
  }

  Set<String> known() {
    return known;
  }

  /** Returns a line for each variable that is no setting, with the one that was probably meant. */
  List<String> wrong(Map<String, String> environment) {
    return new TreeMap<>(environment)
        .entrySet().stream()
            .filter(it -> isWrong(it.getKey(), it.getValue()))
            .map(it -> it.getKey() + " is no setting" + nearest(it.getKey()))
            .toList();
  }

  private boolean isWrong(String name, String value) {
    return name.startsWith(PREFIX)
        && !known.contains(name)
        && !OF_TOOLS.contains(name)
        && !SERVICE_LINK.matcher(name).matches()
        && !SERVICE_ADDRESS.matcher(value).matches();
  }

  private String nearest(String name) {
    int enough = Math.max(2, (name.length() - PREFIX.length()) / 3);
    Optional<String> near =
        known.stream()
            .sorted()
            .min(Comparator.comparingInt(it -> distance(it, name)))
            .filter(it -> distance(it, name) <= enough);
    return near.map(it -> "; did you mean " + it + "?")
        .orElse("; gateway/run --help names them all");
  }

  /** Returns the edit distance of two names: characters to insert, remove or change. */
  private static int distance(String one, String other) {
    int[] before = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] now = new int[other.length() + 1];
      now[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        now[j] = Math.min(before[j - 1] + change, Math.min(before[j], now[j - 1]) + 1);
      }
      before = now;
    }
    return before[other.length()];
  }
}
