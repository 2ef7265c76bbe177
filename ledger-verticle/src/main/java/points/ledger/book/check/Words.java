package points.ledger.book.check;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A text for people in the languages of the console.
 *
 * @param zh in Chinese
 * @param en in English
 */
public record Words(String zh, String en) {

  /** The same text in both languages, such as a name. */
  public static Words same(String text) {
    return new Words(text, text);
  }

  /** A list of texts, with the marks that each language has between them. */
  public static Words list(List<Words> all) {
    return new Words(
        all.stream().map(Words::zh).collect(Collectors.joining("、")),
        all.stream().map(Words::en).collect(Collectors.joining(", ")));
  }
}
