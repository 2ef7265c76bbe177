package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.MONTHLY;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.ledger.account.Account;
import points.ledger.account.Accounts;
import points.ledger.account.Movement.Place;
import points.ledger.command.SaleTerms;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;

/**
 * Long random histories of three members whose sales are paid, moved there and back, refunded and
 * reversed. {@link DecidingMembers} holds each state against the sum of its movements at every
 * step.
 */
class MoveSequencesTest {

  private static final int HISTORIES = 150;
  private static final int STEPS = 60;
  private static final List<MemberKey> ALL =
      List.of(
          DecidingMembers.member("a"), DecidingMembers.member("b"), DecidingMembers.member("c"));

  private static final Set<Entry.Kind> SALES =
      EnumSet.of(Entry.Kind.ACCRUAL, Entry.Kind.MOVE_IN, Entry.Kind.MOVE_RETURN);

  private final Set<Object> seen = new HashSet<>();

  /** One history. */
  private final class Days {
    private final Random random;
    private final boolean time;
    private final DecidingMembers members = new DecidingMembers(MONTHLY);
    private final List<String> orders = new ArrayList<>();
    private final Map<String, MemberKey> payers = new HashMap<>();
    private final List<Entry> refunds = new ArrayList<>();

    private Days(long seed, boolean time) {
      this.random = new Random(seed);
      this.time = time;
      members.enrol(ALL.toArray(MemberKey[]::new));
      ALL.forEach(it -> members.accept(members.topUp(it, 500)));
      ALL.forEach(it -> members.earn(it, 300, members.now));
    }

    private MemberKey anyone() {
      return ALL.get(random.nextInt(ALL.size()));
    }

    private void step() {
      if (time && random.nextInt(6) == 0) {
        members.now = members.now.plus(Duration.ofDays(random.nextInt(20)));
      }
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> sell();
        case 3, 4 -> anySale(this::move);
        case 5 -> moveAgain();
        case 6 -> refund();
        case 7 -> reverseRefund();
        case 8 -> anySale(this::reverse);
        default -> anySale(this::endPending);
      }
    }

    private void sell() {
      MemberKey member = anyone();
      Account points = members.account(member, Accounts.POINTS);
      Account stored = members.account(member, Accounts.STORED_VALUE);
      boolean pending = random.nextInt(3) == 0;
      var terms =
          new SaleTerms(
              Math.min(points.lots().total(), random.nextInt(80)),
              Math.min(stored.lots().total(), random.nextInt(40)),
              pending,
              pending && time ? members.now.plus(Duration.ofDays(random.nextInt(30))) : null);
      String order = "o" + orders.size();
      orders.add(order);
      members.accept(members.sale(member, order, 1 + random.nextInt(100), terms));
    }

    /** The sale of an order as it stands; null when it was reversed. */
    private @Nullable Entry standing(String order) {
      return members.entries.stream()
          .filter(it -> SALES.contains(it.kind()) && order.equals(it.origin().orderId()))
          .filter(it -> members.entries.stream().noneMatch(other -> undoes(other, it)))
          .findFirst()
          .orElse(null);
    }

    private boolean undoes(Entry one, Entry sale) {
      return one.kind() == Entry.Kind.MOVE_OUT
          ? one.part().equals(sale.transactionId())
          : one.kind() == Entry.Kind.REVERSAL
              && one.member().equals(sale.member())
              && Objects.equals(one.refersTo(), sale.sequence());
    }

    private void anySale(Consumer<Entry> use) {
      Entry sale = orders.isEmpty() ? null : standing(orders.get(random.nextInt(orders.size())));
      if (sale != null) {
        use.accept(sale);
      }
    }

    private void move(Entry sale) {
      MemberKey to = anyone();
      List<Snapshot> before = snapshots();
      long had = sum(had());
      if (to.equals(sale.member())
          || !(members.decide(members.moveOut(sale, to)) instanceof Decision.Accepted left)) {
        return;
      }
      Entry out = left.answer();
      boolean spends = random.nextInt(3) == 0 && spendSome(sale.member());
      boolean refused =
          random.nextBoolean()
              || !(members.decide(members.moveIn(out, to)) instanceof Decision.Accepted);
      if (refused) {
        members.accept(members.moveReturn(out));
      }
      seen.add(refused ? Entry.Kind.MOVE_RETURN : Entry.Kind.MOVE_IN);
      assertThat(standing(String.valueOf(sale.origin().orderId()))).isNotNull();
      if (!spends && refused) {
        assertThat(snapshots()).isEqualTo(before);
      } else if (!spends && !time) {
        assertThat(sum(had())).isEqualTo(had);
      }
    }

    /** A sale that stands no more, which must not move. */
    private void moveAgain() {
      List<Entry> gone =
          members.entries.stream()
              .filter(it -> SALES.contains(it.kind()))
              .filter(it -> members.entries.stream().anyMatch(other -> undoes(other, it)))
              .toList();
      if (!gone.isEmpty()) {
        members.refuse(members.moveOut(gone.get(random.nextInt(gone.size())), anyone()));
      }
    }

    /** For an order, so that it can come back. */
    private boolean spendSome(MemberKey member) {
      long there = members.available(member);
      if (there == 0) {
        return false;
      }
      String order = "paid" + orders.size();
      orders.add(order);
      payers.put(order, member);
      long most = Math.min(there, 200);
      members.accept(members.deductionFor(member, order, 1 + random.nextInt((int) most)));
      return true;
    }

    private MemberKey memberOf(String order) {
      Entry sale = standing(order);
      return sale == null ? payers.getOrDefault(order, ALL.get(0)) : sale.member();
    }

    private void refund() {
      if (orders.isEmpty()) {
        return;
      }
      String order = orders.get(random.nextInt(orders.size()));
      MemberKey member = memberOf(order);
      Long amount = random.nextBoolean() ? null : Long.valueOf(1 + random.nextInt(60));
      if (members.decide(members.refund(member, order, amount))
          instanceof Decision.Accepted accepted) {
        refunds.add(accepted.answer());
      }
    }

    private void reverseRefund() {
      if (!refunds.isEmpty()) {
        Entry refund = refunds.remove(random.nextInt(refunds.size()));
        seen.add(members.decide(members.reversal(refund)).getClass());
      }
    }

    private void reverse(Entry sale) {
      if (random.nextInt(4) == 0
          && members.decide(members.reversal(sale)) instanceof Decision.Accepted) {
        seen.add(Entry.Kind.REVERSAL);
      }
    }

    private void endPending(Entry sale) {
      if (members.state(sale.member()).reserve(sale.sequence(), Place.PENDING).isPresent()) {
        members.accept(members.endPending(sale, random.nextInt(3) > 0));
      }
    }

    /** All that a member has, whatever entries set it aside. */
    private record Snapshot(Accounts accounts, long earned, long spent, List<Object> setAside) {}

    private List<Snapshot> snapshots() {
      return ALL.stream()
          .map(members::state)
          .map(
              it ->
                  new Snapshot(
                      it.accounts(),
                      it.lifetimeEarned(),
                      it.lifetimeSpent(),
                      it.reserves().stream()
                          .map(one -> List.<Object>of(String.valueOf(one.orderId()), one.lots()))
                          .sorted(Comparator.comparing(one -> one.get(0).toString()))
                          .map(one -> (Object) one)
                          .toList()))
          .toList();
    }

    private static long sum(List<Long> some) {
      return some.stream().mapToLong(it -> it).sum();
    }

    /** Of points wherever they are, less what is owed. */
    private List<Long> had() {
      return ALL.stream()
          .map(members::state)
          .map(
              it ->
                  it.lots().total()
                      + it.setAside(Accounts.POINTS, Place.PENDING)
                      - it.accounts().points().debt())
          .toList();
    }
  }

  @Test
  void whatever_is_moved_and_undone_no_point_is_lost_or_doubled() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      Days days = new Days(seed, false);
      List<Long> before = days.had();
      for (int step = 0; step < STEPS; step++) {
        step(days, seed);
      }
      for (String order : days.orders) {
        days.members.decide(days.members.refund(days.memberOf(order), order, null));
      }
      assertThat(days.had()).as("seed %d", seed).isEqualTo(before);
      for (MemberKey member : ALL) {
        assertThat(days.members.account(member, Accounts.STORED_VALUE).lots().total())
            .as("seed %d", seed)
            .isEqualTo(500);
        assertThat(days.members.state(member).lifetimeSpent()).as("seed %d", seed).isZero();
      }
    }
    assertThat(seen)
        .contains(
            Entry.Kind.MOVE_IN,
            Entry.Kind.MOVE_RETURN,
            Entry.Kind.REVERSAL,
            Decision.Accepted.class);
  }

  @Test
  void moving_there_and_back_changes_nothing_also_when_points_expire() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      Days days = new Days(seed, true);
      for (int step = 0; step < STEPS; step++) {
        step(days, seed);
      }
    }
    assertThat(seen).contains(Entry.Kind.MOVE_IN, Entry.Kind.MOVE_RETURN);
  }

  private static void step(Days days, int seed) {
    try {
      days.step();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }
}
