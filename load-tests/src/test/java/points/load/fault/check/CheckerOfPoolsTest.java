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
import points.load.fault.history.Answer;
import points.load.fault.history.Operation;
import points.load.model.Entry;
import points.load.model.Entry.Kind;

/** The rules about points that several members share. */
class CheckerOfPoolsTest {
  private static final Answer DONE = new Answer.Acknowledged("", false);
  private static final Answer NOBODY_KNOWS = new Answer.Unknown("504");
  private static final Operation JOIN = new Operation.Join("m", "pool");
  private static final Operation LEAVE = new Operation.Leave("m", "pool");

  private final HistoryBuilder deeds = new HistoryBuilder();

  /** All that is booked here is at the beginning; all that is asked for later, by seconds. */
  @BeforeEach
  void somebody_has_100() {
    deeds.accrues("m", "o1", 100);
  }

  @Test
  void who_shares_a_pool_breaks_nothing() {
    deeds.asks(JOIN, 0, DONE);
    shared(60);
    Entry out = shares(new Operation.Share("pool", "m", 10, false));
    deeds.receives("m", out, Kind.TRANSFER_IN, 10);
    spends("m");
    deeds.isRefused(spending("m", 21), 1, "insufficient_points", 20L);
    deeds.isRefused(spending("n", 5), 1, "not_in_pool", null);
    deeds.isRefused(new Operation.Share("pool", "m", 51, true), 1, "insufficient_points", 50L);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void points_that_do_not_come_into_the_pool_are_found() {
    deeds.asks(JOIN, 0, DONE);
    shares(new Operation.Share("pool", "m", 60, true));
    assertThat(deeds.broken()).containsExactly(TRANSFERS_ARRIVE_ONCE);
  }

  @Test
  void who_spends_and_never_was_in_the_pool_is_found() {
    deeds.asks(JOIN, 0, DONE);
    shared(60);
    spends("n");
    assertThat(deeds.broken()).containsExactly(POOLS_ARE_USED_BY_THEIR_MEMBERS);
  }

  @Test
  void who_spends_after_he_left_is_found_and_while_nobody_knows_is_not() {
    deeds.asks(JOIN, -3, DONE);
    deeds.asks(LEAVE, -2, DONE);
    shared(60);
    assertThat(deeds.broken()).containsExactly(POOLS_ARE_USED_BY_THEIR_MEMBERS);
    deeds.asks(JOIN, -1, NOBODY_KNOWS);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void who_was_in_the_pool_and_is_refused_is_found_and_who_may_have_left_is_not() {
    deeds.asks(JOIN, 0, DONE);
    deeds.isRefused(spending("m", 5), 2, "not_in_pool", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
    deeds.asks(LEAVE, 1, NOBODY_KNOWS);
    assertThat(deeds.broken()).isEmpty();
  }

  @Test
  void who_has_left_may_be_refused_until_he_has_joined_again() {
    deeds.asks(JOIN, 0, DONE);
    deeds.asks(LEAVE, 1, DONE);
    deeds.isRefused(spending("m", 5), 2, "not_in_pool", null);
    deeds.asks(JOIN, 3, DONE);
    assertThat(deeds.broken()).isEmpty();
    deeds.isRefused(spending("m", 5), 4, "not_in_pool", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_change_that_was_not_applied_says_nothing() {
    deeds.asks(JOIN, 0, DONE);
    deeds.asks(LEAVE, 1, new Answer.NotApplied("503"));
    deeds.isRefused(spending("m", 5), 2, "not_in_pool", null);
    assertThat(deeds.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_member_that_cannot_join_is_found_and_one_that_is_not_there_is_not() {
    deeds.isRefused(new Operation.Join("x", "pool"), 1, "member_not_found", null);
    assertThat(deeds.broken()).isEmpty();
    deeds.isRefused(JOIN, 1, "member_not_found", null);
    assertThat(deeds.broken()).containsExactly(POOLS_ARE_USED_BY_THEIR_MEMBERS);
  }

  @Test
  void what_is_written_down_of_another_is_found() {
    deeds.asks(JOIN, 0, DONE);
    shared(60);
    spends("m");
    writeDownOf("n", "pool", 1);
    assertThat(deeds.broken())
        .containsExactlyInAnyOrder(ACKNOWLEDGED_CHANGES_ARE_WRITTEN, ENTRIES_WERE_REQUESTED);
  }

  @Test
  void what_is_taken_out_by_another_is_found() {
    deeds.asks(JOIN, 0, DONE);
    shared(60);
    deeds.receives("m", shares(new Operation.Share("pool", "m", 10, false)), Kind.TRANSFER_IN, 10);
    writeDownOf("n", "pool", 1);
    assertThat(deeds.broken())
        .containsExactlyInAnyOrder(ACKNOWLEDGED_CHANGES_ARE_WRITTEN, ENTRIES_WERE_REQUESTED);
  }

  private void writeDownOf(String sharer, String member, int number) {
    Entry entry = deeds.of(member).remove(number);
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
    deeds.of(member).add(number, other);
  }

  private static Operation spending(String sharer, long points) {
    return new Operation.SharedDeduction("pool", sharer, "S1", "o9", points, "gift");
  }

  private void shared(long points) {
    Entry in = shares(new Operation.Share("pool", "m", points, true));
    deeds.receives("pool", in, Kind.TRANSFER_IN, points);
  }

  private Entry shares(Operation.Share share) {
    return deeds.book(
        share,
        Kind.TRANSFER_OUT,
        HistoryBuilder.extra(null, "", List.of(), new JsonObject().put("memberId", share.to())),
        null,
        available(HistoryBuilder.POINTS, -share.points()));
  }

  private void spends(String sharer) {
    deeds.book(
        spending(sharer, 30),
        Kind.DEDUCTION,
        Entry.Extra.NONE,
        null,
        available(HistoryBuilder.POINTS, -30));
  }
}
