package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.Outcome.Cause;
import points.ledger.command.Outcome.NotApplied;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.MemberKey;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** The end of a lane, and where an answer ends up. */
@WithPostgres
class LaneEndsIT {

  private static final Outcome STOPPING = new NotApplied(Cause.STOPPING);

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey member = tills.member("m");

  LaneEndsIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void answers_accepted_commands_before_it_stops_and_accepts_none_after() throws Exception {
    OpenLedger ledger = ledgers.open(tills.program());
    List<Future<Outcome>> answers =
        IntStream.range(0, 2_000).mapToObj(i -> ledger.submit(tills.accrue(member, 1))).toList();
    await(ledger.ledger().stop());

    assertThat(answers).allSatisfy(it -> assertThat(it.isComplete()).isTrue());
    assertThat(answers).allSatisfy(it -> assertThat(it.result()).isInstanceOf(Accepted.class));
    assertThat(ledger.answerTo(tills.accrue(member, 1))).isEqualTo(new NotApplied(Cause.STOPPING));
    try (Sql sql = ledgers.sql()) {
      assertThat(sql.entriesOf(tills.keyPrefix())).isEqualTo(2_000);
    }
  }

  @Test
  void answers_all_that_comes_from_many_threads_while_it_stops() throws Exception {
    Duration patience = Duration.ofSeconds(25);
    var lane = new LaneOptions(2_000, patience, 500, patience);
    OpenLedger ledger = ledgers.open(ledgers.options(lane), tills.program());
    await(ledger.submit(tills.accrue(member, 1)));
    Queue<Future<Outcome>> answers = new ConcurrentLinkedQueue<>();
    var stopped = new AtomicBoolean();
    var begun = new CountDownLatch(4);
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          boolean turnedAway = false;
                          while (!stopped.get() && !turnedAway) {
                            Future<Outcome> answer = ledger.submit(tills.accrue(member, 1));
                            answers.add(answer);
                            begun.countDown();
                            turnedAway = STOPPING.equals(answer.result());
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    begun.await();
    await(ledger.ledger().stop());
    stopped.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    List<Outcome> outcomes = answers.stream().map(OpenLedger::await).toList();

    assertThat(outcomes)
        .allSatisfy(it -> assertThat(it).isInstanceOfAny(Accepted.class, NotApplied.class));
    try (Sql sql = ledgers.sql()) {
      assertThat(sql.entriesOf(tills.keyPrefix()))
          .isEqualTo(1 + outcomes.stream().filter(Accepted.class::isInstance).count());
    }
  }

  @Test
  void answers_on_the_callers_own_context() {
    OpenLedger ledger = ledgers.open(tills.program());
    var contexts = new ArrayList<Future<Boolean>>();
    for (int i = 0; i < 8; i++) {
      Context caller = ledgers.vertx().getOrCreateContext();
      Promise<Boolean> same = Promise.promise();
      caller.runOnContext(
          go ->
              ledger
                  .submit(tills.accrue(member, 1))
                  .onComplete(answer -> same.complete(Vertx.currentContext() == caller)));
      contexts.add(same.future());
    }
    assertThat(contexts).allSatisfy(it -> assertThat(await(it)).isTrue());
  }

  @Test
  void answers_all_commands_on_members_that_are_still_being_loaded() {
    OpenLedger ledger = ledgers.open(tills.program());
    var commands = new ArrayList<Command>();
    for (int i = 0; i < 3_000; i++) {
      commands.add(tills.accrue(tills.member("fresh" + i % 700), 1));
    }
    assertThat(ledger.answersTo(commands))
        .allSatisfy(it -> assertThat(it).isInstanceOf(Accepted.class));
  }
}
