package points.gateway.deploy;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL expression asks for. No parser: it knows the words of the language, and takes every
 * other one for a metric, so that a misspelt function shows as a metric that nobody has.
 *
 * @param metrics each with the labels that it is selected by
 */
record PrometheusQuery(Map<String, Set<String>> metrics) {

  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "on", "by", "without", "ignoring", "group_left", "offset");
  private static final Set<String> FUNCTIONS =
      Set.of(
          "sum",
          "max",
          "min",
          "count",
          "rate",
          "increase",
          "changes",
          "max_over_time",
          "min_over_time",
          "histogram_quantile",
          "label_values");

  private static final Pattern GROUPING =
      Pattern.compile("\\b(by|without|on|ignoring|group_left)\\s*\\([^)]*\\)");
  private static final Pattern DURATION = Pattern.compile("\\[[^]]*]|\\boffset \\w+");
  private static final Pattern SELECTOR =
      Pattern.compile("(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{(?<labels>[^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"[^\"]*\"");

  static PrometheusQuery of(String expression) {
    Map<String, Set<String>> metrics = new TreeMap<>();
    String bare = DURATION.matcher(expression).replaceAll(" ");
    Matcher selector = SELECTOR.matcher(GROUPING.matcher(bare).replaceAll(" "));
    while (selector.find()) {
      String name = selector.group("name");
      if (!WORDS.contains(name) && !FUNCTIONS.contains(name)) {
        metrics.computeIfAbsent(name, it -> new TreeSet<>()).addAll(labels(selector));
      }
    }
    return new PrometheusQuery(metrics);
  }

  private static Set<String> labels(Matcher selector) {
    Set<String> labels = new HashSet<>();
    String text = selector.group("labels");
    Matcher matcher = MATCHER.matcher(text == null ? "" : text);
    while (matcher.find()) {
      labels.add(matcher.group(1));
    }
    return labels;
  }
}
