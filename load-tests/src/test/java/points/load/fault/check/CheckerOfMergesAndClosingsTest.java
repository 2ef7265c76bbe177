package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static points.load.fault.check.HistoryBuilder.available;
import static points.load.fault.check.MergesAndClosings.close;
import static points.load.fault.check.MergesAndClosings.gone;
import static points.load.fault.check.MergesAndClosings.merge;
import static points.load.fault.check.PendingOrders.pending;
import static points.load.fault.check.finding.Rule.ACKNOWLEDGED_CHANGES_ARE_WRITTEN;
import static points.load.fault.check.finding.Rule.ENDED_MEMBERS_HAVE_NOTHING;
import static points.load.fault.check.finding.Rule.ENTRIES_WERE_REQUESTED;
import static points.load.fault.check.finding.Rule.KEYS_ARE_USED_ONCE;
import static points.load.fault.check.finding.Rule.MERGES_ARRIVE_ONCE;
import static points.load.fault.check.finding.Rule.REFUNDS_AND_REVERSALS_ARE_DUE;
import static points.load.fault.check.finding.Rule.REFUSALS_ARE_TRUE;
import static points.load.fault.check.finding.Rule.TRANSFERS_ARRIVE_ONCE;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.MemberState;
import points.load.model.ModelExamples;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/** The rules about members that are merged or closed. */
class CheckerOfMergesAndClosingsTest {
  private static final MemberState NO_LIFE = ModelExamples.state("", 0, 0, 0, 0, List.of());

  private final HistoryBuilder builder = new HistoryBuilder();
  private final PendingOrders pendingOrders = new PendingOrders(builder);
  private final MergesAndClosings ends = new MergesAndClosings(builder);

  @Test
  void members_that_are_merged_and_closed_break_no_rule() {
    builder.accrues("a", "o1", 100);
    builder.topsUp("a", "o2", 500);
    Entry sale = pendingOrders.accruesPending("a", "o3", 40, null);
    Entry out =
        ends.merges(
            "a",
            "b",
            gone(100, available(HistoryBuilder.STORED, -500), pending(sale.sequence(), -40)));
    ends.arrives(
        out, "b", available(HistoryBuilder.POINTS, 100), available(HistoryBuilder.STORED, 500));
    ends.arrivesPending(out, "b", sale.sequence());
    builder.accrues("c", "o4", 100);
    builder.topsUp("c", "o5", 500);
    ends.closes("c", 500, gone(100, available(HistoryBuilder.STORED, -500)));
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_debt_is_merged_too() {
    builder.accrues("b", "o1", 100);
    Movement owed = new Movement(HistoryBuilder.POINTS, Place.DEBT, 0, HistoryBuilder.UNTIL, 30);
    builder.adjusts("a", owed);
    Movement forgiven =
        new Movement(HistoryBuilder.POINTS, Place.DEBT, 0, HistoryBuilder.UNTIL, -30);
    Entry out = ends.merges("a", "b", forgiven);
    ends.arrives(out, "b", available(HistoryBuilder.POINTS, -30));
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void reports_a_merge_without_arrival() {
    builder.accrues("a", "o1", 100);
    ends.merges("a", "b", gone(100));
    assertThat(builder.broken()).containsExactly(MERGES_ARRIVE_ONCE);
  }

  @Test
  void pending_points_lost_by_a_merge_are_reported() {
    builder.accrues("a", "o1", 100);
    Entry sale = pendingOrders.accruesPending("a", "o2", 40, null);
    Entry out = ends.merges("a", "b", gone(100, pending(sale.sequence(), -40)));
    ends.arrives(out, "b", available(HistoryBuilder.POINTS, 100));
    assertThat(builder.broken()).containsExactly(MERGES_ARRIVE_ONCE);
  }

  @Test
  void reports_two_arrivals_of_a_merge() {
    builder.accrues("a", "o1", 100);
    Entry out = ends.merges("a", "b", gone(100));
    ends.arrives(out, "b", available(HistoryBuilder.POINTS, 100));
    ends.arrives(out, "b", available(HistoryBuilder.POINTS, 100));
    assertThat(builder.broken()).containsExactlyInAnyOrder(MERGES_ARRIVE_ONCE, KEYS_ARE_USED_ONCE);
  }

  @Test
  void reports_an_arrival_of_a_merge_with_less_or_another_expiry() {
    builder.accrues("a", "o1", 100);
    Entry out = ends.merges("a", "b", gone(100));
    ends.arrives(out, "b", available(HistoryBuilder.POINTS, 99));
    assertThat(builder.broken()).containsExactly(MERGES_ARRIVE_ONCE);
    HistoryBuilder others = new HistoryBuilder();
    MergesAndClosings late = new MergesAndClosings(others);
    others.accrues("a", "o1", 100);
    Movement longer =
        new Movement(
            HistoryBuilder.POINTS, Place.AVAILABLE, 0, HistoryBuilder.UNTIL.plusSeconds(1), 100);
    late.arrives(late.merges("a", "b", gone(100)), "b", longer);
    assertThat(others.broken()).containsExactly(MERGES_ARRIVE_ONCE);
  }

  @Test
  void a_merge_received_with_other_lifetime_totals_is_reported() {
    builder.accrues("a", "o1", 100);
    Entry out = ends.merges("a", "b", gone(100));
    ends.arrives(out, "b", "", NO_LIFE, available(HistoryBuilder.POINTS, 100));
    assertThat(builder.broken()).containsExactly(MERGES_ARRIVE_ONCE);
  }

  @Test
  void a_merge_sent_with_other_lifetime_totals_is_reported() {
    builder.accrues("a", "o1", 100);
    Entry out =
        builder.book(
            merge("a", "b"),
            Kind.MERGE_OUT,
            HistoryBuilder.extra(null, "", List.of(), new JsonObject().put("memberId", "b")),
            null,
            gone(100));
    ends.arrives(out, "b", "", NO_LIFE, available(HistoryBuilder.POINTS, 100));
    assertThat(builder.broken()).containsExactly(MERGES_ARRIVE_ONCE);
  }

  @Test
  void pending_points_that_lose_their_date_by_a_merge_are_reported() {
    Entry sale = pendingOrders.accruesPending("a", "o1", 40, 900L);
    Entry out = ends.merges("a", "b", pending(sale.sequence(), -40));
    ends.arrives(out, "b");
    ends.arrivesPending(out, "b", sale.sequence());
    assertThat(builder.broken()).containsExactly(MERGES_ARRIVE_ONCE);
  }

  @Test
  void reports_an_arrival_of_a_merge_at_another_member() {
    builder.accrues("a", "o1", 100);
    Entry out = ends.merges("a", "b", gone(100));
    ends.arrives(out, "c", available(HistoryBuilder.POINTS, 100));
    assertThat(builder.broken()).containsExactly(MERGES_ARRIVE_ONCE);
  }

  @Test
  void points_received_by_a_merge_that_never_was_are_reported() {
    Entry sale = builder.accrues("a", "o1", 100);
    ends.arrives(sale, "b", "", NO_LIFE, available(HistoryBuilder.POINTS, 100));
    assertThat(builder.broken()).containsExactly(MERGES_ARRIVE_ONCE);
  }

  @Test
  void reports_a_merge_into_another_member_than_requested() {
    builder.accrues("a", "o1", 100);
    Entry out =
        builder.book(
            merge("a", "x"),
            Kind.MERGE_OUT,
            HistoryBuilder.extra(
                null,
                "",
                List.of(),
                new JsonObject().put("memberId", "b").put("earned", 100).put("spent", 0)),
            null,
            gone(100));
    ends.arrives(out, "b", available(HistoryBuilder.POINTS, 100));
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void an_ended_member_that_keeps_points_is_reported() {
    builder.accrues("a", "o1", 100);
    ends.closes("a", 0, gone(99));
    assertThat(builder.broken()).containsExactly(ENDED_MEMBERS_HAVE_NOTHING);
  }

  @Test
  void stored_value_that_is_not_paid_out_is_reported() {
    builder.topsUp("a", "o1", 500);
    ends.closes("a", 499, available(HistoryBuilder.STORED, -500));
    assertThat(builder.broken()).containsExactly(ENDED_MEMBERS_HAVE_NOTHING);
  }

  @Test
  void reports_the_end_of_a_member_with_an_open_hold() {
    builder.accrues("a", "o1", 100);
    Entry hold = builder.holds("a", "o2", 20, 900);
    ends.closes("a", 0, gone(80, HistoryBuilder.aside(hold.sequence(), -20)));
    assertThat(builder.broken()).containsExactly(ENDED_MEMBERS_HAVE_NOTHING);
  }

  @Test
  void a_member_with_an_entry_after_its_end_is_reported() {
    builder.accrues("a", "o1", 100);
    ends.closes("a", 0, gone(100));
    builder.accrues("a", "o2", 100);
    assertThat(builder.broken()).containsExactly(ENDED_MEMBERS_HAVE_NOTHING);
  }

  @Test
  void an_end_that_was_acknowledged_and_is_not_written_is_reported() {
    Entry never = new HistoryBuilder().accrues("a", "o1", 100);
    builder.accrues("a", "o1", 100);
    builder.isAcknowledged(close("a"), 1, never, false);
    assertThat(builder.broken()).containsExactly(ACKNOWLEDGED_CHANGES_ARE_WRITTEN);
  }

  @Test
  void an_ended_member_may_be_refused_and_a_present_one_may_not() {
    builder.accrues("a", "o1", 100);
    builder.accrues("b", "o2", 100);
    Operation.Transfer sent = new Operation.Transfer("b", "S1", "a", 5);
    Operation.Deduction spent = new Operation.Deduction("a", "S1", "o3", 5, "gift");
    ends.closes("a", 0, gone(100));
    builder.isRefused(spent, 1, "member_closed", null);
    builder.isRefused(sent, 1, "member_closed", null);
    builder.isRefused(merge("b", "a"), 1, "member_closed", null);
    builder.isRefused(merge("b", "nobody"), 1, "member_not_found", null);
    assertThat(builder.broken()).isEmpty();
    builder.isRefused(spent, 1, "member_merged", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void reports_a_refusal_of_a_present_member_as_ended() {
    builder.accrues("a", "o1", 100);
    builder.accrues("b", "o2", 100);
    builder.isRefused(new Operation.Transfer("b", "S1", "a", 5), 1, "member_closed", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_refusal_for_too_few_points_is_about_the_sender() {
    builder.accrues("b", "o2", 100);
    builder.isRefused(new Operation.Transfer("b", "S1", "a", 5), 1, "insufficient_points", 0L);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_member_with_a_hold_may_be_refused_to_end_and_one_without_may_not() {
    builder.accrues("a", "o1", 100);
    builder.holds("a", "o2", 20, 10);
    builder.isRefused(close("a"), 5, "member_has_holds", null);
    assertThat(builder.broken()).isEmpty();
    builder.isRefused(close("a"), 11, "member_has_holds", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_transfer_to_a_merged_member_is_received_by_the_other() {
    builder.accrues("a", "o1", 100);
    builder.accrues("m", "o2", 100);
    Entry sent = builder.sends("m", "a", 10);
    ends.arrives(ends.merges("a", "b", gone(100)), "b", available(HistoryBuilder.POINTS, 100));
    builder.receives("b", sent, Kind.TRANSFER_IN, 10);
    assertThat(builder.broken()).isEmpty();
    Entry other = builder.sends("m", "a", 10);
    builder.receives("c", other, Kind.TRANSFER_IN, 10);
    assertThat(builder.broken()).containsExactly(TRANSFERS_ARRIVE_ONCE);
  }

  @Test
  void a_refund_of_a_merged_member_is_booked_on_the_other() {
    builder.accrues("b", "o0", 100);
    Entry sale = builder.accrues("a", "o1", 70);
    ends.arrives(ends.merges("a", "b", gone(70)), "b", available(HistoryBuilder.POINTS, 70));
    refunds(sale, "b", "r1", 70);
    builder.isRefused(
        new Operation.Refund("a", "S1", "o1", "r9", null, null), 1, "order_already_refunded", null);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void refunds_before_a_merge_count_after_it() {
    builder.accrues("b", "o0", 100);
    Entry sale = builder.accrues("a", "o1", 70);
    builder.refunds(sale, "r1", new Entry.Line("1", 7_000, 70), true);
    ends.arrives(ends.merges("a", "b"), "b");
    refunds(sale, "b", "r2", 70);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void one_refund_of_both_members_of_a_merge_is_reported() {
    builder.accrues("b", "o0", 100);
    Entry sale = builder.accrues("a", "o1", 70);
    builder.refunds(sale, "r1", new Entry.Line("1", 7_000, 70), true);
    ends.arrives(ends.merges("a", "b"), "b");
    refunds(sale, "b", "r1", 70);
    assertThat(builder.broken()).contains(KEYS_ARE_USED_ONCE);
  }

  /** The refund of an order, on a member that did not buy it. */
  private void refunds(Entry sale, String member, String refundId, long points) {
    Operation operation =
        new Operation.Refund(sale.memberId(), "S1", "o1", refundId, "1", points * 100);
    Entry like =
        new HistoryBuilder()
            .refunds(sale, refundId, new Entry.Line("1", points * 100, points), true);
    builder.bookFor(
        member,
        operation,
        Kind.REFUND,
        like.extra(),
        points * 100,
        available(HistoryBuilder.POINTS, -points));
  }
}
