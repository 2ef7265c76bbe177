package points.ledger.rulebook;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule book as it is kept.
 *
 * @param ruleBookId unique in the program
 * @param title for people
 * @param hash SHA-256 of the document, in hexadecimal
 * @param changedBy the caller that sent the document; null when nobody is known
 * @param published whether it was published once, and so never changes
 * @param document as it was sent; empty in lists
 */
public record StoredBook(
    String ruleBookId,
    @Nullable String title,
    String hash,
    Instant createdAt,
    Instant changedAt,
    @Nullable String changedBy,
    boolean published,
    String document) {

  static StoredBook of(Row row) {
    return new StoredBook(
        row.getString("rule_book_id"),
        row.getString("title"),
        row.getString("hash"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("changed_at").toInstant(),
        row.getString("changed_by"),
        row.getBoolean("published"),
        row.getString("document"));
  }
}
