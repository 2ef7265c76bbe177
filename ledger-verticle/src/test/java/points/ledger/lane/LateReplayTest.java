package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.commit.Batch;
import points.ledger.commit.BatchResult;
import points.ledger.commit.RequestKey;
import points.ledger.model.Entry;
import points.ledger.model.Origin;

/** A command that has its entry already, which is read too late or not at all. */
class LateReplayTest extends OneLane {

  private final List<Batch> sent = new ArrayList<>();
  private Promise<List<Entry>> read = Promise.promise();

  @Test
  void a_replay_is_sent_again_after_a_failed_read() {
    Lane lane = open();
    Command command = Command.Adjust.of(MEMBER, "key", Origin.office("operator", "reason"), 5);

    Future<Outcome> first = submit(command);
    nanos += DEADLINE.toNanos();
    lane.tick();
    assertThat(first.result()).isEqualTo(new Outcome.InDoubt());
    Promise<List<Entry>> late = read;
    read = Promise.promise();
    late.fail("the database is away");
    nanos += Duration.ofSeconds(1).toNanos();
    lane.tick();

    assertThat(sent).hasSize(1);
    submit(command);
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
}
