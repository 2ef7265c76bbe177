package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.dayOf;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.command.Command.Accrue;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;

/** What an order is to its refunds: its lines, its parts, and what of it was paid with what. */
class OrdersDecisionsTest {

  private final Deciding member = new Deciding(Deciding.rich(false, null));

  private static Detail.Refunded detail(Entry refund) {
    return (Detail.Refunded) Objects.requireNonNull(refund.detail());
  }

  private static Line line(String id, long amount) {
    return new Line(id, "x", null, 1, amount);
  }

  @Test
  void a_refund_shows_the_lines_that_come_back_and_no_others() {
    member.accept(member.sale("o", 100, line("1", 60), line("2", 40)));
    Entry refund = member.accept(member.refundLine("o", "r", "2", 15L));
    assertThat(refund.lines())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.line().lineId()).isEqualTo("2");
              assertThat(it.line().amount()).isEqualTo(15);
              assertThat(it.points()).isEqualTo(15);
            });
    assertThat(detail(refund).givenBack()).isEmpty();
  }

  @Test
  void an_order_that_was_worth_nothing_comes_back_by_equal_shares_of_its_lines() {
    member.accept(member.accrual(100));
    member.accept(
        member.sale("o", 0, new SaleTerms(10, 0, false, null), line("1", 0), line("2", 0)));
    Entry part = member.accept(member.refundLine("o", "r1", "1", null));
    assertThat(detail(part).whole()).isFalse();
    assertThat(detail(part).givenBack()).containsEntry(Accounts.POINTS, 5L);
    assertThat(member.refuse(member.refundLine("o", "again", "1", null)))
        .isEqualTo(new Refusal.RefundExceedsOrder("1", 0));
    Entry whole = member.accept(member.refund("o", "r2", null));
    assertThat(detail(whole).whole()).isTrue();
    assertThat(detail(whole).givenBack()).containsEntry(Accounts.POINTS, 5L);
    assertThat(member.available(Accounts.POINTS)).isEqualTo(100);
  }

  @Test
  void points_of_an_order_are_taken_from_its_lot_also_when_a_part_of_them_repaid_a_debt() {
    member.accept(member.sale("a", 30));
    member.accept(member.deduction(30));
    member.accept(member.refund("a", "r", null));
    member.accept(member.sale("o", 100)); // 30 of it are repaid, 70 are good until 22 December
    member.accept(member.accrual(50, dayOf("2026-11-20")));

    member.accept(member.refund("o", "r", 60L));

    assertThat(Objects.requireNonNull(member.state).lots().byExpiry())
        .containsExactly(new Lot(dayOf("2026-12-21"), 50), new Lot(dayOf("2026-12-23"), 10));
  }

  /** Of an order that was sold, stored value is what it was paid with, and no line of its own. */
  @Test
  void an_order_paid_apart_comes_to_its_lines() {
    member.accept(member.topUp("t", 500, 0L));
    member.accept(member.payment("o", 100));
    member.accept(member.sale("o", 100));
    assertThat(member.refuse(member.refund("o", "r", 101L)))
        .isEqualTo(new Refusal.RefundExceedsOrder(null, 100));
    Entry refund = member.accept(member.refund("o", "r", 100L));
    assertThat(detail(refund).whole()).isTrue();
    assertThat(detail(refund).givenBack()).containsEntry(Accounts.STORED_VALUE, 100L);
    assertThat(member.available(Accounts.STORED_VALUE)).isEqualTo(500);
  }

  @Test
  void an_order_without_an_accrual_comes_to_its_payment() {
    member.accept(member.topUp("t", 500, 0L));
    member.accept(member.payment("o", 100));
    assertThat(member.refuse(member.refund("o", "r", 101L)))
        .isEqualTo(new Refusal.RefundExceedsOrder(null, 100));
    member.accept(member.refund("o", "r", 40L));
    assertThat(member.available(Accounts.STORED_VALUE)).isEqualTo(440);
    member.accept(member.refund("o", "r2", null));
    assertThat(member.available(Accounts.STORED_VALUE)).isEqualTo(500);
  }

  @Test
  void entries_are_found_by_member_and_sequence_and_by_entries_that_refer_to_them() {
    Entry first = member.accept(member.sale("o1", 10, new SaleTerms(0, 0, true, null)));
    Entry second = member.accept(member.sale("o2", 20));
    Entry undone = member.accept(member.reversal(second));
    Entry ended = member.accept(member.endPending(first, false));
    var other = new MemberKey("program", "other");
    HistoryQuery needed = new HistoryQuery.OfEntry(Deciding.MEMBER, 1);
    var history = new EntryHistory(needed, 4, List.of(first, second, undone, ended));

    assertThat(history.find(Deciding.MEMBER, 2)).contains(second);
    assertThat(history.find(other, 2)).isEmpty();
    assertThat(history.find(Deciding.MEMBER, 5)).isEmpty();
    assertThat(history.reversalOf(second)).contains(undone);
    assertThat(history.reversalOf(first)).isEmpty();
    assertThat(history.endOf(first)).contains(ended);
    assertThat(history.endOf(second)).isEmpty();
    assertThat(history.isCancelled(first)).isTrue();
    assertThat(history.isCancelled(second)).isFalse();
    Entry ofAnother = folded(other);
    assertThat(history.reversalOf(ofAnother)).isEmpty();
    assertThat(history.endOf(ofAnother)).isEmpty();
  }

  private static Entry folded(MemberKey other) {
    var command = Accrue.of(other, "k", Origin.sale("s", null, "o"), Deciding.NOON, 10, List.of());
    var decision =
        (Decision.Accepted)
            CommandDecider.decide(MemberState.ENROLLED, command, Deciding.MONTHLY, Deciding.NOON);
    return decision.answer();
  }
}
