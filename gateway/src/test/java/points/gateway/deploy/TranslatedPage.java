package points.gateway.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a page has in any language: its headings, and under each the code, calls, JSON and rows of
 * tables that begin with a code or a number.
 *
 * @param levels of the headings, in their order, by what they are in English
 * @param facts by heading, each said so that a message can name it
 */
record TranslatedPage(Map<String, Integer> levels, Map<String, List<String>> facts) {

  private static final Pattern BLOCK =
      Pattern.compile("^```\\w*\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

  /** Of code: written in the language of the page. */
  private static final Pattern COMMENT = Pattern.compile("(^|\\s+)# .*$", Pattern.MULTILINE);

  /** A heading; in Chinese with the English one in a comment above it. */
  private static final Pattern HEADING =
      Pattern.compile("^(?:<!-- (.+) -->\\n)?(#+) (.+)$", Pattern.MULTILINE);

  private static final Map<String, Pattern> FACTS =
      Map.of(
          "the call",
          Pattern.compile("(?<=[` ])((?:GET|POST|PUT|PATCH|DELETE) [/…][^`\\n]*)"),
          "the JSON",
          Pattern.compile("`((?:\"\\w+\":|\\{)[^`]+)`"),
          "the row",
          Pattern.compile(
              "^\\| ((?:`[^|]+`|\\d{3}[^|]*) \\|(?: \\d{3}[^|]* \\|)?)", Pattern.MULTILINE));

  static TranslatedPage read(String page) {
    var levels = new LinkedHashMap<String, Integer>();
    var facts = new LinkedHashMap<String, List<String>>();
    List<String> code = BLOCK.matcher(page).results().map(it -> it.group(1)).toList();
    String prose = BLOCK.matcher(page).replaceAll("\u0000");
    List<MatchResult> headings = HEADING.matcher(prose).results().toList();
    int block = 0;
    for (int i = 0; i < headings.size(); i++) {
      MatchResult heading = headings.get(i);
      int end = i + 1 < headings.size() ? headings.get(i + 1).start() : prose.length();
      String text = prose.substring(heading.end(), end);
      List<String> found = found(text);
      for (int n = (int) text.chars().filter(c -> c == 0).count(); n > 0; n--) {
        found.addAll(lines(code.get(block++)));
      }
      String name = heading.group(1) == null ? heading.group(3) : heading.group(1);
      levels.put(name, heading.group(2).length());
      facts.put(name, found);
    }
    return new TranslatedPage(levels, facts);
  }

  private static List<String> found(String text) {
    List<String> found = new ArrayList<>();
    FACTS.forEach(
        (what, pattern) ->
            pattern
                .matcher(text)
                .results()
                .forEach(it -> found.add(what + " " + it.group(1).strip())));
    return found;
  }

  private static List<String> lines(String code) {
    return COMMENT
        .matcher(code)
        .replaceAll("")
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> "the line of code " + line.strip())
        .toList();
  }

  /** What this page has and the other lacks, heading by heading, in words. */
  List<String> lackedBy(TranslatedPage other, String otherName) {
    List<String> lacked = new ArrayList<>();
    String before = "the top";
    for (Map.Entry<String, Integer> heading : levels.entrySet()) {
      String name = heading.getKey();
      String mark = "#".repeat(heading.getValue()) + " " + name;
      Integer level = other.levels().get(name);
      if (level == null) {
        lacked.add("%s lacks the heading \"%s\" (after \"%s\")".formatted(otherName, mark, before));
      } else if (!level.equals(heading.getValue())) {
        lacked.add("%s has the heading \"%s\" at level %d".formatted(otherName, mark, level));
      } else {
        List<String> missing = new ArrayList<>(facts.getOrDefault(name, List.of()));
        other.facts().getOrDefault(name, List.of()).forEach(missing::remove);
        missing.forEach(
            it -> lacked.add("%s lacks under \"%s\" %s".formatted(otherName, mark, it)));
      }
      before = name;
    }
    return lacked;
  }
}
