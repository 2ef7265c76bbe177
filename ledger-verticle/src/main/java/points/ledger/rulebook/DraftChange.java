package points.ledger.rulebook;

import org.jspecify.annotations.Nullable;

/** The result of a change of a draft. */
public sealed interface DraftChange {

  /**
   * It is done.
   *
   * @param before the book as it was; null for a new one
   * @param after the book as it is; null for one that was deleted
   */
  record Done(@Nullable StoredBook before, @Nullable StoredBook after) implements DraftChange {}

  /** The program has a book of this id already. */
  record Exists() implements DraftChange {}

  /** The program has as many drafts as it may have. */
  record TooMany() implements DraftChange {}

  /** The program has no such book. */
  record Missing() implements DraftChange {}

  /** The book is not as the caller has read it. */
  record Outdated() implements DraftChange {}

  /** The book was published: it never changes. */
  record Final() implements DraftChange {}
}
