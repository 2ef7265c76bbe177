package points.load.replay.refund;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import points.load.model.Entry.Line;
import points.load.replay.check.RefundedPoints;
import points.load.replay.receipt.ChainPlan;
import points.load.replay.receipt.Receipt;
import points.load.replay.receipt.ReceiptGenerator;

/** What is brought back, and what is due for it. */
final class RefundPlanTest {
  private static final List<Receipt> RECEIPTS =
      ReceiptGenerator.of(new ChainPlan(3, 50, 1_000, 1, LocalDate.of(2026, 11, 22)));

  @Test
  void equal_seeds_make_equal_plans_and_a_larger_share_holds_a_smaller_one() {
    RefundPlan plan = RefundPlan.of(RECEIPTS, 0.2, 7);
    assertThat(plan).isEqualTo(RefundPlan.of(RECEIPTS, 0.2, 7));
    assertThat(plan).isNotEqualTo(RefundPlan.of(RECEIPTS, 0.2, 8));
    assertThat(new HashSet<>(RefundPlan.of(RECEIPTS, 0.4, 7).refunds()))
        .containsAll(plan.refunds());
    assertThat(plan.byOrder().size()).isBetween(150, 250);
    assertThat(RefundPlan.of(RECEIPTS, 0, 7)).isEqualTo(RefundPlan.NONE);
  }

  @Test
  void refunds_sent_before_their_sale_are_by_lines() {
    RefundPlan plan = RefundPlan.of(RECEIPTS, 0.5, 7);
    assertThat(plan.early().size()).isBetween(50, 400);
    assertThat(plan.early()).allMatch(it -> it.what() instanceof Refund.OfLines);
    assertThat(plan.later().size() + plan.early().size()).isEqualTo(plan.refunds().size());
  }

  @Test
  void refunds_never_exceed_the_sale_and_take_back_exactly_the_points_due() {
    RefundPlan.of(RECEIPTS, 0.5, 7)
        .byOrder()
        .forEach(
            (order, refunds) -> {
              Receipt receipt = refunds.get(0).receipt();
              List<Line> shares = shares(receipt);
              RefundedPoints returned = new RefundedPoints(receipt, shares);
              long points = refunds.stream().mapToLong(it -> returned.add(it.what())).sum();
              long all = shares.stream().mapToLong(Line::points).sum();
              assertThat(points).isEqualTo(returned.takenBack()).isBetween(0L, all);
              if (refunds.get(refunds.size() - 1).what() instanceof Refund.Whole) {
                assertThat(points).isEqualTo(all);
              }
            });
  }

  @Test
  void a_thousand_random_orders_of_partial_refunds_end_at_zero() {
    Random random = new Random(3);
    for (int i = 0; i < 1_000; i++) {
      Receipt receipt = RECEIPTS.get(i);
      List<Line> shares = shares(receipt);
      List<Refund.What> parts = parts(receipt, random);
      Collections.shuffle(parts, random);
      RefundedPoints returned = new RefundedPoints(receipt, shares);
      parts.forEach(returned::add);
      returned.add(new Refund.Whole());
      assertThat(returned.takenBack()).isEqualTo(shares.stream().mapToLong(Line::points).sum());
    }
  }

  @Test
  void a_part_of_a_line_takes_back_the_whole_points_below_its_share() {
    Receipt receipt = RECEIPTS.get(0);
    Receipt one =
        new Receipt(
            "R1",
            "m",
            "s",
            receipt.soldAt(),
            List.of(new Receipt.Line("p", "", 1, 1_000), new Receipt.Line("q", "", 1, 500)));
    RefundedPoints returned =
        new RefundedPoints(one, List.of(new Line("1", 0, 10), new Line("2", 0, 5)));
    assertThat(returned.add(line(0, 333))).isEqualTo(3);
    assertThat(returned.add(line(0, 333))).isEqualTo(3);
    assertThat(returned.add(line(0, 334))).isEqualTo(4);
    assertThat(returned.add(new Refund.OfAmount(250))).isEqualTo(2);
    assertThat(returned.add(new Refund.Whole())).isEqualTo(3);
  }

  /** A hundred lines of one point: 99 parts of a hundred take back 99 points, however they come. */
  @Test
  void small_lines_take_back_as_much_as_the_order() {
    List<Receipt.Line> lines =
        IntStream.range(0, 100).mapToObj(i -> new Receipt.Line("p", "", 1, 100)).toList();
    Receipt receipt = new Receipt("R1", "m", "s", RECEIPTS.get(0).soldAt(), lines);
    List<Line> shares =
        IntStream.range(0, 100).mapToObj(i -> new Line(Receipt.lineId(i), 0, 1)).toList();
    RefundedPoints byAmount = new RefundedPoints(receipt, shares);
    assertThat(byAmount.add(new Refund.OfAmount(9_900))).isEqualTo(99);
    assertThat(byAmount.add(new Refund.Whole())).isEqualTo(1);
    TreeMap<Integer, Long> each = new TreeMap<>();
    IntStream.range(0, 100).forEach(i -> each.put(i, 99L));
    RefundedPoints byLines = new RefundedPoints(receipt, shares);
    assertThat(byLines.add(new Refund.OfLines(each))).isEqualTo(99);
  }

  private static Refund.What line(int place, long amount) {
    TreeMap<Integer, Long> amounts = new TreeMap<>();
    amounts.put(place, amount);
    return new Refund.OfLines(amounts);
  }

  private static List<Refund.What> parts(Receipt receipt, Random random) {
    List<Refund.What> parts = new ArrayList<>();
    for (int place = 0; place < receipt.lines().size(); place++) {
      long left = receipt.lines().get(place).amount();
      while (left > 0) {
        long amount = random.nextLong(1, left + 1);
        left -= amount;
        parts.add(line(place, amount));
      }
    }
    return parts;
  }

  private static List<Line> shares(Receipt receipt) {
    long[] amounts = receipt.lines().stream().mapToLong(Receipt.Line::amount).toArray();
    long[] shares = receipt.amount() == 0 ? amounts : shared(receipt.amount() / 100, amounts);
    return IntStream.range(0, shares.length)
        .mapToObj(i -> new Line(Receipt.lineId(i), 0, shares[i]))
        .toList();
  }

  /** By largest remainder, the first line first among equals. */
  private static long[] shared(long total, long[] left) {
    BigInteger sum = BigInteger.valueOf(Arrays.stream(left).sum());
    long[] shares = new long[left.length];
    BigInteger[] rests = new BigInteger[left.length];
    long missing = total;
    for (int i = 0; i < left.length; i++) {
      BigInteger[] parts =
          BigInteger.valueOf(total).multiply(BigInteger.valueOf(left[i])).divideAndRemainder(sum);
      shares[i] = parts[0].longValueExact();
      rests[i] = parts[1];
      missing -= shares[i];
    }
    IntStream.range(0, left.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> rests[i]).reversed())
        .limit(missing)
        .forEach(i -> shares[i]++);
    return shares;
  }
}
