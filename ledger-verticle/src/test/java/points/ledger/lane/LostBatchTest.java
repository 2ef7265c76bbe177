package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.ledger.command.Command;
import points.ledger.command.OrderCommand;
import points.ledger.commit.Batch;
import points.ledger.commit.BatchResult;
import points.ledger.commit.WriteFailureException;
import points.ledger.model.Origin;

/** A batch that is lost with its connection, while the next command waits for a look-up. */
class LostBatchTest extends OneLane {

  private final Promise<BatchResult> written = Promise.promise();
  private boolean connected;
  private int sent;

  /** The look-up begins when the batch has ended, and so nothing is next that could be sent. */
  @Test
  void a_lost_batch_does_not_keep_its_lane_from_connecting_again() {
    Lane lane = open();
    lane.tick();
    submit(Command.Adjust.of(MEMBER, "key", Origin.office("operator", "reason"), 5));
    assertThat(sent).isEqualTo(1);
    Origin order = Origin.sale("store", null, "order");
    submit(OrderCommand.Refund.of(MEMBER, "refund", order, "refund", List.of(), null));

    connected = false;
    written.fail(
        new WriteFailureException(
            WriteFailureException.Kind.UNKNOWN, new IllegalStateException("test")));
    lane.tick();

    assertThat(connected).isTrue();
    assertThat(sent).isGreaterThan(1);
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
}
