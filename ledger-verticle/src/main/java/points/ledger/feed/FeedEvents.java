package points.ledger.feed;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/**
 * Writes changes of set-up to the feed. Entries, enrolments, programs, stores, keys and profiles
 * come there by triggers; this is for changes that no trigger knows.
 */
public final class FeedEvents {

  private static final String WRITE = "SELECT feed_event($1, $2, $3, $4::jsonb)";

  private FeedEvents() {}

  /**
   * Writes a change, in the caller's transaction.
   *
   * @param type such as {@code staff.created}: listed in {@code docs/api.md}
   * @param subject the id of what changed
   * @param data for consumers; has no secret and nothing personal
   */
  public static Future<Void> write(
      SqlClient transaction, String programId, String type, String subject, JsonObject data) {
    return transaction
        .preparedQuery(WRITE)
        .execute(Tuple.of(programId, type, subject, data))
        .mapEmpty();
  }
}
