package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.command.Submission;
import points.ledger.commit.Batch;
import points.ledger.commit.BatchResult;
import points.ledger.model.Origin;

/** A lane writes nothing of commands that are tried or answered only. */
class SubmissionModesTest extends OneLane {

  private static final Command SALE =
      Command.Accrue.of(
          MEMBER, "key", Origin.sale("store", null, "order"), Instant.EPOCH, 7, List.of());

  private final List<Batch> sent = new ArrayList<>();
  private Promise<BatchResult> written = Promise.promise();

  @Test
  void a_dry_run_is_decided_and_not_written() {
    open();
    Future<Outcome> answer = submit(Submission.dryRun(SALE));
    confirm();

    assertThat(((Outcome.Previewed) answer.result()).entry().points()).isEqualTo(7);
    assertThat(onlyMember(0).after()).isEqualTo(onlyMember(0).before());
    assertThat(onlyMember(0).decided()).containsExactly(new Batch.Decided(SALE, List.of(), true));
  }

  @Test
  void a_dry_run_is_decided_after_the_commands_before_it_in_its_batch() {
    Command tooMuch = Command.Deduct.of(MEMBER, "other", Origin.till("s", null, null, "r"), 8);
    Lane lane = open();
    submit(SALE);
    Future<Outcome> first = submit(Submission.dryRun(tooMuch));
    Future<Outcome> second = submit(Submission.dryRun(tooMuch));
    confirm();
    confirm();
    lane.tick();

    var refused = new Outcome.Refused(new Refusal.InsufficientPoints(7));
    assertThat(first.result()).isEqualTo(refused);
    assertThat(second.result()).isEqualTo(refused);
  }

  @Test
  void a_dry_run_does_not_wait_for_a_command_of_its_key() {
    open();
    Command other = Command.Adjust.of(MEMBER, "other", Origin.office("o", "r"), 1);
    submit(other); // in flight, so that the others meet in the queue
    Future<Outcome> real = submit(SALE);
    Future<Outcome> dryRun = submit(Submission.dryRun(SALE));
    confirm();
    confirm();

    assertThat(real.result()).isInstanceOf(Outcome.Accepted.class);
    assertThat(dryRun.result()).isInstanceOf(Outcome.Previewed.class);
  }

  @Test
  void a_dry_run_that_is_overdue_has_changed_nothing() {
    Lane lane = open();
    Future<Outcome> answer = submit(Submission.dryRun(SALE));
    nanos += DEADLINE.toNanos();
    lane.tick();

    assertThat(answer.result()).isInstanceOf(Outcome.NotApplied.class);
  }

  @Test
  void a_command_to_be_answered_only_is_looked_for_and_not_decided() {
    open();
    Future<Outcome> answer = submit(Submission.replay(SALE));
    confirm();

    assertThat(answer.result()).isEqualTo(new Outcome.NoEntry());
    assertThat(onlyMember(0).after()).isEqualTo(onlyMember(0).before());
    assertThat(onlyMember(0).decided()).containsExactly(new Batch.Decided(SALE, List.of(), false));
  }

  @Test
  void a_command_to_be_answered_only_waits_for_a_command_of_its_key() {
    open();
    submit(SALE);
    Future<Outcome> answer = submit(Submission.replay(SALE));
    assertThat(sent).hasSize(1);
    confirm();

    assertThat(sent).hasSize(2);
    assertThat(answer.isComplete()).isFalse();
  }

  private Batch.Member onlyMember(int batch) {
    assertThat(sent.get(batch).members()).hasSize(1);
    return sent.get(batch).members().get(0);
  }

  private void confirm() {
    Promise<BatchResult> one = written;
    written = Promise.promise();
    var confirmed = new BitSet();
    confirmed.set(0);
    one.complete(new BatchResult(confirmed, new BitSet()));
  }

  @Override
  public Future<BatchResult> write(Batch batch) {
    sent.add(batch);
    return written.future();
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
