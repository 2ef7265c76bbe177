package points.ledger.book.diff;

import org.jspecify.annotations.Nullable;
import points.ledger.book.check.Words;

/**
 * One difference between two books.
 *
 * @param pointer the JSON pointer of the field: in the new document, or in the old one when it was
 *     removed
 * @param before its JSON in the old document; null when it was added
 * @param after its JSON in the new document; null when it was removed
 * @param words the difference, for people
 */
public record Change(
    Kind kind, String pointer, @Nullable Object before, @Nullable Object after, Words words) {

  /** The kind of a difference. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }
}
