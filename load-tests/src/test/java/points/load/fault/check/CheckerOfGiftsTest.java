package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static points.load.fault.check.HistoryBuilder.NOW;
import static points.load.fault.check.HistoryBuilder.POINTS;
import static points.load.fault.check.HistoryBuilder.UNTIL;
import static points.load.fault.check.HistoryBuilder.available;
import static points.load.fault.check.finding.Rule.ACKNOWLEDGED_CHANGES_ARE_WRITTEN;
import static points.load.fault.check.finding.Rule.ENTRIES_ADD_UP;
import static points.load.fault.check.finding.Rule.ENTRIES_WERE_REQUESTED;
import static points.load.fault.check.finding.Rule.REFUNDS_AND_REVERSALS_ARE_DUE;
import static points.load.fault.check.finding.Rule.REFUSALS_ARE_TRUE;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.load.fault.check.answer.ExpectedAnswer;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/** The rules about points that are given, with an end of their own or without. */
class CheckerOfGiftsTest {
  private static final Instant PAST = NOW.minus(Duration.ofDays(1));

  private final HistoryBuilder builder = new HistoryBuilder();

  @BeforeEach
  void enrols() {
    builder.accrues("m", "o1", 70);
  }

  @Test
  void gifts_break_no_rule_whenever_their_points_end() {
    builder.gives("m", null, available(POINTS, 10));
    builder.gives("m", UNTIL.plusMillis(999), available(POINTS, 10));
    builder.gives("m", PAST, new Movement(POINTS, Place.AVAILABLE, 0, PAST, 10));
    builder.book(
        null,
        "m",
        Kind.EXPIRY,
        Entry.Extra.NONE,
        null,
        new Movement(POINTS, Place.AVAILABLE, 0, PAST, -10));
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void reports_a_gift_with_another_end() {
    builder.gives("m", UNTIL.plusSeconds(1), available(POINTS, 10));
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void reports_a_gift_of_other_points_than_requested() {
    Operation gift = new Operation.Gift("m", 10, null, "office", "an apology");
    builder.book(gift, Kind.GIFT, Entry.Extra.NONE, null, available(POINTS, 11));
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void reports_a_gift_booked_as_an_adjustment() {
    Operation gift = new Operation.Gift("m", 10, null, "office", "an apology");
    builder.book(gift, Kind.ADJUSTMENT, Entry.Extra.NONE, null, available(POINTS, 10));
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void reports_an_answer_with_another_balance_than_the_gift_left() {
    Entry gift = builder.gives("m", null, available(POINTS, 10));
    String wrong = ExpectedAnswer.of(gift).put("balance", gift.balance() + 1).encode();
    Operation asked = new Operation.Gift("m", 10, null, "office", "an apology");
    builder.calls.remove(builder.calls.size() - 1);
    builder.asksAgain(gift.key(), asked, 1, new RecordedAnswer.Acknowledged(wrong, false));
    assertThat(builder.broken()).containsExactly(ACKNOWLEDGED_CHANGES_ARE_WRITTEN);
  }

  @Test
  void reports_a_gift_without_repayment_of_a_debt() {
    builder.adjusts("m", new Movement(POINTS, Place.DEBT, 0, UNTIL, 10));
    builder.gives("m", null, available(POINTS, 10));
    assertThat(builder.broken()).containsExactly(ENTRIES_ADD_UP);
  }

  @Test
  void a_gift_is_reversed_once_and_wholly() {
    Entry gift = builder.gives("m", null, available(POINTS, 10));
    builder.reversesUnearned(gift, -10);
    assertThat(builder.broken()).isEmpty();
    builder.reversesUnearned(gift, -10);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void reports_a_reversal_of_a_part_of_a_gift() {
    builder.reversesUnearned(builder.gives("m", null, available(POINTS, 10)), -9);
    assertThat(builder.broken()).containsExactly(REFUNDS_AND_REVERSALS_ARE_DUE);
  }

  @Test
  void a_gift_or_its_reversal_may_not_be_refused() {
    Entry gift = builder.gives("m", null, available(POINTS, 10));
    Operation other = new Operation.Gift("m", 10, null, "office", "an apology");
    Operation reversal = new Operation.Reversal("m", gift.transactionId(), "office", "put right");
    builder.isRefused(reversal, 2, "not_reversible", null);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
    HistoryBuilder more = new HistoryBuilder();
    more.accrues("m", "o1", 70);
    more.isRefused(other, 2, "insufficient_points", 70L);
    assertThat(more.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void a_gift_to_an_unknown_member_may_be_refused() {
    Operation gift = new Operation.Gift("nobody", 10, null, "office", "an apology");
    builder.isRefused(gift, 1, "member_not_found", null);
    assertThat(builder.broken()).isEmpty();
  }
}
