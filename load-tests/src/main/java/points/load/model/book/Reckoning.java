package points.load.model.book;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import points.load.model.Fraction;
import points.load.model.book.Ratio.GoodsRatio;

/**
 * Reckons one order. Rules are applied in this order: ratios, the factor of the tier, multipliers,
 * bonuses, one rounding, caps, budgets.
 */
final class Reckoning {
  /** Points of a rule for a line, before rounding. */
  private record Share(int line, AppliedRule rule, Fraction points) {}

  private final RuleBook book;
  private final BoughtOrder order;
  private final Buyer buyer;
  private final Map<String, Long> left;
  private final List<Integer> eligible;
  private final Fraction[] earned;
  private final List<Share> exact = new ArrayList<>();
  private final List<Points> points = new ArrayList<>();

  Reckoning(RuleBook book, BoughtOrder order, Buyer buyer, Map<String, Long> left) {
    this.book = book;
    this.left = left;
    this.order = order;
    this.buyer = buyer;
    this.earned = new Fraction[order.lines().size()];
    Arrays.fill(earned, Fraction.ZERO);
    this.eligible =
        IntStream.range(0, earned.length)
            .filter(i -> !book.excluded().names(order.lines().get(i)))
            .boxed()
            .toList();
  }

  Rating rating() {
    ratios();
    tier();
    Map<Promotion, List<Integer>> counting =
        new Candidates(book, order, buyer, eligible, List.of(earned)).counting();
    multiply(counting);
    Fraction carry = round();
    bonuses(counting);
    CapCut caps = new CapCut(book, order, buyer, points);
    SortedMap<String, Long> cuts = caps.cuts();
    new BudgetCut(book, points, caps).cut(left);
    return new Rating(awards(), cuts, carry);
  }

  private long amount(int line) {
    return order.lines().get(line).amount();
  }

  private void ratios() {
    Map<GoodsRatio, List<Integer>> byRatio = new TreeMap<>(Comparator.comparing(GoodsRatio::id));
    List<Integer> unnamed = new ArrayList<>();
    for (int line : eligible) {
      BoughtLine bought = order.lines().get(line);
      book.ratios().stream()
          .filter(it -> it.goods().names(bought))
          .reduce(
              (one, other) ->
                  other.goods().nearness(bought) > one.goods().nearness(bought) ? other : one)
          .ifPresentOrElse(
              it -> byRatio.computeIfAbsent(it, ratio -> new ArrayList<>()).add(line),
              () -> unnamed.add(line));
    }
    byRatio.forEach(
        (it, lines) -> earn(AppliedRule.ratio(book, it), lines, it.ratio().of(amountOf(lines))));
    Brackets brackets = book.brackets();
    if (brackets == null) {
      earn(AppliedRule.BASE, unnamed, book.base().of(amountOf(unnamed)));
    } else {
      earn(AppliedRule.brackets(book), unnamed, brackets.points(amountOf(unnamed)));
    }
  }

  private long amountOf(List<Integer> lines) {
    return lines.stream().mapToLong(this::amount).sum();
  }

  /** Shares points over lines by their amounts. */
  private void earn(AppliedRule rule, List<Integer> lines, Fraction all) {
    long amount = amountOf(lines);
    for (int line : lines) {
      if (amount > 0) {
        earned[line] = all.times(amount(line)).dividedBy(amount);
        exact.add(new Share(line, rule, earned[line]));
      }
    }
  }

  private void tier() {
    Fraction factor = book.tierFactors().getOrDefault(buyer.tier(), Fraction.ONE);
    Fraction more = factor.minus(Fraction.ONE);
    if (more.signum() < 0) {
      exact.replaceAll(it -> new Share(it.line(), it.rule(), it.points().times(factor)));
    }
    for (int line : eligible) {
      if (more.signum() > 0) {
        exact.add(new Share(line, AppliedRule.tier(book), earned[line].times(more)));
      }
      earned[line] = earned[line].times(factor);
    }
  }

  private void multiply(Map<Promotion, List<Integer>> counting) {
    for (int line : eligible) {
      List<Promotion> here =
          counting.keySet().stream()
              .filter(it -> it.factor() != null && Candidates.linesOf(it, counting).contains(line))
              .sorted(
                  Comparator.comparing(Promotion::priority).reversed().thenComparing(Promotion::id))
              .toList();
      Fraction best =
          here.stream().map(Reckoning::factor).max(Comparator.naturalOrder()).orElse(Fraction.ONE);
      Fraction before = earned[line];
      for (Promotion it : here) {
        Fraction gain = before.times(factor(it).minus(Fraction.ONE));
        exact.add(new Share(line, AppliedRule.promotion(book, it), gain));
        if (book.combine().equals("multiply")) {
          before = before.plus(gain);
        } else if (book.combine().equals("best")) {
          exact.remove(exact.size() - 1);
          if (factor(it).equals(best)) {
            exact.add(new Share(line, AppliedRule.promotion(book, it), gain));
            break;
          }
        }
      }
    }
  }

  private static Fraction factor(Promotion promotion) {
    return Objects.requireNonNull(promotion.factor());
  }

  /**
   * Rounds the exact points once, and returns the remainder that the member keeps. Lines that earn
   * nothing get nothing of a remainder either.
   */
  private Fraction round() {
    exact.removeIf(it -> it.points().signum() == 0);
    exact.sort(Comparator.comparing(Share::line).thenComparing(it -> it.rule().number()));
    Fraction sum = exact.stream().map(Share::points).reduce(Fraction.ZERO, Fraction::plus);
    Fraction carried = book.carries() ? buyer.counters().carry() : Fraction.ZERO;
    long whole = exact.isEmpty() ? 0 : Math.max(0, rounded(sum.plus(carried)));
    long[] shares = WholeShares.of(whole, exact.stream().map(Share::points).toList());
    for (int i = 0; i < shares.length; i++) {
      points.add(new Points(exact.get(i).line(), exact.get(i).rule(), shares[i]));
    }
    return book.carries() ? sum.plus(carried).minus(Fraction.of(whole)) : buyer.counters().carry();
  }

  private long rounded(Fraction sum) {
    int half = sum.fraction().times(2).compareTo(Fraction.ONE);
    boolean up =
        switch (book.rounding()) {
          case "floor" -> false;
          case "halfUp" -> half >= 0;
          case "halfEven" -> half > 0 || (half == 0 && sum.floor() % 2 != 0);
          case "ceiling" -> sum.fraction().signum() > 0;
          default -> throw new IllegalArgumentException("no rounding: " + book.rounding());
        };
    return sum.floor() + (up ? 1 : 0);
  }

  private void bonuses(Map<Promotion, List<Integer>> counting) {
    counting.forEach(
        (it, lines) -> {
          if (it.factor() == null) {
            long[] shares = Candidates.bonus(order, it, lines);
            for (int i = 0; i < shares.length; i++) {
              points.add(new Points(lines.get(i), AppliedRule.promotion(book, it), shares[i]));
            }
          }
        });
  }

  private List<Rating.Award> awards() {
    points.sort(Comparator.comparing(Points::line).thenComparing(it -> it.rule().number()));
    return Collections.unmodifiableList(
        points.stream()
            .filter(it -> it.points() > 0)
            .map(it -> new Rating.Award(it.line(), it.rule().id(), it.points()))
            .toList());
  }

  /** Whole points of a rule for a line. */
  record Points(int line, AppliedRule rule, long points) {}
}
