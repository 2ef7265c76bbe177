package points.ledger.engine;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import points.ledger.award.Awarding;
import points.ledger.award.LineFacts;
import points.ledger.award.MemberFacts;
import points.ledger.award.OrderFacts;
import points.ledger.award.Usage;
import points.ledger.book.Caps;
import points.ledger.book.Condition;
import points.ledger.book.Effect;
import points.ledger.book.ExclusiveGroup;
import points.ledger.book.Goods;
import points.ledger.book.Hours;
import points.ledger.book.Minimum;
import points.ledger.book.Ratio;
import points.ledger.book.RuleCap;
import points.ledger.book.Stores;
import points.ledger.rules.Fraction;

/** Orders of four lines that one thread rates, by books of several sizes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(2)
public class RatingBenchmark {

  private static final int ORDERS = 1_000;
  private static final int PRODUCTS = 10_000;
  private static final Instant BEGIN = Instant.parse("2026-12-01T00:00:00Z");

  @Param({"1", "20", "200"})
  public int promotions;

  @Param({"10000"})
  public int ratios;

  private CompiledBook book;
  private List<OrderFacts> orders;
  private MemberFacts member;
  private int next;

  /** Makes the book and the orders; the same ones in every run. */
  @Setup
  public void make() {
    var random = new Random(5);
    var builder =
        new BookBuilder()
            .tier("gold", Fraction.of(3, 2))
            .caps(new Caps(5000, Map.of(Caps.Period.DAY, 10_000L)))
            .group(group("dates", ExclusiveGroup.Scope.ORDER))
            .group(group("goods", ExclusiveGroup.Scope.LINE));
    for (int i = 0; i < ratios; i++) {
      builder.ratio(
          "r" + i, BookBuilder.product("P" + i), Ratio.proRata(1 + random.nextInt(3), 100));
    }
    for (int i = 0; i < promotions; i++) {
      add(builder, i, random);
    }
    book = builder.book();
    member = new MemberFacts("m", "gold", false, null, Set.of(), Fraction.ZERO, Usage.NONE);
    orders = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      orders.add(order(random));
    }
  }

  private static ExclusiveGroup group(String id, ExclusiveGroup.Scope scope) {
    return new ExclusiveGroup(id, ExclusiveGroup.Choice.BEST, scope);
  }

  private static void add(BookBuilder builder, int i, Random random) {
    boolean perUnit = i % 2 == 0;
    boolean byLine = i % 4 == 1;
    Goods goods = Goods.NONE;
    Effect effect = i % 8 == 3 ? new Effect.Fixed(50) : new Effect.Multiply(Fraction.of(3, 2));
    if (perUnit) {
      goods = BookBuilder.product("P" + random.nextInt(PRODUCTS));
      effect = new Effect.PerUnit(5, 10);
    } else if (byLine) {
      goods = BookBuilder.category("c" + random.nextInt(40));
      effect = new Effect.Multiply(Fraction.of(2 + random.nextInt(2)));
    }
    builder.promotion(
        "p" + i,
        random.nextInt(5),
        byLine ? "goods" : i % 8 == 7 ? "dates" : null,
        goods,
        effect,
        when(i, random),
        new RuleCap(new Caps(500, Map.of()), RuleCap.Unit.POINTS));
  }

  /** Two weeks of the two months around the orders, some with more conditions. */
  private static Condition when(int i, Random random) {
    Instant from = BEGIN.plus(Duration.ofDays(random.nextInt(60) - 30));
    Condition any = Condition.ALWAYS;
    return new Condition(
        from,
        from.plus(Duration.ofDays(14)),
        null,
        null,
        i % 3 == 0 ? EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY) : Set.of(),
        i % 7 == 0 ? List.of(new Hours(LocalTime.of(10, 0), LocalTime.of(22, 0))) : List.of(),
        null,
        i % 4 == 0 ? new Stores(Set.of(), Set.of("area" + i % 8)) : Stores.NONE,
        Set.of(),
        i % 9 == 0 ? Set.of("gold") : Set.of(),
        i % 11 == 0 ? Set.of("lapsing") : Set.of(),
        i % 5 == 0 ? new Minimum(30_000, Minimum.Measured.CURRENT) : Minimum.NONE,
        0,
        false,
        null,
        0,
        any.not());
  }

  private static OrderFacts order(Random random) {
    var lines = new ArrayList<LineFacts>();
    long sum = 0;
    for (int i = 0; i < 4; i++) {
      int product = random.nextInt(PRODUCTS);
      long amount = random.nextInt(20_000);
      sum += amount;
      lines.add(
          new LineFacts(
              "P" + product, "c" + product % 40, "A", Set.of(), 1 + random.nextInt(3), amount));
    }
    return new OrderFacts(
        BEGIN.plusSeconds(random.nextInt(86_400 * 20)),
        BookBuilder.SHANGHAI,
        "S" + random.nextInt(1000),
        Set.of("area" + random.nextInt(8)),
        "till",
        sum,
        lines);
  }

  /** Rates one order. */
  @Benchmark
  public Awarding rate() {
    next = next + 1 == ORDERS ? 0 : next + 1;
    return book.award(orders.get(next), member);
  }
}
