package points.ledger.member;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.command.Command;
import points.ledger.command.MembershipCommand.Close;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Cause;
import points.ledger.command.Refusal;
import points.ledger.database.PgClient;
import points.ledger.forward.Submitter;
import points.ledger.model.MemberKey;
import points.ledger.model.Status;

/**
 * Merges and closes the members of a program one after the other.
 *
 * <p>On a node they queue in the order in which they came; between nodes a lock in PostgreSQL
 * orders them. Otherwise two members that are merged into each other at the same moment would wait
 * for ever with their points, and points on their way to a member that closes would have no place
 * to go.
 */
public final class MemberEndQueue {

  /** Shorter than the transaction in which it is waited for. */
  private static final long DECIDED_MS = 3_000;

  private static final int WAITING_MAX = 1_000;
  private static final long TRY_AGAIN_MS = 20;

  private static final String TAKE_TURN =
      "SELECT pg_try_advisory_xact_lock(hashtextextended('endings of ' || $1, 0)) AS taken";

  private static final String STATUS =
      """
      SELECT status, extra ->> 'mergedInto' AS merged_into, available FROM member
       WHERE program_id = $1 AND member_id = $2
      """;

  /** Selects whether two members have more together than one may have, in any account. */
  private static final String TOO_MUCH =
      """
      WITH both_of AS (
        SELECT available + held + pending AS points, debt, extra FROM member
         WHERE program_id = $1 AND member_id IN ($2, $3)
      ), part AS (
        SELECT 'points' AS account, false AS owed, points::numeric FROM both_of
        UNION ALL
        SELECT 'points', true, debt FROM both_of
        UNION ALL
        SELECT a.key, true, (a.value ->> 'debt')::numeric
          FROM both_of CROSS JOIN json_each(extra -> 'accounts') a
        UNION ALL
        SELECT a.key, false, (l ->> 1)::numeric
          FROM both_of CROSS JOIN json_each(extra -> 'accounts') a
         CROSS JOIN json_array_elements(a.value -> 'lots') l
        UNION ALL
        SELECT a.key, false, (l ->> 1)::numeric
          FROM both_of CROSS JOIN json_array_elements(extra -> 'reserves') r
         CROSS JOIN json_each(r -> 'lots') a CROSS JOIN json_array_elements(a.value) l
         WHERE a.key <> 'points'
      )
      SELECT EXISTS (SELECT FROM part GROUP BY account, owed HAVING sum(points) > $4) AS is
      """;

  /**
   * Selects whether points may still come to the member or back to it.
   *
   * <p>They may if they were sent by it or by a member that was merged into it, or are on their way
   * from such a member by a merge. A transfer to it comes back by itself. The sequence is the
   * member's in the same snapshot.
   */
  private static final String UNDER_WAY =
      """
      SELECT EXISTS (
        SELECT FROM outbox o
          JOIN entry e USING (program_id, member_id, sequence)
         WHERE o.program_id = $1
           AND e.kind IN ('TRANSFER_OUT', 'MOVE_OUT', 'MERGE_OUT')
           AND goes_on_as(o.program_id, o.member_id) = $2) AS is,
        coalesce((SELECT sequence FROM member WHERE program_id = $1 AND member_id = $2), 0) AS as_of
      """;

  private static final Outcome ANOTHER_TIME = new Outcome.NotApplied(Cause.OVERLOADED);

  private final Vertx vertx;
  private final PgClient connections;
  private final Submitter lanes;
  private final Duration waitMax;
  private final ProgramQueue turns;

  /**
   * @param waitMax how long a merge or closing waits for others of its program, and for what is on
   *     its way to the member
   */
  public MemberEndQueue(Vertx vertx, Pool pool, Submitter lanes, Duration waitMax) {
    this.vertx = vertx;
    this.connections = new PgClient(pool);
    this.lanes = lanes;
    this.waitMax = waitMax;
    this.turns = new ProgramQueue(vertx, WAITING_MAX, waitMax);
  }

  /** Merges a member into another that has not ended. */
  public Future<Outcome> merge(Merge merge) {
    return inTurn(
        merge,
        transaction ->
            transaction
                .preparedQuery(STATUS)
                .execute(Tuple.of(merge.member().programId(), merge.into()))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next())
                .compose(
                    into -> {
                      Refusal refusal = refusal(into);
                      return refusal == null
                          ? mergeWithinLimit(transaction, merge, into)
                          : refuse(merge, new Refusal.ReceiverUnable(merge.into(), refusal));
                    }));
  }

  /**
   * Merges the member if the sum fits. Points that do not fit would wait in the outbox for room.
   */
  private Future<Optional<Outcome>> mergeWithinLimit(
      SqlClient transaction, Merge merge, @Nullable Row into) {
    long available = into == null ? 0 : into.getLong("available");
    MemberKey member = merge.member();
    return transaction
        .preparedQuery(TOO_MUCH)
        .execute(Tuple.of(member.programId(), member.memberId(), merge.into(), Limits.POINTS_MAX))
        .compose(
            rows ->
                rows.iterator().next().getBoolean("is")
                    ? refuse(merge, new Refusal.BalanceLimitExceeded(available))
                    : decide(merge));
  }

  private static @Nullable Refusal refusal(@Nullable Row into) {
    if (into == null) {
      return new Refusal.MemberNotFound();
    }
    return switch (Status.valueOf(into.getString("status"))) {
      case ACTIVE, FROZEN -> null;
      case CLOSED -> new Refusal.MemberClosed();
      case MERGED -> new Refusal.MemberMerged(String.valueOf(into.getString("merged_into")));
    };
  }

  /**
   * Closes a member when nothing is on its way to it any more.
   *
   * <p>The lane decides the closing only at the sequence at which nothing was on its way. For
   * example: the member sends points between the look and the closing. The lane answers that the
   * look is outdated, and the queue looks again, until the transfer has arrived or come back.
   */
  public Future<Outcome> close(Close close) {
    return inTurn(
        close,
        transaction ->
            transaction
                .preparedQuery(UNDER_WAY)
                .execute(Tuple.of(close.member().programId(), close.member().memberId()))
                .compose(
                    rows -> {
                      Row look = rows.iterator().next();
                      return look.getBoolean("is")
                          ? Future.succeededFuture(Optional.empty())
                          : decide(close.asOf(look.getLong("as_of")))
                              .map(it -> it.filter(made -> !(made instanceof Outcome.Outdated)));
                    }));
  }

  private Future<Outcome> inTurn(
      Command command, Function<SqlClient, Future<Optional<Outcome>>> work) {
    long begun = System.nanoTime();
    return turns.inTurn(
        command.member().programId(), () -> untilDone(command, work, begun), ANOTHER_TIME);
  }

  /** No connection is kept while another node has the turn: those would be used up soon. */
  private Future<Outcome> untilDone(
      Command command, Function<SqlClient, Future<Optional<Outcome>>> work, long begun) {
    return tryOnce(command, work)
        .compose(
            outcome -> {
              if (outcome.isPresent()) {
                return Future.succeededFuture(outcome.get());
              }
              return System.nanoTime() - begun < waitMax.toNanos()
                  ? vertx
                      .timer(TRY_AGAIN_MS + ThreadLocalRandom.current().nextLong(TRY_AGAIN_MS))
                      .compose(again -> untilDone(command, work, begun))
                  : Future.succeededFuture(ANOTHER_TIME);
            });
  }

  /** Empty when it is not the command's time yet. */
  private Future<Optional<Outcome>> tryOnce(
      Command command, Function<SqlClient, Future<Optional<Outcome>>> work) {
    return connections.inTransaction(
        transaction ->
            transaction
                .preparedQuery(TAKE_TURN)
                .execute(Tuple.of(command.member().programId()))
                .compose(
                    rows ->
                        rows.iterator().next().getBoolean("taken")
                            ? work.apply(transaction)
                            : Future.succeededFuture(Optional.empty())));
  }

  private Future<Optional<Outcome>> decide(Command command) {
    return inTime(lanes.commit(command));
  }

  private Future<Optional<Outcome>> refuse(Command command, Refusal refusal) {
    return inTime(lanes.refuse(command, refusal));
  }

  private static Future<Optional<Outcome>> inTime(Future<Outcome> decided) {
    return decided
        .timeout(DECIDED_MS, TimeUnit.MILLISECONDS)
        .recover(
            cause ->
                cause instanceof TimeoutException
                    ? Future.succeededFuture(new Outcome.InDoubt())
                    : Future.failedFuture(cause))
        .map(Optional::of);
  }
}
