package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Submission;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;

/** How large a batch may be while one command of it cannot be written. */
class PoisonCommandIsolationTest {

  private final PoisonCommandIsolation limit = new PoisonCommandIsolation(16);
  private final Deque<QueuedCommand> queue = new ArrayDeque<>();

  @Test
  void a_rejected_command_is_isolated_while_others_keep_arriving() {
    QueuedCommand poison = pending();
    add(15);
    queue.add(poison);
    int batches = 0;
    while (!poison.isAnswered()) {
      assertThat(++batches).as("batches").isLessThan(100);
      write(poison);
      add(8); // more than is written meanwhile
    }
    for (int i = 0; i < 10; i++) {
      write(poison);
    }
    assertThat(limit.batchLimit()).isEqualTo(16);
  }

  @Test
  void batches_grow_again_once_the_rejected_command_is_found() {
    List<QueuedCommand> batch = List.of(pending(), pending(), pending(), pending());
    limit.rejected(batch);
    limit.rejected(batch.subList(0, 2));
    limit.found();
    limit.written();
    assertThat(limit.batchLimit()).isEqualTo(2);
    limit.written();
    assertThat(limit.batchLimit()).isEqualTo(4);
  }

  @Test
  void an_answered_command_is_no_suspect() {
    List<QueuedCommand> batch = List.of(pending(), pending(), pending(), pending());
    limit.rejected(batch);
    limit.written();
    assertThat(limit.batchLimit()).isEqualTo(2);
    batch.forEach(it -> it.answer(new Outcome.InDoubt()));
    limit.written();
    assertThat(limit.batchLimit()).isEqualTo(4);
  }

  /** Writes as many as the limit allows; the poison comes last in its batch, as by its key. */
  private void write(QueuedCommand poison) {
    var batch = new ArrayList<QueuedCommand>();
    while (batch.size() < limit.batchLimit() && !queue.isEmpty()) {
      batch.add(queue.remove());
    }
    if (!batch.contains(poison)) {
      batch.forEach(it -> it.answer(new Outcome.InDoubt()));
      limit.written();
    } else if (batch.size() == 1) {
      poison.answer(new Outcome.InDoubt());
      limit.found();
    } else {
      batch.remove(poison);
      batch.add(poison);
      limit.rejected(batch);
      Collections.reverse(batch);
      batch.forEach(queue::addFirst);
    }
  }

  private void add(int commands) {
    for (int i = 0; i < commands; i++) {
      queue.add(pending());
    }
  }

  private static QueuedCommand pending() {
    Command command =
        Command.Accrue.of(
            new MemberKey("program", "member"),
            "key",
            Origin.sale("store", null, "order"),
            Instant.EPOCH,
            1,
            List.of());
    return new QueuedCommand(Submission.commit(command), Promise.promise(), 0, 100);
  }
}
