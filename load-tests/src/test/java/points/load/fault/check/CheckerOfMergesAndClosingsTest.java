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

  private final HistoryBuilder deeds = new HistoryBuilder();
  private final PendingOrders pendings = new PendingOrders(deeds);
  private final MergesAndClosings leavers = new MergesAndClosings(deeds);

  @Test
  void members_that_are_merged_and_closed_break_nothing() {
    deeds.accrues("a", "o1", 100);
    deeds.topsUp("a", "o2", 500);
    Entry sale = pendings.accruesPending("a", "o3", 40, null);
    Entry out =
        leavers.merges(
            "a",
            "b",
            gone(100, available(HistoryBuilder.STORED, -500), pending(sale.sequence(), -40)));
    leavers.arrives(
        out, "b", available(HistoryBuilder.POINTS, 100), available(HistoryBuilder.STORED, 500));
    leavers.arrivesPending(out, "b", sale.sequence());
    deeds.accrues("c", "o4", 100);
    deeds.topsUp("c", "o5", 500);
    leavers.closes("c", 500, gone(100, available(HistoryBuilder.STORED, -500)));
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void what_was_owed_goes_on_too() {
    deeds.accrues("b", "o1", 100);
    Movement owed = new Movement(HistoryBuilder.POINTS, Place.DEBT, 0, HistoryBuilder.UNTIL, 30);
    deeds.adjusts("a", owed);
    Movement forgiven =
        new Movement(HistoryBuilder.POINTS, Place.DEBT, 0, HistoryBuilder.UNTIL, -30);
    Entry out = leavers.merges("a", "b", forgiven);
    leavers.arrives(out, "b", available(HistoryBuilder.POINTS, -30));
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void a_merge_that_is_lost_on_the_way_is_found() {
    deeds.accrues("a", "o1", 100);
    leavers.merges("a", "b", gone(100));
    assertThat(deeds.broken()).containsExactly(MERGES_ARRIVE_ONCE);
  }

  @Test
  void what_was_pending_and_is_lost_on_the_way_is_found() {
    deeds.accrues("a", "o1", 100);
    Entry sale = pendings.accruesPending("a", "o2", 40, null);
    Entry out = leavers.merges("a", "b", gone(100, pending(sale.sequence(), -40)));
    leavers.arrives(out, "b", available(HistoryBuilder.POINTS, 100));
    assertThat(deeds.broken()).containsExactly(MERGES_ARRIVE_ONCE);
  }

  @Test
  void a_merge_that_arrives_twice_is_found() {
    deeds.accrues("a", "o1", 100);
    Entry out = leavers.merges("a", "b", gone(100));
    leavers.arrives(out, "b", available(HistoryBuilder.POINTS, 100));
    leavers.arrives(out, "b", available(HistoryBuilder.POINTS, 100));
    assertThat(deeds.broken()).containsExactlyInAnyOrder(MERGES_ARRIVE_ONCE, KEYS_ARE_USED_ONCE);
  }

  @Test
  void a_merge_that_arrives_with_less_or_of_another_expiry_is_found() {
    deeds.accrues("a", "o1", 100);
    Entry out = leavers.merges("a", "b", gone(100));
    leavers.arrives(out, "b", available(HistoryBuilder.POINTS, 99));
    assertThat(deeds.broken()).containsExactly(MERGES_ARRIVE_ONCE);
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
  void a_merge_that_arrives_with_another_life_is_found() {
    deeds.accrues("a", "o1", 100);
    Entry out = leavers.merges("a", "b", gone(100));
    leavers.arrives(out, "b", "", NO_LIFE, available(HistoryBuilder.POINTS, 100));
    assertThat(deeds.broken()).containsExactly(MERGES_ARRIVE_ONCE);
  }

  @Test
  void a_merge_that_hands_on_another_life_than_there_was_is_found() {
    deeds.accrues("a", "o1", 100);
    Entry out =
        deeds.book(
            merge("a", "b"),
            Kind.MERGE_OUT,
            HistoryBuilder.extra(null, "", List.of(), new JsonObject().put("memberId", "b")),
            null,
            gone(100));
    leavers.arrives(out, "b", "", NO_LIFE, available(HistoryBuilder.POINTS, 100));
    assertThat(deeds.broken()).containsExactly(MERGES_ARRIVE_ONCE);
  }

  @Test
  void what_was_pending_until_a_day_and_waits_for_ever_after_a_merge_is_found() {
    Entry sale = pendings.accruesPending("a", "o1", 40, 900L);
    Entry out = leavers.merges("a", "b", pending(sale.sequence(), -40));
    leavers.arrives(out, "b");
    leavers.arrivesPending(out, "b", sale.sequence());
    assertThat(deeds.broken()).containsExactly(MERGES_ARRIVE_ONCE);
  }

  @Test
  void a_merge_that_comes_to_another_is_found() {
    deeds.accrues("a", "o1", 100);
    Entry out = leavers.merges("a", "b", gone(100));
    leavers.arrives(out, "c", available(HistoryBuilder.POINTS, 100));
    assertThat(deeds.broken()).containsExactly(MERGES_ARRIVE_ONCE);
  }

  @Test
  void what_comes_in_by_a_merge_that_never_was_is_found() {
    Entry sale = deeds.accrues("a", "o1", 100);
    leavers.arrives(sale, "b", "", NO_LIFE, available(HistoryBuilder.POINTS, 100));
    assertThat(deeds.broken()).containsExactly(MERGES_ARRIVE_ONCE);
  }

  @Test
  void a_merge_that_was_asked_for_otherwise_is_found() {
    deeds.accrues("a", "o1", 100);
    Entry out =
        deeds.book(
            merge("a", "x"),
            Kind.MERGE_OUT,
            HistoryBuilder.extra(
                null,
                "",
                List.of(),
                new JsonObject().put("memberId", "b").put("earned", 100).put("spent", 0)),
            null,
            gone(100));
    leavers.arrives(out, "b", available(HistoryBuilder.POINTS, 100));
    assertThat(deeds.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void what_has_ended_and_keeps_something_is_found() {
    deeds.accrues("a", "o1", 100);
    leavers.closes("a", 0, gone(99));
    assertThat(deeds.broken()).containsExactly(ENDED_MEMBERS_HAVE_NOTHING);
  }

  @Test
  void stored_value_that_is_not_paid_out_is_found() {
    deeds.topsUp("a", "o1", 500);
    leavers.closes("a", 499, available(HistoryBuilder.STORED, -500));
    assertThat(deeds.broken()).containsExactly(ENDED_MEMBERS_HAVE_NOTHING);
  }

  @Test
  void a_member_that_ends_while_something_is_held_is_found() {
    deeds.accrues("a", "o1", 100);
    Entry hold = deeds.holds("a", "o2", 20, 900);
    leavers.closes("a", 0, gone(80, HistoryBuilder.aside(hold.sequence(), -20)));
    assertThat(deeds.broken()).containsExactly(ENDED_MEMBERS_HAVE_NOTHING);
  }

  @Test
  void a_member_that_goes_on_after_its_end_is_found() {
    deeds.accrues("a", "o1", 100);
    leavers.closes("a", 0, gone(100));
    deeds.accrues("a", "o2", 100);
    assertThat(deeds.broken()).containsExactly(ENDED_MEMBERS_HAVE_NOTHING);
  }

  @Test
  void an_end_that_was_acknowledged_and_is_not_written_is_found() {
    Entry never = new HistoryBuilder().accrues("a", "o1", 100);
    deeds.accrues("a", "o1", 100);
    deeds.isTold(close("a"), 1, never, false);
    assertThat(deeds.broken()).containsExactly(ACKNOWLEDGED_CHANGES_ARE_WRITTEN);
  }

  @Test
  void who_has_ended_is_refused_and_who_has_not_is_not() {
    deeds.accrues("a", "o1", 100);
    deeds.accrues("b", "o2", 100);
    Operation.Transfer sent = new Operation.Transfer("b", "S1", "a", 5);
    Operation.Deduction spent = new Operation.Deduction("a", "S1", "o3", 5, "gift");
    leavers.closes("a", 0, gone(100));
    deeds.isRefused(spent, 1, "member_closed", null);
    deeds.isRefused(sent, 1, "member_closed", null);
    deeds.isRefused(merge("b", "a"), 1, "member_closed", null);
    deeds.isRefused(merge("b", "nobody"), 1, "member_not_found", null);
    assertThat(deeds.broken()).isEmpty();
    deeds.isRefused(spent, 1, "member_merged", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void who_is_there_and_is_refused_as_ended_is_found() {
    deeds.accrues("a", "o1", 100);
    deeds.accrues("b", "o2", 100);
    deeds.isRefused(new Operation.Transfer("b", "S1", "a", 5), 1, "member_closed", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void another_has_no_say_in_what_the_sender_has() {
    deeds.accrues("b", "o2", 100);
    deeds.isRefused(new Operation.Transfer("b", "S1", "a", 5), 1, "insufficient_points", 0L);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void who_holds_something_is_refused_to_end_and_who_does_not_is_not() {
    deeds.accrues("a", "o1", 100);
    deeds.holds("a", "o2", 20, 10);
    deeds.isRefused(close("a"), 5, "member_has_holds", null);
    assertThat(deeds.broken()).isEmpty();
    deeds.isRefused(close("a"), 11, "member_has_holds", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_transfer_to_who_was_merged_comes_to_whom_it_goes_on_as() {
    deeds.accrues("a", "o1", 100);
    deeds.accrues("m", "o2", 100);
    Entry sent = deeds.sends("m", "a", 10);
    leavers.arrives(
        leavers.merges("a", "b", gone(100)), "b", available(HistoryBuilder.POINTS, 100));
    deeds.receives("b", sent, Kind.TRANSFER_IN, 10);
    assertThat(deeds.broken()).isEmpty();
    Entry other = deeds.sends("m", "a", 10);
    deeds.receives("c", other, Kind.TRANSFER_IN, 10);
    assertThat(deeds.broken()).containsExactly(TRANSFERS_ARRIVE_ONCE);
  }

  @Test
  void a_refund_goes_to_whom_its_member_goes_on_as() {
    deeds.accrues("b", "o0", 100);
    Entry sale = deeds.accrues("a", "o1", 70);
    leavers.arrives(leavers.merges("a", "b", gone(70)), "b", available(HistoryBuilder.POINTS, 70));
    refunds(sale, "b", "r1", 70);
    deeds.isRefused(
        new Operation.Refund("a", "S1", "o1", "r9", null, null), 1, "order_already_refunded", null);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void what_was_refunded_before_a_merge_counts_after_it() {
    deeds.accrues("b", "o0", 100);
    Entry sale = deeds.accrues("a", "o1", 70);
    deeds.refunds(sale, "r1", new Entry.Line("1", 7_000, 70), true);
    leavers.arrives(leavers.merges("a", "b"), "b");
    refunds(sale, "b", "r2", 70);
    assertThat(deeds.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void one_refund_of_both_members_of_a_merge_is_found() {
    deeds.accrues("b", "o0", 100);
    Entry sale = deeds.accrues("a", "o1", 70);
    deeds.refunds(sale, "r1", new Entry.Line("1", 7_000, 70), true);
    leavers.arrives(leavers.merges("a", "b"), "b");
    refunds(sale, "b", "r1", 70);
    assertThat(deeds.broken()).contains(KEYS_ARE_USED_ONCE);
  }

  /** As the order's member would, but of another. */
  private void refunds(Entry sale, String member, String refundId, long points) {
    Operation operation =
        new Operation.Refund(sale.memberId(), "S1", "o1", refundId, "1", points * 100);
    Entry like =
        new HistoryBuilder()
            .refunds(sale, refundId, new Entry.Line("1", points * 100, points), true);
    deeds.bookFor(
        member,
        operation,
        Kind.REFUND,
        like.extra(),
        points * 100,
        available(HistoryBuilder.POINTS, -points));
  }
}
