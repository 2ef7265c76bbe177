package points.gateway.deploy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics that there are, each with its labels. */
final class Served {

  private static final Pattern SAMPLE =
      Pattern.compile("(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?<labels>.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  /** What Prometheus adds to all that it reads. */
  private static final Set<String> OF_THE_TARGET = Set.of("job", "instance");

  /** What Prometheus says of its targets by itself. */
  private static final Map<String, Set<String>> OF_PROMETHEUS = Map.of("up", Set.of());

  private final Map<String, Set<String>> labels = new TreeMap<>();

  /** Those of Prometheus, and these. */
  Served(String... scrapes) {
    add(OF_PROMETHEUS);
    for (String scrape : scrapes) {
      scrape.lines().filter(line -> !line.startsWith("#")).forEach(this::read);
    }
  }

  private void add(Map<String, Set<String>> known) {
    known.forEach((name, its) -> labels.put(name, new TreeSet<>(its)));
  }

  private void read(String line) {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw new AssertionError("not a sample: " + line);
    }
    Set<String> its = labels.computeIfAbsent(sample.group("name"), it -> new TreeSet<>());
    String text = sample.group("labels");
    Matcher label = LABEL.matcher(text == null ? "" : text);
    while (label.find()) {
      its.add(label.group(1));
    }
  }

  Set<String> names() {
    return labels.keySet();
  }

  /** What an expression asks for that nobody has. */
  List<String> missing(String expression) {
    List<String> missing = new ArrayList<>();
    PrometheusQuery.of(expression)
        .metrics()
        .forEach(
            (name, wanted) -> {
              Set<String> its = labels.get(name);
              if (its == null) {
                missing.add(name);
              } else {
                var unknown = new HashSet<>(wanted);
                unknown.removeAll(its);
                unknown.removeAll(OF_THE_TARGET);
                unknown.forEach(label -> missing.add(name + "{" + label + "}"));
              }
            });
    return missing;
  }
}
