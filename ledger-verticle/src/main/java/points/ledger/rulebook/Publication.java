package points.ledger.rulebook;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A place in a program's timeline: a book, and the instant from which it is in force.
 *
 * @param number from 1, without gaps in the program
 * @param timeZone of stores that have none, where the book names none
 * @param publishedBy the caller; null when nobody is known
 * @param rollsBack the number of the publication that it undoes; null when it is no roll-back
 * @param withdrawnAt null when it stands
 * @param withdrawnBy null when it stands, or nobody is known
 */
public record Publication(
    int number,
    String ruleBookId,
    Instant inForceFrom,
    ZoneId timeZone,
    Instant publishedAt,
    @Nullable String publishedBy,
    @Nullable Integer rollsBack,
    @Nullable Instant withdrawnAt,
    @Nullable String withdrawnBy) {

  static Publication of(Row row) {
    OffsetDateTime withdrawnAt = row.getOffsetDateTime("withdrawn_at");
    return new Publication(
        row.getInteger("number"),
        row.getString("rule_book_id"),
        row.getOffsetDateTime("in_force_from").toInstant(),
        ZoneId.of(row.getString("time_zone")),
        row.getOffsetDateTime("published_at").toInstant(),
        row.getString("published_by"),
        row.getInteger("rolls_back"),
        withdrawnAt == null ? null : withdrawnAt.toInstant(),
        row.getString("withdrawn_by"));
  }
}
