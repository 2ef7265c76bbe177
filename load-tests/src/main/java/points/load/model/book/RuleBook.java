package points.load.model.book;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.load.model.Fraction;
import points.load.model.book.Promotion.Cap;
import points.load.model.book.Ratio.GoodsRatio;

/**
 * A rule book, as its document says it.
 *
 * @param zone of stores that have none of their own
 * @param rounding {@code floor}, {@code halfUp}, {@code halfEven} or {@code ceiling}
 * @param carries whether a member keeps the remainder of rounding
 * @param brackets null for none
 * @param combine {@code add}, {@code multiply} or {@code best}
 * @param capsReturn {@code samePeriod}, {@code always} or {@code never}
 * @param budgets that cut what orders get, in the order in which they do
 */
public record RuleBook(
    String ruleBookId,
    ZoneId zone,
    Goods excluded,
    String rounding,
    boolean carries,
    Ratio base,
    List<GoodsRatio> ratios,
    @Nullable Brackets brackets,
    Map<String, Fraction> tierFactors,
    String combine,
    Map<String, Group> groups,
    List<Promotion> promotions,
    Cap caps,
    String capsReturn,
    List<Budget> budgets) {
  /** The ratio of goods that no other rule names. */
  static final String BASE = "base";

  /** The factor of a member's tier. */
  static final String TIER = "tier";

  /**
   * Promotions of which one counts.
   *
   * @param best whether the one that gives most counts; else the one of the highest priority
   * @param byLine whether one counts for each line; else for the order
   */
  record Group(boolean best, boolean byLine) {}

  /**
   * A budget that cuts when it ends.
   *
   * @param perStore whether each store has one of its own
   * @param paysForAll whether it pays for all rules; else for the promotions that name it
   */
  public record Budget(String id, boolean perStore, boolean paysForAll) {
    boolean pays(Promotion promotion) {
      return promotion.budget().equals(id);
    }

    /** The part of the program that has a budget of its own. */
    public String scope(String storeId) {
      return perStore ? storeId : "";
    }
  }

  /**
   * Reads a document.
   *
   * @param programZone of books that name none
   * @throws IllegalArgumentException when it has a field that is not known here
   */
  public static RuleBook read(JsonObject document, ZoneId programZone) {
    return new BookReader(document).read(programZone);
  }

  /** Reckons an order of a member while all budgets have enough. */
  public Rating rate(BoughtOrder order, Buyer buyer) {
    return rate(order, buyer, Map.of());
  }

  /**
   * Reckons an order of a member.
   *
   * @param left points that are left in budgets; those that are not named have enough
   */
  public Rating rate(BoughtOrder order, Buyer buyer, Map<String, Long> left) {
    return new Reckoning(this, order, buyer, left).rating();
  }

  /** Returns whether a budget pays for a rule. */
  public boolean pays(Budget budget, String ruleId) {
    return budget.paysForAll()
        || promotions.stream().anyMatch(it -> it.id().equals(ruleId) && budget.pays(it));
  }

  /**
   * Returns the change of a member's counters by an order.
   *
   * @param before the counters that the order was rated with
   */
  public Counters.Change change(BoughtOrder order, Rating rating, Counters before) {
    Map<Counters.Use, Long> uses = new HashMap<>();
    for (Capped it : capped(rating)) {
      it.uses(order.day(), it.countsOrders() ? 1 : it.points(rating), uses);
    }
    Fraction carried = carries ? rating.carry().minus(before.carry()) : Fraction.ZERO;
    return new Counters.Change(carried, uses);
  }

  /**
   * Returns the change of a member's counters by a refund.
   *
   * @param order that comes back in part
   * @param due of some points, by their share of each line: what has come back before the refund
   *     and after it
   * @param returned the part of the amount of the order that the refund returns
   * @param at when it was taken back
   */
  public Counters.Change refund(
      BoughtOrder order, Rated rated, Due due, Fraction returned, Instant at) {
    Map<Counters.Use, Long> uses = new HashMap<>();
    for (Capped it : capped(rated.rating())) {
      long given = it.points(rated.rating());
      Due.Sums sums = due.of(it.byLine(rated.rating(), order.lines().size()));
      long back = sums.after() - sums.before();
      if (it.countsOrders()) {
        back = sums.before() < given && sums.after() == given ? 1 : 0;
      }
      if (back != 0) {
        it.uses(order.day(), -back, uses);
      }
    }
    uses.keySet()
        .removeIf(
            use ->
                capsReturn.equals("never")
                    || (capsReturn.equals("samePeriod")
                        && !use.hasDay(LocalDate.ofInstant(at, order.zone()))));
    return new Counters.Change(Fraction.ZERO.minus(rated.change().carry().times(returned)), uses);
  }

  /** An order's points, and what they changed. */
  public record Rated(Rating rating, Counters.Change change) {}

  /** The points that are due for what has come back of an order. */
  public interface Due {
    /** Two sums: without a refund, and with it. */
    record Sums(long before, long after) {}

    /**
     * Returns what is due.
     *
     * @param byLine points of each line
     */
    Sums of(long[] byLine);
  }

  /** Returns the rules that gave something and of which caps count it. */
  private List<Capped> capped(Rating rating) {
    List<Capped> capped = new ArrayList<>();
    if (!caps.perMember().isEmpty()) {
      capped.add(new Capped(Optional.empty(), "", caps));
    }
    for (Promotion it : promotions) {
      if (!it.cap().perMember().isEmpty()) {
        capped.add(new Capped(Optional.of(it.id()), it.id(), it.cap()));
      }
    }
    capped.removeIf(it -> it.points(rating) == 0);
    return capped;
  }

  private record Capped(Optional<String> only, String name, Cap cap) {
    boolean countsOrders() {
      return cap.countsOrders();
    }

    long points(Rating rating) {
      return rating.awards().stream()
          .filter(it -> only.isEmpty() || it.rule().equals(only.get()))
          .mapToLong(Rating.Award::points)
          .sum();
    }

    long[] byLine(Rating rating, int lines) {
      long[] points = new long[lines];
      rating.awards().stream()
          .filter(it -> only.isEmpty() || it.rule().equals(only.get()))
          .forEach(it -> points[it.line()] += it.points());
      return points;
    }

    void uses(LocalDate day, long used, Map<Counters.Use, Long> uses) {
      cap.perMember()
          .keySet()
          .forEach(period -> uses.put(Counters.Use.on(day, name, period), used));
    }
  }

  /**
   * A rule book of a program, whose earlier orders earn by the program's own ratio.
   *
   * @param from the first instant whose orders it rates
   */
  public record BookInForce(RuleBook book, Instant from) {
    public boolean rates(Instant occurredAt) {
      return !occurredAt.isBefore(from);
    }
  }
}
