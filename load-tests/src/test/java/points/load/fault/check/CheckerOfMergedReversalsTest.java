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

/** The rules about reversals of entries of members that were merged. */
class CheckerOfMergedReversalsTest {
  private final HistoryBuilder builder = new HistoryBuilder();
  private final MergesAndClosings ends = new MergesAndClosings(builder);
  private final Entry first = builder.accrues("b", "o0", 100);
  private final Entry sale = builder.accrues("a", "o1", 70);

  private void merge() {
    ends.arrives(ends.merges("a", "b", gone(70)), "b", available(HistoryBuilder.POINTS, 70));
  }

  private Entry reverses(Entry undone, String part, long points) {
    return builder.bookFor(
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
  void an_entry_that_is_undone_where_its_points_are_breaks_no_rule() {
    merge();
    reverses(sale, "a-1", -70);
    builder.isRefused(reversal(sale), 1, "already_reversed", null);
    builder.isRefused(
        new Operation.Refund("a", "S1", "o1", "r9", null, null), 1, "order_not_found", null);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void an_entry_that_is_undone_before_and_after_a_merge_is_reported() {
    builder.reverses(sale, -70);
    ends.arrives(ends.merges("a", "b"), "b");
    reverses(sale, "a-1", -70);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void an_entry_that_is_undone_twice_after_a_merge_is_reported() {
    merge();
    reverses(sale, "a-1", -70);
    reverses(sale, "a-1", -70);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void reports_a_reversal_on_an_unrelated_member() {
    reverses(sale, "a-1", -70);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void the_reversal_of_another_entry_than_was_asked_for_is_reported() {
    merge();
    reverses(sale, "b-1", -100);
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
    assertThat(first.transactionId()).isEqualTo("b-1");
  }

  @Test
  void another_sum_than_the_entry_moved_is_reported() {
    merge();
    reverses(sale, "a-1", -69);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void reports_a_refusal_of_a_first_reversal_as_repeated() {
    merge();
    builder.isRefused(reversal(sale), 1, "already_reversed", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }
}
