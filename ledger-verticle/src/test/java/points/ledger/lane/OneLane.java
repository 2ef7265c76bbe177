package points.ledger.lane;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import points.ledger.cache.AlwaysConsistent;
import points.ledger.cache.MemberStateCache;
import points.ledger.cache.Timeouts;
import points.ledger.command.Command;
import points.ledger.command.HistoryQuery;
import points.ledger.command.Outcome;
import points.ledger.command.Submission;
import points.ledger.commit.BatchWriter;
import points.ledger.commit.CommittedEntries;
import points.ledger.commit.CommittedEntries.MemberHistory;
import points.ledger.commit.OrderKey;
import points.ledger.commit.RequestKey;
import points.ledger.fixture.NoCluster;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.program.Program;
import points.ledger.program.Validity;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;

/** A lane on the test's own thread, with one member, whose clock and writer the test is. */
abstract class OneLane implements LaneClock, BatchWriter, CommittedEntries {

  static final MemberKey MEMBER = new MemberKey("program", "member");
  static final Duration DEADLINE = Duration.ofSeconds(5);

  static final Program PROGRAM =
      new Program(
          "program",
          "name",
          "CNY",
          ZoneId.of("UTC"),
          new EarningRule(1, 1, Rounding.FLOOR),
          new Validity.Never(),
          true);

  long nanos;

  private final Lanes lanes =
      new Lanes(
          Promise::promise,
          1,
          new LaneOptions(10, Duration.ofSeconds(2), 10, DEADLINE),
          this,
          new MemberStateCache(
              AlwaysConsistent.of(new NoCluster()),
              members -> Future.succeededFuture(Map.of(MEMBER, MemberState.ENROLLED)),
              Timeouts.ofVertx(),
              1_000),
          this,
          (command, now) -> PROGRAM,
          new SimpleMeterRegistry());

  /** Opens it. */
  Lane open() {
    return lanes.open(Runnable::run, this);
  }

  Future<Outcome> submit(Command command) {
    return submit(Submission.commit(command));
  }

  Future<Outcome> submit(Submission submission) {
    return lanes.submit(submission, DEADLINE);
  }

  @Override
  public Future<List<Entry>> ofRequests(List<RequestKey> requests) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<List<Entry>> ofOrders(List<OrderKey> orders) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<List<Entry>> needed(HistoryQuery needed) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<MemberHistory> needed(MemberKey member, HistoryQuery needed) {
    return Future.succeededFuture(new MemberHistory(MemberState.ENROLLED, List.of()));
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH;
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
