package points.ledger.book.check;

/**
 * A rule, or a part of one, that can hardly be meant as it stands.
 *
 * @param pointer the JSON pointer of its field
 * @param words for people
 */
public record Finding(FindingKind kind, String pointer, Words words) {

  /** Returns whether the book is not published as long as this is found. */
  public boolean stopsPublishing() {
    return kind.stopsPublishing();
  }
}
