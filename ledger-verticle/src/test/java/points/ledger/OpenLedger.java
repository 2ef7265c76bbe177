package points.ledger;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.StateSnapshot;

/** A ledger with what it stands on. */
record OpenLedger(LedgerNode ledger, Registry registry, Pool pool, MeterRegistry meters) {

  private static final long PATIENCE_S = 30;

  Future<Outcome> submit(Command command) {
    return ledger.submit(command);
  }

  Outcome answerTo(Command command) {
    return await(submit(command));
  }

  /** Submits all at once. */
  List<Outcome> answersTo(List<? extends Command> commands) {
    List<Future<Outcome>> answers = commands.stream().map(ledger::submit).toList();
    return answers.stream().map(OpenLedger::await).toList();
  }

  Optional<MemberState> stateOf(MemberKey member) {
    return await(ledger.state(member)).map(StateSnapshot::state);
  }

  /** All entries of a member, oldest first. */
  List<Entry> entriesOf(MemberKey member) {
    List<Entry> newestFirst = await(ledger.entries().page(member, Long.MAX_VALUE, 100_000));
    return newestFirst.stream()
        .sorted((one, other) -> Long.compare(one.sequence(), other.sequence()))
        .toList();
  }

  /** The sum of a counter over all lanes. */
  long counted(String counter) {
    return (long) meters.find(counter).counters().stream().mapToDouble(it -> it.count()).sum();
  }

  /** Commands in the lanes. */
  long depth() {
    return (long)
        meters.find("points.lane.depth").gauges().stream().mapToDouble(it -> it.value()).sum();
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(PATIENCE_S, SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Why it failed; it must fail. */
  static Throwable failureOf(Future<?> work) {
    return Objects.requireNonNull(
        await(work.transform(done -> Future.succeededFuture(done.cause()))), "it did not fail");
  }

  /** Comes back as soon as something holds; fails when it does not come to hold. */
  static void awaitThat(String what, BooleanSupplier holds) {
    long deadline = System.nanoTime() + SECONDS.toNanos(PATIENCE_S);
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain: " + what);
      }
      try {
        boolean never = new CountDownLatch(1).await(5, MILLISECONDS);
        assert !never;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
