package points.ledger.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.domain.Folding.MONTHLY;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.ledger.Around;
import points.ledger.domain.Command.Accrue;
import points.ledger.domain.Command.Deduct;

/** Orders of several members whose accrual comes after refunds of them. */
class FoldLateSalesTest {

  private static final MemberKey POOL = new MemberKey("program", "pool");
  private static final MemberKey SHOPPER = new MemberKey("program", "shopper");
  private static final Origin ORDER = Origin.sale("store", "till", "o");

  private final List<Entry> entries = new ArrayList<>();
  private final Map<MemberKey, MemberState> states = new HashMap<>();
  private Instant now = Folding.NOON;
  private int requests;

  @Test
  void a_member_that_was_given_back_before_the_accrual_came_is_not_given_back_again() {
    earn(POOL, "before", 1_000, SaleTerms.NONE);
    pay(900);
    refund(POOL, "r1", null, null);
    assertThat(available(POOL)).isEqualTo(1_000);

    earn(SHOPPER, "o", 500, SaleTerms.NONE);
    Entry second = refund(SHOPPER, "r2", null, null);

    assertThat(detail(second).others()).isEmpty();
    assertThat(available(POOL)).isEqualTo(1_000);
    assertThat(available(SHOPPER)).isZero();
  }

  @Test
  void the_member_of_the_accrual_is_given_back_all_that_it_paid() {
    earn(POOL, "before", 1_000, SaleTerms.NONE);
    earn(SHOPPER, "before too", 400, SaleTerms.NONE);
    pay(900);
    refund(POOL, "r1", null, null);

    earn(SHOPPER, "o", 500, new SaleTerms(400, 0, false, null));
    Entry second = refund(SHOPPER, "r2", null, null);

    assertThat(detail(second).givenBack()).containsEntry(Accounts.POINTS, 400L);
    assertThat(available(POOL)).isEqualTo(1_000);
    assertThat(available(SHOPPER)).isEqualTo(400);
  }

  @Test
  void a_part_that_came_back_before_the_accrual_leaves_the_rest_to_come() {
    earn(POOL, "before", 1_000, SaleTerms.NONE);
    pay(900);
    refund(POOL, "r1", null, 300L);

    earn(SHOPPER, "o", 500, SaleTerms.NONE);
    Entry half = refund(SHOPPER, "r2", 250L, null);
    assertThat(detail(half).takenBack()).containsEntry(Accounts.POINTS, 250L);
    assertThat(available(POOL)).isEqualTo(550);
    refund(SHOPPER, "r3", null, null);
    assertThat(available(POOL)).isEqualTo(1_000);
    assertThat(available(SHOPPER)).isZero();
  }

  @Test
  void what_was_reversed_comes_back_once() {
    earn(POOL, "before", 1_000, SaleTerms.NONE);
    pay(900);
    Entry first = refund(POOL, "r1", null, null);
    earn(SHOPPER, "o", 500, SaleTerms.NONE);
    Origin office = Origin.office("operator", "wrong");
    accept(OrderCommand.Reverse.of(POOL, key(), office, first.sequence()));
    assertThat(available(POOL)).isEqualTo(100);

    refund(SHOPPER, "r2", null, null);

    assertThat(available(POOL)).isEqualTo(1_000);
    assertThat(available(SHOPPER)).isZero();
  }

  /** The refund stands on whoever the member of the accrual goes on as: here who paid. */
  @Test
  void what_came_back_of_a_merged_member_stays_its_own() {
    earn(POOL, "before", 1_000, SaleTerms.NONE);
    earn(SHOPPER, "o", 500, SaleTerms.NONE);
    pay(1); // of which half is nothing
    accept(refunded(POOL, "r1", 250L, null));
    Entry rest = accept(refunded(POOL, "r2", null, null));

    assertThat(detail(rest).takenBack()).containsEntry(Accounts.POINTS, 250L);
    assertThat(detail(rest).others())
        .extracting(it -> it.givenBack().get(Accounts.POINTS))
        .containsExactly(1L);
  }

  /** It was on its way to who paid; what the shopper earned is not taken from there. */
  @Test
  void a_refund_of_who_paid_is_refused_once_the_accrual_has_come() {
    earn(POOL, "before", 1_000, SaleTerms.NONE);
    pay(300);
    earn(SHOPPER, "o", 500, SaleTerms.NONE);

    OrderCommand.Refund late = refunded(POOL, "r1", null, null);

    assertThat(decide(late.onlyOf(POOL)))
        .isEqualTo(new Decision.Refused(new Refusal.OrderNotFound()));
    assertThat(decide(refunded(SHOPPER, "r1", null, null).onlyOf(SHOPPER)))
        .isInstanceOf(Decision.Accepted.class);
    assertThat(decide(late.onlyOf(SHOPPER))).isInstanceOf(Decision.Accepted.class); // if it merged
  }

  private void earn(MemberKey member, String order, long amount, SaleTerms terms) {
    Origin origin = Origin.sale("store", "till", order);
    accept(Accrue.of(member, key(), origin, now, amount, List.of(), terms));
  }

  private void pay(long points) {
    accept(Deduct.of(POOL, key(), Origin.till("store", null, "o", "offset"), points));
  }

  /** With the shares of others, as they follow. */
  private Entry refund(
      MemberKey member, String refundId, @Nullable Long amount, @Nullable Long points) {
    Entry refund = accept(refunded(member, refundId, amount, points));
    for (RefundShare share : detail(refund).others()) {
      var other = new MemberKey("program", share.memberId());
      accept(OrderCommand.Refund.of(refund, share, other));
    }
    return refund;
  }

  private OrderCommand.Refund refunded(
      MemberKey member, String refundId, @Nullable Long amount, @Nullable Long points) {
    return OrderCommand.Refund.of(member, key(), ORDER, refundId, List.of(), amount)
        .of(points, null);
  }

  private Entry accept(Command command) {
    now = now.plusSeconds(1);
    Decision decision = decide(command);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    var accepted = (Decision.Accepted) decision;
    entries.addAll(accepted.entries());
    states.put(command.member(), accepted.state());
    return accepted.answer();
  }

  private Decision decide(Command command) {
    MemberState before = states.get(command.member());
    Decision decision = Fold.decide(before, command, MONTHLY, now);
    if (decision instanceof Decision.Undecided undecided) {
      long asOf = before == null ? -1 : before.sequence();
      History history = Around.history(command.member(), undecided.needed(), asOf, entries);
      decision = Fold.decide(before, command, history, MONTHLY, now);
    }
    return decision;
  }

  private String key() {
    return "key" + ++requests;
  }

  private long available(MemberKey member) {
    MemberState state = Objects.requireNonNull(states.get(member));
    return state.at(now).accounts().points().lots().total();
  }

  private static Detail.Refunded detail(Entry refund) {
    return (Detail.Refunded) Objects.requireNonNull(refund.detail());
  }
}
