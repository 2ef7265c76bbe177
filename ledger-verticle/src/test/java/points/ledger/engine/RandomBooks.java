package points.ledger.engine;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.ledger.award.LineFacts;
import points.ledger.award.MemberFacts;
import points.ledger.award.OrderFacts;
import points.ledger.book.Birthday;
import points.ledger.book.Brackets;
import points.ledger.book.CalendarDays;
import points.ledger.book.Caps;
import points.ledger.book.Caps.Period;
import points.ledger.book.Condition;
import points.ledger.book.Effect;
import points.ledger.book.Exclusions;
import points.ledger.book.ExclusiveGroup;
import points.ledger.book.ExclusiveGroup.Choice;
import points.ledger.book.ExclusiveGroup.Scope;
import points.ledger.book.Goods;
import points.ledger.book.Hours;
import points.ledger.book.Minimum;
import points.ledger.book.Ratio;
import points.ledger.book.RuleBook;
import points.ledger.book.RuleBook.Combine;
import points.ledger.book.RuleCap;
import points.ledger.book.Stores;
import points.ledger.rules.EarningRule.Per;
import points.ledger.rules.Fraction;
import points.ledger.rules.Rounding;

/** Rule books and orders by chance, small enough that rules and orders often meet. */
final class RandomBooks {

  private static final String[] PRODUCTS = {"P1", "P2", "P3", "P4"};
  private static final String[] CATEGORIES = {"food", "food/milk", "food/milk/goat", "books"};
  private static final String[] CLASSES = {"A", "B"};
  private static final String[] TAGS = {"new", "own"};
  private static final String[] STORES = {"S1", "S2", "S3"};
  private static final String[] AREAS = {"east", "west"};
  private static final String[] CHANNELS = {"till", "web"};
  private static final String[] TIERS = {"silver", "gold", "black"};
  private static final String[] GROUPS = {"lapsing", "young"};
  private static final Instant BEGIN = Instant.parse("2026-12-01T00:00:00Z");

  private final Random random;
  private final boolean large;

  RandomBooks(long seed) {
    this(seed, false);
  }

  /**
   * @param large whether amounts are so large that products of them do not fit into a long
   */
  RandomBooks(long seed, boolean large) {
    this.random = new Random(seed);
    this.large = large;
  }

  RuleBook book(int promotions) {
    var builder = new BookBuilder().base(ratio()).combine(one(Combine.values()));
    if (chance(3)) {
      builder.excluding(goods());
    }
    boolean carry = chance(3);
    builder.rounding(carry ? Rounding.FLOOR : one(Rounding.values()), carry);
    for (int i = random.nextInt(4); i > 0; i--) {
      builder.ratio("ratio" + i, goods(), ratio());
    }
    if (chance(2)) {
      builder.brackets(
          one(Brackets.Mode.values()),
          BookBuilder.stepUpTo(0, random.nextInt(3), 100),
          chance(2) ? BookBuilder.stepUpTo(3000, 3, 200) : BookBuilder.stepFrom(3000, 1, 90),
          BookBuilder.stepUpTo(9000, 2, 70));
    }
    builder.tier("gold", Fraction.of(3, 2)).tier("black", Fraction.of(2 + random.nextInt(3), 3));
    for (int i = 0; i < 3; i++) {
      builder.group(
          new ExclusiveGroup(
              "g" + i, one(Choice.values()), i == 0 ? Scope.ORDER : one(Scope.values())));
    }
    RuleBook groups = builder.document();
    for (int i = 0; i < promotions; i++) {
      promotion(builder, "p" + i, groups.groups());
    }
    if (chance(3)) {
      builder.caps(caps(200));
    }
    return builder.document();
  }

  private void promotion(BookBuilder builder, String id, List<ExclusiveGroup> groups) {
    ExclusiveGroup group = chance(2) ? one(groups.toArray(new ExclusiveGroup[0])) : null;
    boolean byLine = group != null && group.scope() == Scope.LINE;
    Effect effect =
        switch (random.nextInt(byLine ? 2 : 3)) {
          case 0 -> new Effect.Multiply(Fraction.of(3 + random.nextInt(8), 2));
          case 1 -> new Effect.PerUnit(1 + random.nextInt(9), chance(2) ? 3 : Long.MAX_VALUE);
          default -> new Effect.Fixed(1 + random.nextInt(100));
        };
    var cap =
        chance(3)
            ? new RuleCap(caps(40), RuleCap.Unit.POINTS)
            : chance(3)
                ? new RuleCap(new Caps(Long.MAX_VALUE, Map.of(Period.MONTH, 2L)), RuleCap.Unit.USES)
                : RuleCap.NONE;
    builder.promotion(
        id,
        random.nextInt(3),
        group == null ? null : group.id(),
        chance(2) ? Goods.NONE : goods(),
        effect,
        condition(),
        cap);
  }

  private Condition condition() {
    return new Condition(
        chance(4) ? at() : Instant.MIN,
        chance(4) ? at() : Instant.MAX,
        chance(8) ? day() : null,
        chance(8) ? day() : null,
        chance(4) ? EnumSet.of(one(DayOfWeek.values()), one(DayOfWeek.values())) : Set.of(),
        chance(4) ? List.of(hours(), hours()) : List.of(),
        chance(6) ? calendar() : null,
        chance(6) ? new Stores(some(STORES), some(AREAS)) : Stores.NONE,
        chance(6) ? some(CHANNELS) : Set.of(),
        chance(6) ? some(TIERS) : Set.of(),
        chance(6) ? some(GROUPS) : Set.of(),
        chance(3)
            ? new Minimum(random.nextInt(9000), one(Minimum.Measured.values()))
            : Minimum.NONE,
        random.nextInt(2),
        chance(8),
        chance(8) ? new Birthday(chance(2), random.nextInt(20)) : null,
        chance(6) ? 5000 : 0,
        chance(3)
            ? new Exclusions(
                chance(2) ? goods() : Goods.NONE,
                chance(4) ? new Stores(some(STORES), Set.of()) : Stores.NONE,
                chance(6) ? some(CHANNELS) : Set.of(),
                chance(6) ? some(TIERS) : Set.of(),
                chance(6) ? some(GROUPS) : Set.of())
            : Exclusions.NONE);
  }

  private CalendarDays calendar() {
    return new CalendarDays(
        Set.of(day()),
        Set.of(LocalDate.of(2026, 12, 5)),
        EnumSet.of(one(CalendarDays.Kind.values()), one(CalendarDays.Kind.values())));
  }

  private Caps caps(int most) {
    var perMember = new EnumMap<Period, Long>(Period.class);
    perMember.put(one(Period.values()), (long) random.nextInt(most));
    return new Caps(chance(2) ? random.nextInt(most) : Long.MAX_VALUE, perMember);
  }

  private Ratio ratio() {
    long[] amounts =
        large
            ? new long[] {999_999_999_989L, 999_999_999_961L, 999_999_999_959L, 3, 100}
            : new long[] {1, 50, 70, 90, 250, 300};
    return new Ratio(
        random.nextInt(6),
        amounts[random.nextInt(amounts.length)],
        chance(3) ? Per.FULL_STEP : Per.PRO_RATA);
  }

  private Goods goods() {
    return switch (random.nextInt(4)) {
      case 0 -> new Goods(some(PRODUCTS), Set.of(), Set.of(), Set.of());
      case 1 -> new Goods(Set.of(), some(CATEGORIES), Set.of(), Set.of());
      case 2 -> new Goods(Set.of(), Set.of(), some(CLASSES), some(TAGS));
      default -> new Goods(some(PRODUCTS), some(CATEGORIES), Set.of(), Set.of());
    };
  }

  OrderFacts order() {
    var lines = new ArrayList<LineFacts>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      lines.add(
          new LineFacts(
              orNull(PRODUCTS),
              orNull(CATEGORIES),
              orNull(CLASSES),
              chance(3) ? some(TAGS) : Set.of(),
              random.nextInt(4),
              chance(8) ? 0 : large ? random.nextLong() >>> 20 : random.nextInt(5000)));
    }
    long sum = lines.stream().mapToLong(LineFacts::amount).sum();
    return new OrderFacts(
        at(),
        ZoneId.of(chance(2) ? "Asia/Shanghai" : "America/New_York"),
        one(STORES),
        chance(2) ? Set.of() : some(AREAS),
        one(CHANNELS),
        sum + random.nextInt(1000),
        List.copyOf(lines));
  }

  MemberFacts member() {
    long used = random.nextInt(40);
    return new MemberFacts(
        "m" + random.nextInt(1000),
        orNull(TIERS),
        chance(2),
        chance(2) ? MonthDay.of(12, 1 + random.nextInt(31)) : null,
        chance(2) ? Set.of() : some(GROUPS),
        Fraction.of(random.nextInt(7), 7),
        (rule, period) -> (used + rule.length()) % (period.name().length() - 1));
  }

  private Instant at() {
    return BEGIN.plusSeconds(random.nextInt(10 * 86_400));
  }

  private LocalDate day() {
    return LocalDate.of(2026, 12, 1 + random.nextInt(10));
  }

  private Hours hours() {
    return new Hours(LocalTime.of(random.nextInt(24), 0), LocalTime.of(random.nextInt(24), 30));
  }

  private boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  private <T> T one(T[] values) {
    return values[random.nextInt(values.length)];
  }

  private @Nullable String orNull(String[] values) {
    return chance(3) ? null : one(values);
  }

  private Set<String> some(String[] values) {
    var some = new HashSet<String>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      some.add(one(values));
    }
    return some;
  }
}
