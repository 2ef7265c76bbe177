package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.commit.Batch;
import points.ledger.commit.BatchResult;
import points.ledger.commit.WriteFailureException;
import points.ledger.model.Origin;

/** A batch that PostgreSQL rolled back, because it has lost a member that the node remembers. */
class RewoundBatchTest extends OneLane {

  private static final Command COMMAND =
      Command.Adjust.of(MEMBER, "key", Origin.office("operator", "reason"), 5);

  private final List<Batch> sent = new ArrayList<>();
  private boolean isLost = true;

  @Test
  void its_commands_are_decided_again_on_the_state_that_postgresql_has() {
    open();
    isLost = false;
    Future<Outcome> answer = submit(COMMAND);

    assertThat(sent).hasSize(2);
    assertThat(answer.result()).isInstanceOf(Outcome.Accepted.class);
  }

  /** Nothing of it was committed, so its commands are not in doubt. */
  @Test
  void its_overdue_commands_were_certainly_not_applied() {
    Lane lane = open();
    Future<Outcome> answer = submit(COMMAND);
    nanos += DEADLINE.toNanos();
    lane.tick();

    assertThat(answer.result()).isInstanceOf(Outcome.NotApplied.class);
  }

  @Override
  public Future<BatchResult> write(Batch batch) {
    sent.add(batch);
    if (sent.size() == 1 || isLost) {
      return Future.failedFuture(
          new WriteFailureException(
              WriteFailureException.Kind.REWOUND, new IllegalStateException("test")));
    }
    var all = new BitSet();
    all.set(0);
    return Future.succeededFuture(new BatchResult(all, new BitSet()));
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public Future<Void> connect() {
    return Future.succeededFuture();
  }
}
