package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static points.load.fault.check.HistoryBuilder.available;
import static points.load.fault.check.finding.Rule.ACKNOWLEDGED_CHANGES_ARE_WRITTEN;
import static points.load.fault.check.finding.Rule.ENTRIES_WERE_REQUESTED;
import static points.load.fault.check.finding.Rule.POOLS_ARE_USED_BY_THEIR_MEMBERS;
import static points.load.fault.check.finding.Rule.REFUSALS_ARE_TRUE;
import static points.load.fault.check.finding.Rule.TRANSFERS_ARRIVE_ONCE;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;
import points.load.model.Entry.Kind;

/** The rules about pools. */
class CheckerOfPoolsTest {
  private static final RecordedAnswer DONE = new RecordedAnswer.Acknowledged("", false);
  private static final RecordedAnswer NOBODY_KNOWS = new RecordedAnswer.Unknown("504");
  private static final Operation JOIN = new Operation.Join("m", "pool");
  private static final Operation LEAVE = new Operation.Leave("m", "pool");

  private final HistoryBuilder builder = new HistoryBuilder();

  /** All entries are made at the beginning; the calls are made later, at the given seconds. */
  @BeforeEach
  void somebody_has_100() {
    builder.accrues("m", "o1", 100);
  }

  @Test
  void members_that_share_a_pool_break_no_rule() {
    builder.asks(JOIN, 0, DONE);
    shared(60);
    Entry out = shares(new Operation.Share("pool", "m", 10, false));
    builder.receives("m", out, Kind.TRANSFER_IN, 10);
    spends("m");
    builder.isRefused(spending("m", 21), 1, "insufficient_points", 20L);
    builder.isRefused(spending("n", 5), 1, "not_in_pool", null);
    builder.isRefused(new Operation.Share("pool", "m", 51, true), 1, "insufficient_points", 50L);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void points_that_do_not_come_into_the_pool_are_reported() {
    builder.asks(JOIN, 0, DONE);
    shares(new Operation.Share("pool", "m", 60, true));
    assertThat(builder.broken()).containsExactly(TRANSFERS_ARRIVE_ONCE);
  }

  @Test
  void reports_spending_by_a_member_outside_the_pool() {
    builder.asks(JOIN, 0, DONE);
    shared(60);
    spends("n");
    assertThat(builder.broken()).containsExactly(POOLS_ARE_USED_BY_THEIR_MEMBERS);
  }

  @Test
  void reports_spending_after_leaving_unless_both_overlap() {
    builder.asks(JOIN, -3, DONE);
    builder.asks(LEAVE, -2, DONE);
    shared(60);
    assertThat(builder.broken()).containsExactly(POOLS_ARE_USED_BY_THEIR_MEMBERS);
    builder.asks(JOIN, -1, NOBODY_KNOWS);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_refusal_of_a_pool_member_is_reported_unless_it_may_have_left() {
    builder.asks(JOIN, 0, DONE);
    builder.isRefused(spending("m", 5), 2, "not_in_pool", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
    builder.asks(LEAVE, 1, NOBODY_KNOWS);
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void a_former_sharer_may_be_refused_until_it_joins_again() {
    builder.asks(JOIN, 0, DONE);
    builder.asks(LEAVE, 1, DONE);
    builder.isRefused(spending("m", 5), 2, "not_in_pool", null);
    builder.asks(JOIN, 3, DONE);
    assertThat(builder.broken()).isEmpty();
    builder.isRefused(spending("m", 5), 4, "not_in_pool", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void an_unapplied_change_of_a_pool_does_not_count() {
    builder.asks(JOIN, 0, DONE);
    builder.asks(LEAVE, 1, new RecordedAnswer.NotApplied("503"));
    builder.isRefused(spending("m", 5), 2, "not_in_pool", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_refused_join_is_reported_unless_the_member_does_not_exist() {
    builder.isRefused(new Operation.Join("x", "pool"), 1, "member_not_found", null);
    assertThat(builder.broken()).isEmpty();
    builder.isRefused(JOIN, 1, "member_not_found", null);
    assertThat(builder.broken()).containsExactly(POOLS_ARE_USED_BY_THEIR_MEMBERS);
  }

  @Test
  void pool_spending_booked_on_another_member_is_reported() {
    builder.asks(JOIN, 0, DONE);
    shared(60);
    spends("m");
    writeDownOf("n", "pool", 1);
    assertThat(builder.broken())
        .containsExactlyInAnyOrder(ACKNOWLEDGED_CHANGES_ARE_WRITTEN, ENTRIES_WERE_REQUESTED);
  }

  @Test
  void a_withdrawal_booked_on_another_member_is_reported() {
    builder.asks(JOIN, 0, DONE);
    shared(60);
    builder.receives(
        "m", shares(new Operation.Share("pool", "m", 10, false)), Kind.TRANSFER_IN, 10);
    writeDownOf("n", "pool", 1);
    assertThat(builder.broken())
        .containsExactlyInAnyOrder(ACKNOWLEDGED_CHANGES_ARE_WRITTEN, ENTRIES_WERE_REQUESTED);
  }

  private void writeDownOf(String sharer, String member, int number) {
    Entry entry = builder.of(member).remove(number);
    Entry.Origin by = entry.origin();
    Entry other =
        new Entry(
            entry.memberId(),
            entry.sequence(),
            entry.kind(),
            entry.points(),
            entry.balance(),
            entry.movements(),
            new Entry.Origin(by.storeId(), by.orderId(), by.amount(), sharer, by.reason()),
            entry.extra(),
            entry.occurredAt(),
            entry.recordedAt(),
            entry.key());
    builder.of(member).add(number, other);
  }

  private static Operation spending(String sharer, long points) {
    return new Operation.SharedDeduction("pool", sharer, "S1", "o9", points, "gift");
  }

  private void shared(long points) {
    Entry in = shares(new Operation.Share("pool", "m", points, true));
    builder.receives("pool", in, Kind.TRANSFER_IN, points);
  }

  private Entry shares(Operation.Share share) {
    return builder.book(
        share,
        Kind.TRANSFER_OUT,
        HistoryBuilder.extra(null, "", List.of(), new JsonObject().put("memberId", share.to())),
        null,
        available(HistoryBuilder.POINTS, -share.points()));
  }

  private void spends(String sharer) {
    builder.book(
        spending(sharer, 30),
        Kind.DEDUCTION,
        Entry.Extra.NONE,
        null,
        available(HistoryBuilder.POINTS, -30));
  }
}
