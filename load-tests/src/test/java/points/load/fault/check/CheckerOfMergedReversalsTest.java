package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static points.load.fault.check.HistoryBuilder.available;
import static points.load.fault.check.MergesAndClosings.gone;
import static points.load.fault.check.finding.Rule.ENTRIES_WERE_REQUESTED;
import static points.load.fault.check.finding.Rule.REFUNDS_AND_REVERSALS_ARE_DUE;
import static points.load.fault.check.finding.Rule.REFUSALS_ARE_TRUE;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.Entry.Kind;

/** The rules about entries of merged members that are undone where their points are. */
class CheckerOfMergedReversalsTest {
  private final HistoryBuilder deeds = new HistoryBuilder();
  private final MergesAndClosings leavers = new MergesAndClosings(deeds);
  private final Entry first = deeds.accrues("b", "o0", 100);
  private final Entry sale = deeds.accrues("a", "o1", 70);

  private void merge() {
    leavers.arrives(leavers.merges("a", "b", gone(70)), "b", available(HistoryBuilder.POINTS, 70));
  }

  private Entry reverses(Entry undone, String part, long points) {
    return deeds.bookFor(
        "b",
        reversal(undone),
        Kind.REVERSAL,
        HistoryBuilder.extra(
            null,
            part,
            List.of(),
            new JsonObject().put("earned", -undone.points()).put("spent", 0)),
        null,
        available(HistoryBuilder.POINTS, points));
  }

  private static Operation.Reversal reversal(Entry undone) {
    return new Operation.Reversal(undone.memberId(), undone.transactionId(), "office", "put right");
  }

  @Test
  void an_entry_that_is_undone_where_its_points_are_breaks_nothing() {
    merge();
    reverses(sale, "a-1", -70);
    deeds.isRefused(reversal(sale), 1, "already_reversed", null);
    deeds.isRefused(
        new Operation.Refund("a", "S1", "o1", "r9", null, null), 1, "order_not_found", null);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void an_entry_that_is_undone_before_and_after_a_merge_is_found() {
    deeds.reverses(sale, -70);
    leavers.arrives(leavers.merges("a", "b"), "b");
    reverses(sale, "a-1", -70);
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void an_entry_that_is_undone_twice_after_a_merge_is_found() {
    merge();
    reverses(sale, "a-1", -70);
    reverses(sale, "a-1", -70);
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void an_entry_of_one_who_was_not_merged_that_another_undoes_is_found() {
    reverses(sale, "a-1", -70);
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void the_reversal_of_another_entry_than_was_asked_for_is_found() {
    merge();
    reverses(sale, "b-1", -100);
    assertThat(deeds.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
    assertThat(first.transactionId()).isEqualTo("b-1");
  }

  @Test
  void another_sum_than_the_entry_moved_is_found() {
    merge();
    reverses(sale, "a-1", -69);
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_reversal_that_is_refused_as_done_and_never_was_is_found() {
    merge();
    deeds.isRefused(reversal(sale), 1, "already_reversed", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }
}
