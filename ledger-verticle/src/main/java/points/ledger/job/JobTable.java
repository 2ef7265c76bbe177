package points.ledger.job;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;
import points.ledger.model.MemberKey;

/**
 * The table of jobs, with the runner and the progress of each.
 *
 * <p>A runner has a job for {@link #HELD_SECONDS} and renews that. Every change is made only while
 * the job is still the runner's, so a runner that was paused and replaced changes nothing. The
 * times of holding are the database's, of which there is one.
 */
final class JobTable {

  static final int HELD_SECONDS = 30;

  private static final String LOOK = "SELECT * FROM job WHERE name = $1";

  private static final String TAKE =
      """
      UPDATE job SET run_by = $2, run_until = now() + make_interval(secs => $3)
       WHERE name = $1 AND (run_by IS NULL OR run_by = $2 OR run_until < now())
      RETURNING *
      """;

  private static final String RENEW =
      """
      UPDATE job SET run_until = now() + make_interval(secs => $3)
       WHERE name = $1 AND run_by = $2 AND run_until >= now()
      """;

  private static final String BEGIN =
      """
      UPDATE job SET started_at = $3, finished_at = NULL, members = 0, results = 0,
                     cursor_member = NULL, cursor_program = NULL
       WHERE name = $1 AND run_by = $2 AND run_until >= now()
      RETURNING *
      """;

  private static final String SAVE =
      """
      UPDATE job SET cursor_member = $3, cursor_program = $4, members = $5, results = $6,
                     run_until = now() + make_interval(secs => $7)
       WHERE name = $1 AND run_by = $2 AND run_until >= now()
      """;

  private static final String FINISH =
      """
      UPDATE job SET finished_at = $3, done_from = started_at, members = $4, results = $5,
                     cursor_member = NULL, cursor_program = NULL, run_by = NULL, run_until = NULL
       WHERE name = $1 AND run_by = $2 AND run_until >= now()
      """;

  private static final String GIVE_UP =
      "UPDATE job SET run_by = NULL, run_until = NULL WHERE name = $1 AND run_by = $2";

  private final PgClient connections;
  private final String job;
  private final String runner;

  /**
   * @param runner no other has this name, on whatever node
   */
  JobTable(Pool pool, String job, String runner) {
    this.connections = new PgClient(pool);
    this.job = job;
    this.runner = runner;
  }

  Future<JobRow> look() {
    return connections.read(LOOK, Tuple.of(job)).map(rows -> row(rows.iterator().next()));
  }

  /** Takes the job; empty when another has it. */
  Future<Optional<JobRow>> take() {
    return connections.write(TAKE, Tuple.of(job, runner, HELD_SECONDS)).map(JobTable::first);
  }

  /** Renews the hold on the job; returns whether the job is still the runner's. */
  Future<Boolean> renew() {
    return changed(RENEW, Tuple.of(job, runner, HELD_SECONDS));
  }

  /** Begins a pass; empty when the job is not the runner's any more. */
  Future<Optional<JobRow>> begin(Instant now) {
    return connections.write(BEGIN, Tuple.of(job, runner, time(now))).map(JobTable::first);
  }

  /** Notes how far the pass has come; false when the job is not the runner's any more. */
  Future<Boolean> save(MemberKey cursor, long members, long results) {
    return changed(
        SAVE,
        Tuple.of(job, runner, cursor.memberId(), cursor.programId(), members, results)
            .addInteger(HELD_SECONDS));
  }

  /** Ends the pass and gives the job up. */
  Future<Boolean> finish(Instant now, long members, long results) {
    return changed(FINISH, Tuple.of(job, runner, time(now), members, results));
  }

  /** Lets the next have the job, which goes on where this one was. */
  Future<Void> giveUp() {
    return connections.write(GIVE_UP, Tuple.of(job, runner)).mapEmpty();
  }

  private Future<Boolean> changed(String sql, Tuple arguments) {
    return connections.write(sql, arguments).map(rows -> rows.rowCount() == 1);
  }

  private static Optional<JobRow> first(RowSet<Row> rows) {
    return rows.rowCount() == 0 ? Optional.empty() : Optional.of(row(rows.iterator().next()));
  }

  private static JobRow row(Row row) {
    String member = row.getString("cursor_member");
    return new JobRow(
        member == null ? null : new MemberKey(row.getString("cursor_program"), member),
        instant(row.getOffsetDateTime("started_at")),
        instant(row.getOffsetDateTime("finished_at")),
        row.getLong("members"),
        row.getLong("results"),
        instant(row.getOffsetDateTime("done_from")));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
