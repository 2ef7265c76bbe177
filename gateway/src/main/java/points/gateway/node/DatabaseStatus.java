package points.gateway.node;

import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.time.Duration;

/**
 * The state of the database, and what waits there to be done.
 *
 * @param version of PostgreSQL
 * @param feedLag age of the oldest change that has no place in the feed yet
 * @param consumers by {@code name}: {@code lagMillis}, the age of the oldest event not taken, and
 *     {@code rebuildingSince} while everything is made again
 * @param outboxWaiting effects of entries on other members, counted up to {@link #COUNTED_MAX}
 * @param jobs by {@code name}: {@code running}, and {@code doneFrom}, when the last complete pass
 *     began
 */
public record DatabaseStatus(
    String version,
    Duration feedLag,
    JsonArray consumers,
    long outboxWaiting,
    Duration outboxOldest,
    JsonArray jobs) {

  /** Greatest number of waiting rows that are counted. */
  public static final int COUNTED_MAX = 10_000;

  /**
   * The size of the database, which people of one program are not shown.
   *
   * @param connections of all nodes and all other programs
   */
  public record Size(long bytes, long connections, int connectionsMax) {

    static Size of(Row row) {
      return new Size(
          row.getLong("bytes"), row.getLong("connections"), row.getInteger("connections_max"));
    }
  }

  static DatabaseStatus of(Row row) {
    return new DatabaseStatus(
        row.getString("version"),
        seconds(row, "feed_lag"),
        (JsonArray) row.getValue("consumers"),
        row.getLong("outbox_waiting"),
        seconds(row, "outbox_oldest"),
        (JsonArray) row.getValue("jobs"));
  }

  private static Duration seconds(Row row, String column) {
    return Duration.ofMillis(Math.max(0, Math.round(row.getDouble(column) * 1_000)));
  }
}
