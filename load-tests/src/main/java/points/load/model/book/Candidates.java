package points.load.model.book;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import points.load.model.Fraction;

/** Finds the promotions that count for an order, and the lines for which they do. */
final class Candidates {
  private final RuleBook book;
  private final BoughtOrder order;
  private final Buyer buyer;
  private final List<Integer> eligible;
  private final List<Fraction> earned;

  /**
   * @param eligible the lines that may earn
   * @param earned points of all lines by ratio and tier
   */
  Candidates(
      RuleBook book,
      BoughtOrder order,
      Buyer buyer,
      List<Integer> eligible,
      List<Fraction> earned) {
    this.book = book;
    this.order = order;
    this.buyer = buyer;
    this.eligible = eligible;
    this.earned = earned;
  }

  /** Returns the lines of each promotion that counts. */
  Map<Promotion, List<Integer>> counting() {
    Map<Promotion, List<Integer>> counting = new LinkedHashMap<>();
    for (Promotion it : book.promotions()) {
      List<Integer> lines =
          eligible.stream().filter(line -> it.countsFor(order.lines().get(line))).toList();
      if (!lines.isEmpty()
          && it.when().admits(order, buyer, it.id())
          && isEnough(it, lines)
          && lines.size() >= it.when().linesMin()
          && mayBeUsed(it)) {
        counting.put(it, lines);
      }
    }
    book.groups().forEach((id, group) -> choose(id, group, counting));
    return counting;
  }

  private boolean isEnough(Promotion promotion, List<Integer> lines) {
    long amount =
        switch (promotion.when().measured()) {
          case "initial" -> order.amount();
          case "current" -> amountOf(eligible);
          case "goods" -> amountOf(lines);
          default -> throw new IllegalArgumentException(promotion.when().measured());
        };
    return amount >= promotion.when().minimum();
  }

  private long amountOf(List<Integer> lines) {
    return lines.stream().mapToLong(line -> order.lines().get(line).amount()).sum();
  }

  /** Whether a cap that counts orders has room for one more. */
  private boolean mayBeUsed(Promotion promotion) {
    return !promotion.cap().countsOrders()
        || promotion.cap().perMember().entrySet().stream()
            .allMatch(
                it ->
                    buyer.counters().used(Counters.Use.on(order.day(), promotion.id(), it.getKey()))
                        < it.getValue());
  }

  private void choose(String id, RuleBook.Group group, Map<Promotion, List<Integer>> counting) {
    List<Promotion> rivals =
        counting.keySet().stream()
            .filter(it -> it.group().equals(id))
            .sorted(
                Comparator.comparing(Promotion::priority).reversed().thenComparing(Promotion::id))
            .toList();
    if (!group.byLine()) {
      losers(group, rivals, it -> worth(it, linesOf(it, counting))).forEach(counting::remove);
      return;
    }
    Map<Promotion, List<Integer>> won = new LinkedHashMap<>();
    rivals.forEach(it -> won.put(it, new ArrayList<>()));
    for (int line : eligible) {
      List<Promotion> here =
          rivals.stream().filter(it -> linesOf(it, counting).contains(line)).toList();
      here.forEach(it -> linesOf(it, won).add(line));
      losers(group, here, it -> worthOfLast(it, linesOf(it, won)))
          .forEach(it -> linesOf(it, won).remove(Integer.valueOf(line)));
    }
    counting.putAll(won);
    rivals.stream().filter(it -> linesOf(it, won).isEmpty()).forEach(counting::remove);
  }

  static List<Integer> linesOf(Promotion promotion, Map<Promotion, List<Integer>> counting) {
    return counting.getOrDefault(promotion, List.of());
  }

  /**
   * Returns those that lose.
   *
   * @param rivals the first wins when all give as much
   */
  private static List<Promotion> losers(
      RuleBook.Group group, List<Promotion> rivals, Function<Promotion, Fraction> worth) {
    List<Promotion> losers = new ArrayList<>(rivals);
    rivals.stream()
        .reduce(
            (one, other) ->
                group.best() && worth.apply(other).compareTo(worth.apply(one)) > 0 ? other : one)
        .ifPresent(losers::remove);
    return losers;
  }

  /** Returns the points that a promotion gives by itself for some lines. */
  private Fraction worth(Promotion promotion, List<Integer> lines) {
    Fraction factor = promotion.factor();
    if (factor == null) {
      return Fraction.of(Arrays.stream(bonus(order, promotion, lines)).sum());
    }
    return lines.stream()
        .map(line -> earned.get(line).times(factor.minus(Fraction.ONE)))
        .reduce(Fraction.ZERO, Fraction::plus);
  }

  /** Returns the points for the last of its lines: units of those before are used. */
  private Fraction worthOfLast(Promotion promotion, List<Integer> lines) {
    return worth(promotion, lines).minus(worth(promotion, lines.subList(0, lines.size() - 1)));
  }

  /** Returns the points of a bonus for each of its lines. */
  static long[] bonus(BoughtOrder order, Promotion promotion, List<Integer> lines) {
    if (!promotion.isPerUnit()) {
      return WholeShares.inProportion(
          promotion.bonus(),
          lines.stream().map(it -> Fraction.of(order.lines().get(it).amount())).toList());
    }
    long[] points = new long[lines.size()];
    long left = promotion.unitsMax();
    for (int i = 0; i < points.length; i++) {
      long units = Math.min(left, order.lines().get(lines.get(i)).quantity());
      points[i] = units * promotion.bonus();
      left -= units;
    }
    return points;
  }
}
