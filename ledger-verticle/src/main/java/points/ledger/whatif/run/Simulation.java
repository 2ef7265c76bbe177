package points.ledger.whatif.run;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A simulation of a rule book.
 *
 * @param bookHash of the book's document when it was asked for
 * @param redemption low, likely and high percentages of points that are redeemed
 * @param done entries decided so far
 * @param total entries to decide, or a few more; 0 until that is known
 * @param failure a word of a closed list; null unless it failed
 * @param result null until it is done, and in lists
 * @param hash of all that went in; the same again means the same result
 */
public record Simulation(
    String simulationId,
    String ruleBookId,
    String bookHash,
    Instant from,
    Instant to,
    List<Integer> redemption,
    State state,
    long done,
    long total,
    @Nullable String failure,
    @Nullable JsonObject result,
    @Nullable String hash,
    @Nullable String requestedBy,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {

  /** The state of a simulation. */
  public enum State {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED;

    /** The name to callers. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Simulation of(Row row) {
    return new Simulation(
        row.getString("simulation_id"),
        row.getString("rule_book_id"),
        row.getString("book_hash"),
        row.getOffsetDateTime("from_at").toInstant(),
        row.getOffsetDateTime("to_at").toInstant(),
        List.of(row.getArrayOfIntegers("redemption")),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getLong("done"),
        row.getLong("total"),
        row.getString("failure"),
        (JsonObject) row.getValue("result"),
        row.getString("hash"),
        row.getString("requested_by"),
        row.getOffsetDateTime("requested_at").toInstant(),
        instant(row.getOffsetDateTime("started_at")),
        instant(row.getOffsetDateTime("ended_at")));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
