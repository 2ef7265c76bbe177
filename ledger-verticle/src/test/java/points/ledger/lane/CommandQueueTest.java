package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import points.ledger.cache.KnownState;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Cause;
import points.ledger.command.Submission;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;

/** What a queue says of commands whose time is up, and that it lets go of them. */
class CommandQueueTest {

  private static final long DEADLINE = 100;

  private final AtomicInteger depth = new AtomicInteger();
  private final CommandQueue queue =
      new CommandQueue(oldest -> depth.decrementAndGet(), () -> Cause.UNAVAILABLE);

  @Test
  void answered_commands_do_not_pile_up_while_nothing_can_be_written() {
    for (int i = 0; i < 1_000; i++) {
      add("key " + i % 700);
    }
    queue.answerOverdue(DEADLINE);

    assertThat(depth).hasValue(0);
    assertThat(queue.ready()).isEmpty();
    assertThat(queue.oldestArrival()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void an_overdue_command_that_was_not_sent_is_not_applied() {
    Future<Outcome> waiting = add("key");
    Future<Outcome> again = add("key");
    queue.answerOverdue(DEADLINE);

    assertThat(waiting.result()).isEqualTo(new Outcome.NotApplied(Cause.UNAVAILABLE));
    assertThat(again.result()).isEqualTo(new Outcome.NotApplied(Cause.UNAVAILABLE));
  }

  @Test
  void an_overdue_command_is_not_begun() {
    Future<Outcome> waiting = add("key");

    queue.answerOverdue(DEADLINE);
    assertThat(queue.ready()).isEmpty();
    assertThat(waiting.result()).isEqualTo(new Outcome.NotApplied(Cause.UNAVAILABLE));
    assertThat(depth).hasValue(0);
  }

  @Test
  void a_duplicate_is_in_doubt_while_the_first_is_in_flight() {
    Future<Outcome> first = add("key");
    QueuedCommand sent = begin();
    sent.sent();
    Future<Outcome> retry = add("key");
    queue.answerOverdue(DEADLINE);

    assertThat(first.result()).isEqualTo(new Outcome.InDoubt());
    assertThat(retry.result()).isEqualTo(new Outcome.InDoubt());
  }

  @Test
  void a_duplicate_stays_in_doubt_when_the_first_ended_in_doubt() {
    add("key");
    QueuedCommand sent = begin();
    sent.markMayHaveEntry();
    Future<Outcome> retry = add("key");
    queue.finish(sent, new Outcome.InDoubt());
    queue.answerOverdue(DEADLINE);

    assertThat(retry.result()).isEqualTo(new Outcome.InDoubt());
  }

  @Test
  void a_command_stays_in_doubt_through_later_batches_after_an_unknown_outcome() {
    Future<Outcome> answer = add("key");
    QueuedCommand sent = begin();
    sent.sent();
    sent.markMayHaveEntry();
    queue.decideAgain(List.of(sent));
    begin().sent();
    queue.putBack(List.of(sent));
    queue.answerOverdue(DEADLINE);

    assertThat(answer.result()).isEqualTo(new Outcome.InDoubt());
  }

  @Test
  void a_duplicate_is_in_doubt_when_the_first_was_accepted() {
    Future<Outcome> first = add("key");
    QueuedCommand sent = begin();
    Future<Outcome> retry = add("key");
    queue.finish(sent, new Outcome.Accepted(entryOf(sent.command)));
    queue.answerOverdue(DEADLINE);

    assertThat(first.result()).isInstanceOf(Outcome.Accepted.class);
    assertThat(retry.result()).isEqualTo(new Outcome.InDoubt());
  }

  /** Has the first command decided, as a step of the lane does. */
  private QueuedCommand begin() {
    QueuedCommand first = queue.ready().iterator().next();
    var known =
        new StepPlan.Situation(
            List.of(first),
            Set.of(),
            member -> new KnownState(MemberState.ENROLLED),
            (id, now) -> OneLane.PROGRAM,
            new KnownBudgets());
    queue.take(StepPlan.of(known, Instant.EPOCH, 1));
    return first;
  }

  private static Entry entryOf(Command command) {
    return new Entry(
        command.member(),
        1,
        command.kind(),
        0,
        0,
        List.of(),
        Collections.emptySortedMap(),
        command.request(),
        command.origin(),
        1L,
        List.of(),
        null,
        null,
        null,
        null,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private Future<Outcome> add(String key) {
    Origin sale = Origin.sale("store", null, "order of " + key);
    Command command =
        Command.Accrue.of(
            new MemberKey("program", "member"), key, sale, Instant.EPOCH, 1, List.of());
    Promise<Outcome> answer = Promise.promise();
    depth.incrementAndGet();
    queue.add(new QueuedCommand(Submission.commit(command), answer, 0, DEADLINE));
    return answer.future();
  }
}
