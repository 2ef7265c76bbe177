package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.dayOf;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.command.EntryHistory;
import points.ledger.command.OrderCommand;
import points.ledger.command.OrderCommand.RefundedLine;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.Line;

/** What is left of an order after parts of several kinds, reversals and earlier versions. */
class RestsDecisionsTest {

  private final Deciding member = new Deciding(PartsProgram.of(false));

  private static Line line(String id, long amount) {
    return new Line(id, "x", null, 1, amount);
  }

  private static Detail.Refunded detail(Entry refund) {
    return (Detail.Refunded) Objects.requireNonNull(refund.detail());
  }

  private static Detail.Refunded.Basis basis(Entry refund) {
    return Objects.requireNonNull(detail(refund).basis());
  }

  private static long taken(Entry refund, String account) {
    return detail(refund).takenBack().getOrDefault(account, 0L);
  }

  private static long given(Entry refund, String account) {
    return detail(refund).givenBack().getOrDefault(account, 0L);
  }

  @Test
  void points_reopened_by_a_reversal_come_back_to_their_own_lots() {
    member.accept(member.accrual(60_000, dayOf("2026-11-01"))); // 600 until 2 December
    member.accept(member.accrual(40_000, dayOf("2026-11-20"))); // 400 until 21 December
    Accounts before = Objects.requireNonNull(member.state).accounts();
    var paid = new SaleTerms(1_000, 0, false, null);
    member.accept(member.sale("o", 10_000, paid, line("a", 6_000), line("b", 4_000)));
    Entry first = member.accept(member.refundLine("o", "r1", "a", null));
    Entry second = member.accept(member.refundLine("o", "r2", "b", null));
    assertThat(detail(second).whole()).isTrue();
    member.accept(member.reversal(first));

    Entry rest = member.accept(member.refund("o", "r3", null));

    assertThat(given(rest, Accounts.POINTS)).isEqualTo(600);
    assertThat(rest.amount()).isEqualTo(6_000);
    assertThat(Objects.requireNonNull(member.state).accounts()).isEqualTo(before);
    assertThat(member.refuse(member.refund("o", "r4", null)))
        .isEqualTo(new Refusal.OrderAlreadyRefunded());
  }

  @Test
  void points_that_expired_unspent_are_neither_owed_nor_charged() {
    for (boolean charges : List.of(false, true)) {
      Deciding some = new Deciding(PartsProgram.of(charges));
      some.accept(some.sale("o", 10_000));
      some.accept(some.deduction(30));
      some.now = dayOf("2027-01-01");
      some.accept(some.accrual(5_000)); // good, and not to be taken for what expired
      Entry half = some.accept(some.refund("o", "r1", 5_000L));
      assertThat(detail(half).debt() + detail(half).shortfall()).isZero();
      assertThat(basis(half).lapsed()).containsEntry(Accounts.POINTS, 50L);
      Entry rest = some.accept(some.refund("o", "r2", null));
      assertThat(basis(rest).lapsed()).containsEntry(Accounts.POINTS, 20L);
      assertThat(rest.points()).isEqualTo(-30); // what was spent is taken from what there is
      assertThat(some.available(Accounts.POINTS)).isEqualTo(20);
      assertThat(some.debt()).isZero();
    }
  }

  @Test
  void a_wrongly_booked_order_is_reversed_without_a_debt_for_points_expired_unspent() {
    Entry wrong = member.accept(member.sale("o", 10_000));
    member.accept(member.deduction(30));
    member.now = dayOf("2027-01-01");
    Entry reversal = member.accept(member.reversal(wrong));
    var detail = (Detail.Reversed) Objects.requireNonNull(reversal.detail());
    assertThat(detail.debt()).isEqualTo(30);
    assertThat(detail.lapsed()).containsEntry(Accounts.POINTS, 70L);
    assertThat(detail.lapsed()).containsEntry(PartsProgram.STARS, 100L);
    assertThat(member.debt()).isEqualTo(30);
  }

  @Test
  void the_rest_of_a_reversed_refund_after_a_cancellation_comes_back() {
    Entry sale = member.accept(member.sale("o", 10_000, new SaleTerms(0, 0, true, null)));
    Entry part = member.accept(member.refund("o", "r1", 6_000L));
    member.accept(member.endPending(sale, false)); // of the other 40
    member.accept(member.reversal(part));
    assertThat(member.available(Accounts.POINTS)).isEqualTo(60);

    assertThat(taken(member.accept(member.refund("o", "r2", 5_000L)), Accounts.POINTS))
        .isEqualTo(50);
    assertThat(taken(member.accept(member.refund("o", "r3", null)), Accounts.POINTS)).isEqualTo(10);
    assertThat(Objects.requireNonNull(member.state).accounts()).isEqualTo(Accounts.EMPTY);
  }

  @Test
  void of_a_sale_without_an_amount_points_come_back_by_themselves() {
    member.accept(member.accrual(60_000, dayOf("2026-11-01")));
    member.accept(member.accrual(40_000, dayOf("2026-11-20")));
    Accounts before = Objects.requireNonNull(member.state).accounts();
    member.accept(member.deductionFor("gifts", 900));
    Entry one = member.accept(member.refundPoints("gifts", "r1", 300));
    assertThat(given(one, Accounts.POINTS)).isEqualTo(300);
    assertThat(one.amount()).isZero();
    assertThat(member.refuse(member.refundPoints("gifts", "r2", 601)))
        .isEqualTo(new Refusal.RefundExceedsOrder(null, 600));
    Entry two = member.accept(member.refundPoints("gifts", "r2", 300));
    member.accept(member.reversal(one));
    Entry rest = member.accept(member.refund("gifts", "r3", null));
    assertThat(given(two, Accounts.POINTS)).isEqualTo(300);
    assertThat(given(rest, Accounts.POINTS)).isEqualTo(600);
    assertThat(detail(rest).whole()).isTrue();
    assertThat(Objects.requireNonNull(member.state).accounts()).isEqualTo(before);
    assertThat(member.refuse(member.refundPoints("gifts", "r4", 1)))
        .isEqualTo(new Refusal.RefundExceedsOrder(null, 0));
  }

  @Test
  void points_of_a_sale_with_an_amount_come_back_with_its_money_only() {
    member.accept(member.accrual(10_000));
    member.accept(member.sale("o", 10_000, new SaleTerms(100, 0, false, null)));
    assertThat(member.refuse(member.refundPoints("o", "r", 10)))
        .isEqualTo(new Refusal.RefundNotByPoints());
  }

  /** As a version before this one wrote it: rounded down line by line, and no basis. */
  @Test
  void refunds_of_earlier_versions_count_by_their_movements() {
    member.accept(
        member.sale(
            "o",
            10_000,
            IntStream.range(0, 100).mapToObj(i -> line("l" + i, 100)).toArray(Line[]::new)));
    Entry part =
        member.accept(
            member.refundLines(
                "o",
                "r1",
                IntStream.range(0, 100)
                    .mapToObj(i -> new RefundedLine("l" + i, 99L))
                    .toArray(RefundedLine[]::new)));
    var old =
        new Detail.Refunded(
            "r1",
            new TreeMap<>(Map.of(Accounts.GROWTH, 99L)),
            Collections.emptySortedMap(),
            0,
            0,
            0,
            0,
            false,
            null,
            null);
    EntryHistory history = history(part, old);
    OrderCommand.Refund rest = member.refund("o", "r2", null);
    Decision decision =
        CommandDecider.decide(member.state, rest, history, member.rules, member.now);
    Entry answer = ((Decision.Accepted) decision).answer();
    assertThat(answer.amount()).isEqualTo(100);
    assertThat(taken(answer, Accounts.POINTS)).isEqualTo(100);
    assertThat(taken(answer, Accounts.GROWTH)).isEqualTo(1);
    assertThat(detail(answer).whole()).isTrue();
  }

  private EntryHistory history(Entry instead, Detail.Refunded old) {
    List<Entry> entries =
        member.entries.stream()
            .map(it -> it.equals(instead) ? Deciding.with(it, old) : it)
            .toList();
    return new EntryHistory(member.refund("o", "r", null).order(), 2, entries);
  }
}
