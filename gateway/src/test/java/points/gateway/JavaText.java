package points.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a Java source: its comments, the names that it declares, and its log lines.
 *
 * @param comments without their signs and tags of Javadoc; each comment is one text
 * @param javadoc the comments for Javadoc, up to the first {@code @param} and its like
 * @param names of types and methods that are declared
 * @param logLines what is passed to the logger
 */
record JavaText(
    List<String> comments, List<String> javadoc, List<String> names, List<String> logLines) {

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?s)/\\*.*?\\*/|//[^\\n"
              + "]*+|\"\"\".*?\"\"\"|\"(?>[^\"\\\\\\n"
              + "]|\\\\.)*+\"|'(?>[^'\\\\\\n"
              + "]|\\\\.)*+'");

  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|interface|enum|record|@interface) (\\w+)");

  private static final Pattern METHOD =
      Pattern.compile("(?m)^ +(?:[\\w@<>\\[\\],.?]+ )+(\\w+)\\([^;]*?\\)[^;{=]*\\{");

  private static final Pattern LOG = Pattern.compile("\\bLOG\\s*\\.\\w+\\([^;]*;");

  static JavaText of(String source) {
    List<String> comments = new ArrayList<>();
    List<String> javadoc = new ArrayList<>();
    Matcher token = TOKEN.matcher(source);
    var code = new StringBuilder();
    while (token.find()) {
      String text = token.group();
      boolean comment = text.startsWith("/*") || text.startsWith("//");
      token.appendReplacement(code, comment ? " " : Matcher.quoteReplacement(text));
      if (text.startsWith("/**")) {
        String plain = plain(text);
        comments.add(plain);
        javadoc.add(plain.split("(?<!\\S)@(?:param|return|throws|see)\\b", 2)[0].strip());
      } else if (comment) {
        comments.add(plain(text));
      }
    }
    token.appendTail(code);
    List<String> names = matches(TYPE, code);
    names.addAll(matches(METHOD, code));
    return new JavaText(comments, javadoc, names, matches(LOG, code));
  }

  private static List<String> matches(Pattern pattern, CharSequence code) {
    return new ArrayList<>(
        pattern.matcher(code).results().map(it -> it.group(it.groupCount())).toList());
  }

  private static String plain(String comment) {
    return comment
        .replaceAll("^/\\*\\*?|\\*/$|^//", "")
        .replaceAll("(?m)^\\s*\\*", "")
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@link(?:plain)? [^{}]*?([\\w.#()]+)}", "$1")
        .replaceAll("\\{@\\w+ ([^{}]*)}", "$1")
        .replaceAll("</?\\w+[^>]*>", " ")
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** The sentences of a text. A colon or semicolon before a capital letter ends one as well. */
  static List<String> sentences(String text) {
    return List.of(text.split("(?<=[.!?:;])\\s+(?=[A-Z@0-9])"));
  }
}
