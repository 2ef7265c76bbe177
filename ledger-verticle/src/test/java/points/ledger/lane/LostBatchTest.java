package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
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
import points.ledger.domain.OrderCommand;
import points.ledger.domain.Origin;
import points.ledger.domain.Program;
import points.ledger.domain.Rounding;
import points.ledger.domain.Validity;
import points.ledger.store.Batch;
import points.ledger.store.BatchResult;
import points.ledger.store.BatchWriter;
import points.ledger.store.CommittedEntries;
import points.ledger.store.OrderKey;
import points.ledger.store.RequestKey;
import points.ledger.store.WriteFailure;

/** A batch that is lost with its connection, while the next command waits for a look-up. */
class LostBatchTest implements LaneClock, BatchWriter, CommittedEntries {

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

  private final Promise<BatchResult> written = Promise.promise();
  private boolean connected;
  private int sent;

  /** The look-up begins when the batch has ended, and so nothing is next that could be sent. */
  @Test
  void does_not_keep_its_lane_from_connecting_again() {
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
    lane.tick();
    lanes.submit(
        Command.Adjust.of(MEMBER, "key", Origin.office("operator", "reason"), 5),
        options.deadline());
    assertThat(sent).isEqualTo(1);
    lanes.submit(refund(), options.deadline());

    connected = false;
    written.fail(new WriteFailure(WriteFailure.Kind.UNKNOWN, new IllegalStateException("test")));
    lane.tick();

    assertThat(connected).isTrue();
    assertThat(sent).isGreaterThan(1);
  }

  private static Command refund() {
    return OrderCommand.Refund.of(
        MEMBER, "refund", Origin.sale("store", null, "order"), "refund", List.of(), null);
  }

  @Override
  public Future<BatchResult> write(Batch batch) {
    return ++sent == 1 ? written.future() : Promise.<BatchResult>promise().future();
  }

  @Override
  public boolean isConnected() {
    return connected;
  }

  @Override
  public Future<Void> connect() {
    connected = true;
    return Future.succeededFuture();
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
  public Future<List<Entry>> needed(Needed needed) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH;
  }

  @Override
  public long nanos() {
    return 0;
  }
}
