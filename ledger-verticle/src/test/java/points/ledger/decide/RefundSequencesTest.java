package points.ledger.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.decide.Deciding.dayOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.account.Lots;
import points.ledger.command.Command;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.Line;

/**
 * Any sequence of parts, and of reversals between them, ends exactly where one whole refund would.
 */
class RefundSequencesTest {

  private static final int ORDERS = 500;
  private static final int STEPS_MAX = 14;

  private final long seed = Long.getLong("seed", 9);
  private final Random random = new Random(seed);

  @Test
  void any_sequence_of_parts_ends_where_the_member_was_before_the_order() {
    int reversed = 0;
    for (int i = 0; i < ORDERS; i++) {
      Deciding member = new Deciding(Deciding.rich(false, null));
      Accounts before = prepare(member);
      Sale sale = sell(member, before);
      reversed += comeBack(member, sale);
      member.decide(member.refund("o", "rest", null)); // refused when nothing was left
      Accounts after = Objects.requireNonNull(member.state).accounts();
      assertThat(after).as("-Dseed=%d, order %d", seed, i).isEqualTo(before);
      assertThat(sums(member)).as("-Dseed=%d, order %d", seed, i).isEqualTo(ofOne(sale));
      assertThat(member.refuse(member.refund("o", "more", null)))
          .isEqualTo(new Refusal.OrderAlreadyRefunded());
    }
    assertThat(reversed).isPositive();
  }

  /** What was sold, so that it can be sold once more. */
  private record Sale(List<Line> lines, SaleTerms terms, long prepared) {
    long amount() {
      return lines.stream().mapToLong(Line::amount).sum();
    }
  }

  private Accounts prepare(Deciding member) {
    member.accept(member.topUp("t", 100_000, 0L));
    member.accept(member.accrual(1 + random.nextInt(5_000)));
    member.accept(member.accrual(5_000, dayOf("2026-11-01")));
    return Objects.requireNonNull(member.state).accounts();
  }

  private Sale sell(Deciding member, Accounts before) {
    var lines = new ArrayList<Line>();
    int most = random.nextInt(4) == 0 ? 1 : 9_999;
    for (int i = random.nextInt(6); i >= 0; i--) {
      lines.add(new Line("l" + i, "x", null, 1, random.nextInt(4) == 0 ? 0 : random.nextInt(most)));
    }
    long points = random.nextInt(3) == 0 ? 0 : random.nextInt(5_000);
    long stored = random.nextInt(2) == 0 ? 0 : random.nextInt(1_000);
    var sale =
        new Sale(
            random.nextInt(5) == 0 ? List.of() : lines,
            new SaleTerms(points, stored, false, null),
            before.points().lots().total());
    sell(member, sale);
    return sale;
  }

  private static void sell(Deciding member, Sale sale) {
    Line[] lines = sale.lines().toArray(Line[]::new);
    member.accept(member.sale("o", sale.amount(), sale.terms(), lines));
  }

  /** Parts of all kinds, some of which are refused, and reversals of some of them. */
  private int comeBack(Deciding member, Sale sale) {
    var standing = new ArrayList<Entry>();
    int reversed = 0;
    for (int step = random.nextInt(STEPS_MAX); step > 0; step--) {
      if (!standing.isEmpty() && random.nextInt(4) == 0) {
        member.accept(member.reversal(standing.remove(random.nextInt(standing.size()))));
        reversed++;
      } else if (member.decide(part(member, sale, step)) instanceof Decision.Accepted accepted) {
        standing.add(accepted.answer());
      }
    }
    return reversed;
  }

  private Command part(Deciding member, Sale sale, int step) {
    String id = "r" + step;
    if (random.nextInt(6) == 0) {
      return member.refund("o", id, null);
    } else if (sale.amount() == 0 && random.nextBoolean()) {
      return member.refundPoints("o", id, 1 + random.nextInt(2_000));
    } else if (sale.lines().isEmpty() || random.nextInt(3) == 0) {
      return member.refund("o", id, 1 + (long) (random.nextDouble() * sale.amount() * 0.6));
    }
    Line line = sale.lines().get(random.nextInt(sale.lines().size()));
    Long some = 1 + (long) (random.nextDouble() * line.amount());
    return member.refundLine("o", id, line.lineId(), random.nextBoolean() ? null : some);
  }

  /** What all refunds that stand took and gave, by account. */
  private static Map<String, Long> sums(Deciding member) {
    var sums = new TreeMap<String, Long>();
    for (Entry entry : member.entries) {
      if (entry.detail() instanceof Detail.Refunded refunded && isStanding(entry, member.entries)) {
        refunded.takenBack().forEach((account, it) -> sums.merge("-" + account, it, Long::sum));
        refunded.givenBack().forEach((account, it) -> sums.merge("+" + account, it, Long::sum));
      }
    }
    return sums;
  }

  private static boolean isStanding(Entry entry, List<Entry> entries) {
    return entries.stream()
        .noneMatch(it -> it.refersTo() != null && it.refersTo() == entry.sequence());
  }

  /** What one whole refund would have done. */
  private static Map<String, Long> ofOne(Sale sale) {
    Deciding twin = new Deciding(Deciding.rich(false, null));
    twin.accept(twin.topUp("t", 100_000, 0L));
    twin.accept(twin.accrual(sale.prepared()));
    sell(twin, sale);
    twin.decide(twin.refund("o", "r", null));
    return sums(twin);
  }

  /** A member's entries come from several nodes, whose clocks do not quite agree. */
  @Nested
  class OfClocksThatDiffer {

    private final Deciding member = new Deciding(Deciding.MONTHLY);

    @Test
    void a_refund_that_was_reversed_by_a_clock_behind_its_own_comes_back_once_more() {
      member.accept(member.accrual(100));
      member.accept(member.deductionFor("o", 100));
      member.now = member.now.plusSeconds(5);
      Entry first = member.accept(member.refund("o", "r1", null));
      member.now = member.now.minusMillis(100);
      member.accept(member.reversal(first));
      member.now = member.now.plusSeconds(1);

      member.accept(member.refund("o", "r2", null));

      assertThat(member.available(Accounts.POINTS)).isEqualTo(100);
    }

    @Test
    void a_refund_by_a_clock_behind_that_of_its_sale_leaves_the_other_lots_to_the_next() {
      Lots before = spendTwoLots();
      member.now = member.now.minusMillis(100);
      member.accept(member.refundPoints("o", "r1", 50));
      member.now = member.now.plusSeconds(1);

      member.accept(member.refund("o", "r2", null));

      assertThat(lots()).isEqualTo(before);
    }

    @Test
    void a_refund_by_a_clock_behind_that_of_its_sale_leaves_its_lots_open_when_it_is_reversed() {
      Lots before = spendTwoLots();
      member.now = member.now.minusMillis(200);
      Entry first = member.accept(member.refundPoints("o", "r1", 50));
      member.now = member.now.plusMillis(100);
      member.accept(member.reversal(first));
      member.now = member.now.plusSeconds(1);

      member.accept(member.refund("o", "r2", null));

      assertThat(lots()).isEqualTo(before);
    }

    private Lots spendTwoLots() {
      member.accept(member.accrual(50, dayOf("2026-11-01")));
      member.accept(member.accrual(50, dayOf("2026-11-20")));
      Lots before = lots();
      member.accept(member.deductionFor("o", 100));
      return before;
    }

    private Lots lots() {
      return Objects.requireNonNull(member.state).lots();
    }
  }
}
