package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import points.ledger.NoCluster;
import points.ledger.domain.Command;
import points.ledger.domain.EarningRule;
import points.ledger.domain.Entry;
import points.ledger.domain.MemberKey;
import points.ledger.domain.MemberState;
import points.ledger.domain.Needed;
import points.ledger.domain.Origin;
import points.ledger.domain.Outcome;
import points.ledger.domain.Program;
import points.ledger.domain.Rounding;
import points.ledger.domain.Validity;
import points.ledger.store.Batch;
import points.ledger.store.BatchResult;
import points.ledger.store.BatchWriter;
import points.ledger.store.CommittedEntries;
import points.ledger.store.OrderKey;
import points.ledger.store.RequestKey;

/** A command that has its entry already, which is read too late or not at all. */
class LateReplayTest implements LaneClock, BatchWriter, CommittedEntries {

  private static final MemberKey MEMBER = new MemberKey("program", "member");
  private static final Program PROGRAM =
      new Program(
          "program",
          "name",
          "CNY",
          ZoneId.of("UTC"),
          new EarningRule(1, 1, Rounding.FLOOR),
          new Validity.Never(),
          true);

  private final List<Batch> sent = new ArrayList<>();
  private Promise<List<Entry>> read = Promise.promise();
  private long nanos;

  @Test
  void is_sent_again_when_it_comes_again_after_a_read_that_failed() {
    var options = new LaneOptions(10, Duration.ofSeconds(2), 10, Duration.ofSeconds(5));
    var states =
        new States(
            Sure.of(new NoCluster()),
            members -> Future.succeededFuture(Map.of(MEMBER, MemberState.ENROLLED)),
            TimeLimit.ofVertx(),
            1_000);
    var lanes =
        new Lanes(
            Promise::promise,
            1,
            options,
            this,
            states,
            this,
            id -> PROGRAM,
            new SimpleMeterRegistry());
    Lane lane = lanes.open(Runnable::run, this);
    Command command = Command.Adjust.of(MEMBER, "key", Origin.office("operator", "reason"), 5);

    Future<Outcome> first = lanes.submit(command, options.deadline());
    nanos += Duration.ofSeconds(5).toNanos();
    lane.tick();
    assertThat(first.result()).isEqualTo(new Outcome.InDoubt());
    Promise<List<Entry>> late = read;
    read = Promise.promise();
    late.fail("the database is away");
    nanos += Duration.ofSeconds(1).toNanos();
    lane.tick();

    assertThat(sent).hasSize(1);
    lanes.submit(command, options.deadline());
    assertThat(sent).hasSize(2);
  }

  @Override
  public Future<BatchResult> write(Batch batch) {
    sent.add(batch);
    var known = new BitSet();
    known.set(0);
    return Future.succeededFuture(new BatchResult(new BitSet(), known));
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public Future<Void> connect() {
    return Future.succeededFuture();
  }

  @Override
  public Future<List<Entry>> ofRequests(List<RequestKey> requests) {
    return read.future();
  }

  @Override
  public Future<List<Entry>> ofOrders(List<OrderKey> orders) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<List<Entry>> needed(Needed needed) {
    return Future.succeededFuture(List.of());
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
