package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.NOON;
import static points.ledger.decide.Deciding.dayOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.LapsedLot;
import points.ledger.model.MemberKey;

/** Points that expired unspent are owed by nobody, and of each lot no more than have expired. */
class LapsedDecisionsTest {

  private final Deciding member = new Deciding(Deciding.MONTHLY);

  /** Orders of one day, so of one lot, of which some is spent before the rest expires. */
  private List<Entry> sell(int orders, long points, long spent) {
    var sold = new ArrayList<Entry>();
    for (int i = 0; i < orders; i++) {
      sold.add(member.accept(member.sale("o" + i, points)));
    }
    member.accept(member.deduction(spent));
    member.now = dayOf("2027-01-01");
    return sold;
  }

  private static long lapsed(Entry undone) {
    return LapsedLot.of(undone).stream().mapToLong(it -> it.lot().points()).sum();
  }

  @Test
  void of_a_hundred_refunded_orders_no_more_lapses_than_expired() {
    sell(100, 100, 9_900);
    long lapsed = 0;
    for (int i = 0; i < 100; i++) {
      lapsed += lapsed(member.accept(member.refund("o" + i, "r", null)));
    }
    assertThat(lapsed).isEqualTo(100);
    assertThat(member.debt()).isEqualTo(9_900);
  }

  @Test
  void of_reversed_and_refunded_orders_no_more_lapses_than_expired() {
    List<Entry> sold = sell(4, 100, 350);
    assertThat(lapsed(member.accept(member.refund("o0", "r", 30L)))).isEqualTo(30);
    assertThat(lapsed(member.accept(member.reversal(sold.get(1))))).isEqualTo(20);
    assertThat(lapsed(member.accept(member.refund("o2", "r", null)))).isZero();
    assertThat(lapsed(member.accept(member.reversal(sold.get(3))))).isZero();
    assertThat(lapsed(member.accept(member.refund("o0", "rest", null)))).isZero();
    assertThat(member.debt()).isEqualTo(350);
  }

  @Test
  void points_lapsed_by_a_reversed_refund_lapse_for_another() {
    sell(2, 100, 150);
    Entry refund = member.accept(member.refund("o0", "r", null));
    assertThat(lapsed(refund)).isEqualTo(50);
    member.accept(member.reversal(refund));
    assertThat(lapsed(member.accept(member.refund("o1", "r", null)))).isEqualTo(50);
    assertThat(lapsed(member.accept(member.refund("o0", "again", null)))).isZero();
    assertThat(member.debt()).isEqualTo(150);
  }

  @Test
  void expired_points_of_another_lot_are_not_counted() {
    member.accept(member.accrual(500, dayOf("2026-11-10")));
    sell(1, 100, 570); // 500 of the first lot, and 70 of the second
    member.accept(member.refund("o0", "r", null));
    assertThat(member.debt()).isEqualTo(70);
  }

  @Test
  void each_lot_lapses_by_itself() {
    member.accept(member.accrual(100, dayOf("2026-11-10")));
    String first = String.valueOf(member.entries.get(0).origin().orderId());
    member.accept(member.sale("o", 100));
    member.now = dayOf("2027-01-01");
    assertThat(lapsed(member.accept(member.refund(first, "r", null)))).isEqualTo(100);
    assertThat(lapsed(member.accept(member.refund("o", "r", null)))).isEqualTo(100);
  }

  @Test
  void a_sale_is_reversed_though_its_points_lapse_by_it() {
    Entry sale = sell(1, 100, 70).get(0);
    assertThat(lapsed(member.accept(member.reversal(sale)))).isEqualTo(30);
    assertThat(member.refuse(member.refund("o0", "r", null)))
        .isEqualTo(new Refusal.OrderNotFound());
  }

  @Test
  void points_expired_before_a_merge_lapse_once() {
    MemberKey first = DecidingMembers.member("first");
    MemberKey second = DecidingMembers.member("second");
    MemberKey third = DecidingMembers.member("third");
    var members = new DecidingMembers(Deciding.MONTHLY);
    members.enrol(second, third);
    members.accept(members.sale(first, "o1", 100, SaleTerms.NONE));
    members.accept(members.sale(first, "o2", 100, SaleTerms.NONE));
    members.accept(members.deduction(first, 150));
    members.now = dayOf("2027-01-01");
    members.merge(first, second);
    assertThat(lapsed(members.accept(members.refund(second, "o1", 60L)))).isEqualTo(50);
    assertThat(lapsed(members.accept(members.refund(second, "o2", 60L)))).isZero();
    members.merge(second, third);
    assertThat(lapsed(members.accept(members.refund(third, "o1", null)))).isZero();
  }

  @Test
  void nothing_lapses_before_it_expires() {
    member.accept(member.sale("o", 100));
    member.accept(member.deduction(40));
    assertThat(lapsed(member.accept(member.refund("o", "r", null)))).isZero();
    assertThat(member.debt()).isEqualTo(40);
  }

  @Test
  void in_any_order_of_undoing_exactly_the_spent_points_are_owed() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      Deciding some = new Deciding(Deciding.MONTHLY);
      var sold = new ArrayList<Entry>();
      long points = 0;
      for (int i = 0; i < 6; i++) {
        long earned = 1L + random.nextInt(100);
        points += earned;
        sold.add(some.accept(some.sale("o" + i, earned)));
      }
      long spent = 1L + random.nextInt((int) points);
      some.accept(some.deduction(spent));
      some.now = dayOf("2027-01-01");
      for (int i = 0; i < sold.size(); i++) {
        undo(some, sold.get(i), random);
      }
      assertThat(some.debt()).as("seed %d", seed).isEqualTo(spent);
      assertThat(Objects.requireNonNull(some.state).lifetimeEarned()).isZero();
    }
  }

  private static void undo(Deciding some, Entry sale, Random random) {
    String order = String.valueOf(sale.origin().orderId());
    long amount = Objects.requireNonNull(sale.amount());
    boolean reversed = random.nextBoolean();
    if (random.nextBoolean()) {
      Entry part = some.accept(some.refund(order, "part", 1 + random.nextInt((int) amount) / 2L));
      if (reversed) {
        some.accept(some.reversal(part));
      }
    } else if (reversed) {
      some.accept(some.reversal(sale));
      return;
    }
    if (!(some.decide(some.refund(order, "rest", null)) instanceof Decision.Accepted)) {
      assertThat(amount).isEqualTo(1); // which was the part
    }
  }

  /** What two entries of one order paid from one lot comes back by two movements. */
  @Test
  void points_given_back_by_a_refund_lapse_once_when_it_is_reversed() {
    member.accept(member.accrual(100));
    member.accept(member.deductionFor("o", 30));
    member.accept(member.sale("o", 0, new SaleTerms(20, 0, false, null)));
    Entry refund = member.accept(member.refund("o", "r", null));
    member.accept(member.deduction(80)); // 20 expire
    member.now = dayOf("2027-01-01");
    assertThat(lapsed(member.accept(member.reversal(refund)))).isEqualTo(20);
    assertThat(member.debt()).isEqualTo(30);
  }

  /** Entries of earlier versions say how much lapsed, and not of which lot. */
  @Test
  void points_lapsed_by_a_part_in_an_earlier_version_are_counted() {
    sell(1, 100, 70);
    member.accept(member.refund("o0", "part", 20L));
    member.entries.replaceAll(LapsedDecisionsTest::asBefore);
    assertThat(lapsed(member.accept(member.refund("o0", "rest", null)))).isEqualTo(10);
    assertThat(member.debt()).isEqualTo(70);
  }

  private static Entry asBefore(Entry it) {
    if (!(it.detail() instanceof Detail.Refunded now)) {
      return it;
    }
    Detail.Refunded.Basis basis = Objects.requireNonNull(now.basis());
    var before =
        new Detail.Refunded(
            now.refundId(),
            now.takenBack(),
            now.givenBack(),
            now.expired(),
            now.debt(),
            now.shortfall(),
            now.charge(),
            now.whole(),
            new Detail.Refunded.Basis(
                basis.orderPart(),
                basis.by(),
                basis.unnamed(),
                basis.expired(),
                basis.lapsed(),
                basis.owed(),
                basis.others(),
                basis.shareOf()),
            now.storeId());
    return Deciding.with(it, before);
  }

  @Test
  void lapsed_points_are_kept_with_their_lot() {
    sell(1, 100, 70);
    Entry refund = member.accept(member.refund("o0", "r", null));
    assertThat(LapsedLot.of(refund))
        .containsExactly(
            new LapsedLot(
                Accounts.POINTS, new Lot(member.rules.expiryOf("points", NOON), 30), "member"));
  }
}
