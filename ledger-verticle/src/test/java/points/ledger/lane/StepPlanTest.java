package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.ledger.cache.KnownState;
import points.ledger.command.Command;
import points.ledger.command.OrderCommand;
import points.ledger.command.Outcome;
import points.ledger.command.Submission;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.program.RulesUnknownException;

/** The place of each waiting command in the plan of a step. */
class StepPlanTest {

  private static final MemberKey M = new MemberKey("program", "M");
  private static final MemberKey N = new MemberKey("program", "N");

  private final List<QueuedCommand> queue = new ArrayList<>();
  private final Set<MemberKey> loading = new HashSet<>();
  private final Map<MemberKey, KnownState> states = new HashMap<>();
  private StepPlan plan = plan(10);

  @BeforeEach
  void both_members_are_known() {
    states.put(M, new KnownState(MemberState.ENROLLED));
    states.put(N, new KnownState(MemberState.ENROLLED));
  }

  @AfterEach
  void each_command_that_is_covered_has_one_place() {
    List<QueuedCommand> placed = new ArrayList<>(plan.batch().queued());
    placed.addAll(plan.waiting());
    placed.addAll(plan.afterBatch());
    placed.addAll(plan.answered());
    placed.addAll(plan.unrated());
    plan.faults().forEach(it -> placed.add(it.queued()));
    assertThat(placed).containsExactlyInAnyOrderElementsOf(queue.subList(0, plan.seen()));
  }

  @Test
  void commands_of_known_members_are_decided() {
    List<QueuedCommand> given = List.of(give(M), give(N), give(M));
    plan = plan(10);
    assertThat(plan.batch().queued()).containsExactlyInAnyOrderElementsOf(given);
    assertThat(plan.loads()).isEmpty();
  }

  @Test
  void a_step_decides_no_more_than_a_batch_holds() {
    QueuedCommand first = give(M);
    give(M);
    plan = plan(1);
    assertThat(plan.batch().queued()).containsExactly(first);
    assertThat(plan.seen()).isEqualTo(1);
  }

  @Test
  void an_unknown_member_is_loaded_once_and_its_commands_wait_in_order() {
    states.remove(N);
    QueuedCommand first = give(N);
    QueuedCommand ofOther = give(M);
    QueuedCommand second = give(N);
    plan = plan(10);
    assertThat(plan.loads()).containsExactly(N);
    assertThat(plan.waiting()).containsExactly(first, second);
    assertThat(plan.batch().queued()).containsExactly(ofOther);
  }

  @Test
  void commands_of_a_member_that_is_being_loaded_wait_although_its_state_is_known() {
    loading.add(M);
    QueuedCommand waits = give(M);
    plan = plan(10);
    assertThat(plan.waiting()).containsExactly(waits);
    assertThat(plan.loads()).isEmpty();
  }

  @Test
  void a_refund_waits_for_its_entries_and_later_commands_of_the_member_with_it() {
    QueuedCommand refund = refund(M);
    QueuedCommand later = give(M);
    plan = plan(10);
    assertThat(plan.lookUps()).extracting(StepPlan.LookUp::queued).containsExactly(refund);
    assertThat(plan.waiting()).containsExactly(refund, later);
    assertThat(plan.batch().size()).isZero();
  }

  /** The batch may add to the entries that the refund needs. */
  @Test
  void a_refund_of_a_member_in_the_batch_comes_after_the_batch_and_later_commands_with_it() {
    QueuedCommand first = give(M);
    QueuedCommand refund = refund(M);
    QueuedCommand later = give(M);
    plan = plan(10);
    assertThat(plan.batch().queued()).containsExactly(first);
    assertThat(plan.afterBatch()).containsExactly(refund, later);
    assertThat(plan.lookUps()).isEmpty();
  }

  /** The memory may drop a state between two commands; the batch knows a newer one. */
  @Test
  void a_member_dropped_meanwhile_is_not_loaded_beside_its_batch() {
    var known = new ArrayList<>(List.of(new KnownState(MemberState.ENROLLED)));
    QueuedCommand first = give(M);
    QueuedCommand second = give(M);
    plan =
        StepPlan.of(
            new StepPlan.Situation(
                queue,
                loading,
                member -> known.isEmpty() ? null : known.remove(0),
                (command, now) -> OneLane.PROGRAM,
                new KnownBudgets()),
            Instant.EPOCH,
            10);
    assertThat(plan.batch().queued()).containsExactly(first);
    assertThat(plan.afterBatch()).containsExactly(second);
    assertThat(plan.loads()).isEmpty();
  }

  @Test
  void a_command_that_was_answered_meanwhile_is_not_decided() {
    QueuedCommand late = give(M);
    late.answer(new Outcome.InDoubt());
    plan = plan(10);
    assertThat(plan.answered()).containsExactly(late);
    assertThat(plan.batch().size()).isZero();
  }

  @Test
  void a_command_without_rules_is_a_fault_and_the_next_is_decided() {
    QueuedCommand faulty = give(M);
    QueuedCommand next = give(N);
    plan =
        StepPlan.of(
            new StepPlan.Situation(
                queue,
                loading,
                states::get,
                (command, now) -> {
                  if (command.member().equals(M)) {
                    throw new IllegalStateException("no such program");
                  }
                  return OneLane.PROGRAM;
                },
                new KnownBudgets()),
            Instant.EPOCH,
            10);
    assertThat(plan.faults()).extracting(StepPlan.Fault::queued).containsExactly(faulty);
    assertThat(plan.batch().queued()).containsExactly(next);
  }

  @Test
  void an_order_whose_rule_book_is_unknown_is_left_out_and_the_next_is_decided() {
    QueuedCommand order = give(M);
    QueuedCommand next = give(N);
    plan =
        StepPlan.of(
            new StepPlan.Situation(
                queue,
                loading,
                states::get,
                (command, now) -> {
                  if (command.member().equals(M)) {
                    throw new RulesUnknownException("not read lately");
                  }
                  return OneLane.PROGRAM;
                },
                new KnownBudgets()),
            Instant.EPOCH,
            10);
    assertThat(plan.unrated()).containsExactly(order);
    assertThat(plan.faults()).isEmpty();
    assertThat(plan.batch().queued()).containsExactly(next);
  }

  private StepPlan plan(int decisionsMax) {
    return StepPlan.of(
        new StepPlan.Situation(
            queue, loading, states::get, (command, now) -> OneLane.PROGRAM, new KnownBudgets()),
        Instant.EPOCH,
        decisionsMax);
  }

  private QueuedCommand give(MemberKey member) {
    return add(Command.Adjust.of(member, nextKey(), Origin.office("operator", "reason"), 5));
  }

  private QueuedCommand refund(MemberKey member) {
    Origin order = Origin.sale("store", null, "order");
    return add(OrderCommand.Refund.of(member, nextKey(), order, "refund", List.of(), null));
  }

  private String nextKey() {
    return "key " + queue.size();
  }

  private QueuedCommand add(Command command) {
    var queued = new QueuedCommand(Submission.commit(command), Promise.promise(), 0, 100);
    queue.add(queued);
    return queued;
  }
}
