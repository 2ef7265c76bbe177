package points.ledger.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import points.ledger.award.LineFacts;
import points.ledger.award.MemberFacts;
import points.ledger.award.OrderFacts;
import points.ledger.book.Brackets;
import points.ledger.book.CalendarDays;
import points.ledger.book.Caps;
import points.ledger.book.Condition;
import points.ledger.book.Effect;
import points.ledger.book.ExclusiveGroup;
import points.ledger.book.Goods;
import points.ledger.book.GoodsRatio;
import points.ledger.book.Hours;
import points.ledger.book.Promotion;
import points.ledger.book.Ratio;
import points.ledger.book.RuleBook;
import points.ledger.book.RuleBook.Combine;
import points.ledger.book.RuleCap;
import points.ledger.book.Stores;
import points.ledger.rules.EarningRule.Per;
import points.ledger.rules.Fraction;

/**
 * Reads a rule book as a person would: rule by rule and line by line, without any index. Shares
 * nothing with the engine but exact numbers.
 */
final class NaiveReading {

  private record Pair(int stage, String rule, int line, Fraction exact) {}

  private final RuleBook book;
  private final OrderFacts order;
  private final MemberFacts member;
  private final List<LineFacts> lines;

  NaiveReading(RuleBook book, OrderFacts order, MemberFacts member) {
    this.book = book;
    this.order = order;
    this.member = member;
    this.lines = order.lines();
  }

  /** Points by line and rule, such as {@code 0 base}. */
  Map<String, Long> points() {
    var exact = new ArrayList<Pair>();
    Fraction factor = Fraction.ONE;
    if (member.tier() != null && book.tierFactors().containsKey(member.tier())) {
      factor = book.tierFactors().get(member.tier());
    }
    List<List<Promotion>> counting = counting(factor);
    for (int i = 0; i < lines.size(); i++) {
      Fraction base = base(i);
      Fraction earned = base.times(factor);
      boolean more = factor.isMoreThan(Fraction.ONE);
      exact.add(new Pair(0, ruleOf(lines.get(i)), i, more ? base : earned));
      if (more) {
        exact.add(new Pair(1, "tier", i, base.times(factor.minus(Fraction.ONE))));
      }
      multiply(exact, i, earned, counting.get(i));
    }
    Map<Integer, Map<String, Long>> byStage = round(exact);
    bonuses(byStage, counting);
    return cap(byStage);
  }

  private boolean isExcluded(LineFacts line) {
    return names(book.excluded(), line);
  }

  private static boolean names(Goods goods, LineFacts line) {
    boolean category =
        line.category() != null
            && goods.categories().stream()
                .anyMatch(it -> (line.category() + "/").startsWith(it + "/"));
    return (line.productId() != null && goods.products().contains(line.productId()))
        || category
        || (line.marginClass() != null && goods.marginClasses().contains(line.marginClass()))
        || line.tags().stream().anyMatch(goods.tags()::contains);
  }

  private String ruleOf(LineFacts line) {
    GoodsRatio best = null;
    int bestRank = 0;
    for (GoodsRatio ratio : book.ratios()) {
      int rank = rank(ratio.goods(), line);
      if (rank > bestRank) {
        best = ratio;
        bestRank = rank;
      }
    }
    if (best != null) {
      return best.id();
    }
    return book.brackets() == null ? "base" : book.brackets().id();
  }

  /** The higher, the more specific is the name by which the goods have the line; 0 for none. */
  private static int rank(Goods goods, LineFacts line) {
    if (line.productId() != null && goods.products().contains(line.productId())) {
      return 1_000_000;
    }
    int depth = 0;
    for (String category : goods.categories()) {
      if (line.category() != null && (line.category() + "/").startsWith(category + "/")) {
        depth = Math.max(depth, 1000 + category.length());
      }
    }
    if (depth > 0) {
      return depth;
    }
    if (line.tags().stream().anyMatch(goods.tags()::contains)) {
      return 2;
    }
    return line.marginClass() != null && goods.marginClasses().contains(line.marginClass()) ? 1 : 0;
  }

  private Fraction base(int index) {
    LineFacts line = lines.get(index);
    if (isExcluded(line)) {
      return Fraction.ZERO;
    }
    String rule = ruleOf(line);
    long together = 0;
    for (LineFacts other : lines) {
      together += !isExcluded(other) && ruleOf(other).equals(rule) ? other.amount() : 0;
    }
    if (together == 0) {
      return Fraction.ZERO;
    }
    return ofAmount(rule, together).times(Fraction.of(line.amount(), together));
  }

  /** The points of all lines of one rule together. */
  private Fraction ofAmount(String rule, long amount) {
    Brackets brackets = book.brackets();
    if (brackets != null && rule.equals(brackets.id())) {
      return ofBrackets(brackets, amount);
    }
    Ratio ratio =
        book.ratios().stream()
            .filter(it -> it.id().equals(rule))
            .map(GoodsRatio::ratio)
            .findFirst()
            .orElse(book.base());
    return ratio.per() == Per.PRO_RATA
        ? proRata(ratio, amount)
        : Fraction.of(amount / ratio.perAmount()).times(ratio.points());
  }

  private static Fraction proRata(Ratio ratio, long amount) {
    return Fraction.of(amount).times(Fraction.of(ratio.points(), ratio.perAmount()));
  }

  private static Fraction ofBrackets(Brackets brackets, long amount) {
    Fraction sum = Fraction.ZERO;
    Fraction last = Fraction.ZERO;
    for (int i = 0; i < brackets.steps().size(); i++) {
      Brackets.Step step = brackets.steps().get(i);
      boolean highest = i == brackets.steps().size() - 1;
      long end = highest ? Long.MAX_VALUE : brackets.steps().get(i + 1).above();
      long part = Math.max(0, Math.min(amount, end) - step.above());
      sum = sum.plus(proRata(step.ratio(), part));
      if (amount >= step.reachedAt()) {
        last = proRata(step.ratio(), amount);
      }
    }
    return brackets.mode() == Brackets.Mode.MARGINAL ? sum : last;
  }

  /** The promotions that count for each line, after exclusive groups. */
  private List<List<Promotion>> counting(Fraction factor) {
    List<List<Promotion>> counting = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      counting.add(new ArrayList<>());
      for (Promotion promotion : book.promotions()) {
        if (covers(promotion, lines.get(i)) && holds(promotion)) {
          counting.get(i).add(promotion);
        }
      }
    }
    for (ExclusiveGroup group : book.groups()) {
      exclude(counting, group, factor);
    }
    return counting;
  }

  private boolean covers(Promotion promotion, LineFacts line) {
    return !isExcluded(line)
        && (promotion.goods().isEmpty() || names(promotion.goods(), line))
        && !names(promotion.when().not().goods(), line);
  }

  private long unitsOf(List<Integer> places) {
    return places.stream().mapToLong(it -> lines.get(it).quantity()).sum();
  }

  private Set<Integer> places() {
    return IntStream.range(0, lines.size()).boxed().collect(Collectors.toSet());
  }

  private void exclude(List<List<Promotion>> counting, ExclusiveGroup group, Fraction factor) {
    if (group.scope() == ExclusiveGroup.Scope.ORDER) {
      keepBest(counting, places(), group, factor);
    } else {
      places().stream().sorted().forEach(line -> keepBest(counting, Set.of(line), group, factor));
    }
  }

  private void keepBest(
      List<List<Promotion>> counting, Set<Integer> places, ExclusiveGroup group, Fraction factor) {
    var worths = new ArrayList<Worth>();
    for (Promotion promotion : book.promotions()) {
      List<Integer> its =
          places.stream().filter(it -> counting.get(it).contains(promotion)).sorted().toList();
      if (group.id().equals(promotion.group()) && !its.isEmpty()) {
        List<Integer> won =
            IntStream.range(0, Collections.min(its))
                .filter(it -> !places.contains(it) && counting.get(it).contains(promotion))
                .boxed()
                .toList();
        worths.add(new Worth(promotion, worth(promotion, won, its, factor)));
      }
    }
    Comparator<Worth> byPriority =
        Comparator.comparingInt((Worth it) -> -it.promotion().priority())
            .thenComparing(it -> it.promotion().id());
    Comparator<Worth> order =
        group.choice() == ExclusiveGroup.Choice.PRIORITY
            ? byPriority
            : Comparator.<Worth>naturalOrder().thenComparing(byPriority);
    List<Promotion> losers = worths.stream().sorted(order).skip(1).map(Worth::promotion).toList();
    places.forEach(line -> counting.get(line).removeAll(losers));
  }

  /** The points that a promotion would give by itself; the most first. */
  private record Worth(Promotion promotion, Fraction points) implements Comparable<Worth> {
    @Override
    public int compareTo(Worth other) {
      if (points.isMoreThan(other.points)) {
        return -1;
      }
      return other.points.isMoreThan(points) ? 1 : 0;
    }
  }

  /** The points for some lines, when others before them have used their units. */
  private Fraction worth(
      Promotion promotion, List<Integer> before, List<Integer> places, Fraction factor) {
    if (promotion.effect() instanceof Effect.Fixed fixed) {
      return Fraction.of(fixed.points());
    }
    if (promotion.effect() instanceof Effect.PerUnit perUnit) {
      long used = Math.min(unitsOf(before), perUnit.unitsMax());
      long units = Math.min(unitsOf(places), perUnit.unitsMax() - used);
      return Fraction.of(units * perUnit.points());
    }
    Fraction gain = ((Effect.Multiply) promotion.effect()).factor().minus(Fraction.ONE);
    Fraction sum = Fraction.ZERO;
    for (int place : places) {
      sum = sum.plus(base(place).times(factor).times(gain));
    }
    return sum;
  }

  private boolean holds(Promotion promotion) {
    Condition when = promotion.when();
    LocalDateTime local = order.occurredAt().atZone(order.zone()).toLocalDateTime();
    long goods = 0;
    long eligible = 0;
    int count = 0;
    for (LineFacts line : lines) {
      eligible += isExcluded(line) ? 0 : line.amount();
      goods += covers(promotion, line) ? line.amount() : 0;
      count += covers(promotion, line) ? 1 : 0;
    }
    long amount =
        switch (when.minimum().measured()) {
          case INITIAL -> order.initialAmount();
          case CURRENT -> eligible;
          case GOODS -> goods;
        };
    return !order.occurredAt().isBefore(when.from())
        && order.occurredAt().isBefore(when.to())
        && atTime(when, local)
        && (when.birthday() == null
            || (member.birthday() != null
                && when.birthday().holds(local.toLocalDate(), member.birthday())))
        && (when.stores().isEmpty() || in(when.stores()))
        && !in(when.not().stores())
        && (when.channels().isEmpty() || when.channels().contains(order.channel()))
        && !when.not().channels().contains(order.channel())
        && (when.tiers().isEmpty()
            || (member.tier() != null && when.tiers().contains(member.tier())))
        && (member.tier() == null || !when.not().tiers().contains(member.tier()))
        && (when.groups().isEmpty() || member.groups().stream().anyMatch(when.groups()::contains))
        && member.groups().stream().noneMatch(when.not().groups()::contains)
        && (!when.firstPurchase() || member.firstPurchase())
        && (when.holdOut() == 0
            || HoldOut.place(member.memberId(), promotion.id()) >= when.holdOut())
        && count >= when.linesMin()
        && amount >= when.minimum().amount()
        && isLeft(promotion);
  }

  private boolean in(Stores stores) {
    return stores.storeIds().contains(order.storeId())
        || order.storeTags().stream().anyMatch(stores.tags()::contains);
  }

  private static boolean atTime(Condition when, LocalDateTime local) {
    List<Hours> hours =
        when.hours().isEmpty() ? List.of(new Hours(LocalTime.MIN, LocalTime.MIN)) : when.hours();
    for (Hours window : hours) {
      for (int back = 0; back < 2; back++) {
        LocalDate day = local.toLocalDate().minusDays(back);
        boolean crosses = !window.from().isBefore(window.to());
        LocalDateTime begins = day.atTime(window.from());
        LocalDateTime ends = (crosses ? day.plusDays(1) : day).atTime(window.to());
        if (!local.isBefore(begins) && local.isBefore(ends) && on(when, day)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean on(Condition when, LocalDate day) {
    return (when.firstDay() == null || day.compareTo(when.firstDay()) >= 0)
        && (when.dayAfter() == null || day.compareTo(when.dayAfter()) < 0)
        && (when.weekdays().isEmpty() || when.weekdays().contains(day.getDayOfWeek()))
        && (when.calendar() == null
            || when.calendar().kinds().contains(kind(when.calendar(), day)));
  }

  private static CalendarDays.Kind kind(CalendarDays calendar, LocalDate day) {
    if (calendar.holidays().contains(day)) {
      return CalendarDays.Kind.HOLIDAY;
    }
    if (calendar.workdays().contains(day)) {
      return CalendarDays.Kind.WORKDAY;
    }
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY
        ? CalendarDays.Kind.WEEKEND
        : CalendarDays.Kind.WORKDAY;
  }

  private boolean isLeft(Promotion promotion) {
    return promotion.cap().unit() != RuleCap.Unit.USES
        || promotion.cap().caps().perMember().entrySet().stream()
            .allMatch(it -> member.usage().of(promotion.id(), it.getKey()) < it.getValue());
  }

  private void multiply(List<Pair> exact, int line, Fraction earned, List<Promotion> counting) {
    List<Promotion> multipliers =
        counting.stream()
            .filter(it -> it.effect() instanceof Effect.Multiply)
            .sorted(APPLIED)
            .toList();
    Fraction sum = earned;
    Promotion best = null;
    for (Promotion promotion : multipliers) {
      if (best == null || factor(promotion).isMoreThan(factor(best))) {
        best = promotion;
      }
    }
    for (Promotion promotion : multipliers) {
      Fraction gain = factor(promotion).minus(Fraction.ONE);
      if (book.combine() == Combine.BEST && promotion.equals(best)) {
        exact.add(new Pair(stage(promotion), promotion.id(), line, earned.times(gain)));
      } else if (book.combine() == Combine.ADD) {
        exact.add(new Pair(stage(promotion), promotion.id(), line, earned.times(gain)));
      } else if (book.combine() == Combine.MULTIPLY) {
        exact.add(new Pair(stage(promotion), promotion.id(), line, sum.times(gain)));
        sum = sum.times(factor(promotion));
      }
    }
  }

  private static Fraction factor(Promotion promotion) {
    return ((Effect.Multiply) promotion.effect()).factor();
  }

  private static final Comparator<Promotion> APPLIED =
      Comparator.comparingInt((Promotion it) -> it.effect() instanceof Effect.Multiply ? 0 : 1)
          .thenComparingInt(it -> -it.priority())
          .thenComparing(Promotion::id);

  private int stage(Promotion promotion) {
    return 2 + book.promotions().stream().sorted(APPLIED).toList().indexOf(promotion);
  }

  private Map<Integer, Map<String, Long>> round(List<Pair> exact) {
    BigInteger over = member.carry().over();
    for (Pair pair : exact) {
      over = over.multiply(pair.exact().over().divide(over.gcd(pair.exact().over())));
    }
    BigInteger sum = BigInteger.ZERO;
    long floors = 0;
    var byStage = new TreeMap<Integer, Map<String, Long>>();
    var remainders = new TreeMap<BigInteger, List<Pair>>(Comparator.reverseOrder());
    for (Pair pair : exact) {
      BigInteger value = pair.exact().part().multiply(over).divide(pair.exact().over());
      sum = sum.add(value);
      floors += value.divide(over).longValueExact();
      give(byStage, pair.stage(), pair.line(), pair.rule(), value.divide(over).longValueExact());
      remainders.computeIfAbsent(value.mod(over), it -> new ArrayList<>()).add(pair);
    }
    if (book.rounding().carry()) {
      sum = sum.add(member.carry().part().multiply(over).divide(member.carry().over()));
    }
    long whole =
        new BigDecimal(sum)
            .divide(new BigDecimal(over), 0, book.rounding().mode().mode())
            .longValueExact();
    remainders.values().stream()
        .flatMap(List::stream)
        .limit(whole - floors)
        .forEach(it -> give(byStage, it.stage(), it.line(), it.rule(), 1));
    return byStage;
  }

  private static void give(
      Map<Integer, Map<String, Long>> byStage, int stage, int line, String rule, long points) {
    byStage
        .computeIfAbsent(stage, it -> new TreeMap<>())
        .merge(String.format("%03d %s", line, rule), points, Long::sum);
  }

  private void bonuses(Map<Integer, Map<String, Long>> byStage, List<List<Promotion>> counting) {
    for (Promotion promotion : book.promotions()) {
      List<Integer> places =
          places().stream().filter(it -> counting.get(it).contains(promotion)).sorted().toList();
      if (promotion.effect() instanceof Effect.PerUnit perUnit) {
        long left = perUnit.unitsMax();
        for (int line : places) {
          long units = Math.min(left, lines.get(line).quantity());
          left -= units;
          give(byStage, stage(promotion), line, promotion.id(), units * perUnit.points());
        }
      } else if (promotion.effect() instanceof Effect.Fixed fixed && !places.isEmpty()) {
        List<Long> weights = places.stream().map(it -> lines.get(it).amount()).toList();
        List<Long> shares = share(fixed.points(), weights);
        for (int i = 0; i < shares.size(); i++) {
          give(byStage, stage(promotion), places.get(i), promotion.id(), shares.get(i));
        }
      }
    }
  }

  /** By largest remainder; equal weights when all are zero. */
  private static List<Long> share(long total, List<Long> some) {
    List<Long> weights = some;
    long sum = weights.stream().mapToLong(it -> it).sum();
    if (sum == 0) {
      weights = weights.stream().map(it -> 1L).toList();
      sum = weights.size();
    }
    var shares = new ArrayList<Long>();
    var remainders = new TreeMap<BigInteger, List<Integer>>(Comparator.reverseOrder());
    long given = 0;
    for (int i = 0; i < weights.size(); i++) {
      BigInteger value = BigInteger.valueOf(total).multiply(BigInteger.valueOf(weights.get(i)));
      shares.add(value.divide(BigInteger.valueOf(sum)).longValueExact());
      given += shares.get(i);
      remainders
          .computeIfAbsent(value.mod(BigInteger.valueOf(sum)), it -> new ArrayList<>())
          .add(i);
    }
    remainders.values().stream()
        .flatMap(List::stream)
        .limit(total - given)
        .forEach(it -> shares.set(it, shares.get(it) + 1));
    return shares;
  }

  private Map<String, Long> cap(Map<Integer, Map<String, Long>> byStage) {
    List<Promotion> applied = book.promotions().stream().sorted(APPLIED).toList();
    for (int i = 0; i < applied.size(); i++) {
      RuleCap cap = applied.get(i).cap();
      long room = cap.caps().perOrder();
      if (cap.unit() == RuleCap.Unit.POINTS) {
        room = Math.min(room, roomOfMember(cap.caps(), applied.get(i).id()));
      }
      take(byStage.getOrDefault(2 + i, new TreeMap<>()), room);
    }
    long room = Math.min(book.caps().perOrder(), roomOfMember(book.caps(), ""));
    for (Map<String, Long> stage : byStage.values()) {
      take(stage, room);
      room -= sum(stage);
    }
    var points = new TreeMap<String, Long>();
    byStage
        .values()
        .forEach(stage -> stage.forEach((it, some) -> points.merge(it, some, Long::sum)));
    points.values().removeIf(it -> it == 0);
    return points;
  }

  private long roomOfMember(Caps caps, String rule) {
    long room = Long.MAX_VALUE;
    for (Map.Entry<Caps.Period, Long> cap : caps.perMember().entrySet()) {
      room = Math.min(room, Math.max(0, cap.getValue() - member.usage().of(rule, cap.getKey())));
    }
    return room;
  }

  private static long sum(Map<String, Long> stage) {
    return stage.values().stream().mapToLong(it -> it).sum();
  }

  private static void take(Map<String, Long> stage, long room) {
    if (sum(stage) > room) {
      List<Long> left = share(room, List.copyOf(stage.values()));
      int i = 0;
      for (Map.Entry<String, Long> entry : stage.entrySet()) {
        entry.setValue(left.get(i++));
      }
    }
  }
}
