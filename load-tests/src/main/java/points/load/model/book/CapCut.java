package points.load.model.book;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import points.load.model.Fraction;
import points.load.model.book.Promotion.Cap;
import points.load.model.book.Reckoning.Points;

/** Cuts an order's points to what caps leave: first those of each promotion, then the book's. */
final class CapCut {
  private final RuleBook book;
  private final BoughtOrder order;
  private final Buyer buyer;
  private final List<Points> points;
  private final SortedMap<String, Long> cuts = new TreeMap<>();

  /**
   * @param points of the order, which are cut
   */
  CapCut(RuleBook book, BoughtOrder order, Buyer buyer, List<Points> points) {
    this.book = book;
    this.order = order;
    this.buyer = buyer;
    this.points = points;
  }

  /** Returns the points that were cut, by rule. */
  SortedMap<String, Long> cuts() {
    for (Promotion it : book.promotions()) {
      int step = AppliedRule.promotion(book, it).step();
      cut(step, sum(step) - room(it.cap(), it.id()));
    }
    long over = points.stream().mapToLong(Points::points).sum() - room(book.caps(), "");
    List<Integer> lastFirst =
        points.stream()
            .map(it -> it.rule().step())
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    for (int step : lastFirst) {
      long some = Math.min(Math.max(0, over), sum(step));
      cut(step, some);
      over -= some;
    }
    return cuts;
  }

  long sum(int step) {
    return points.stream().filter(it -> it.rule().step() == step).mapToLong(Points::points).sum();
  }

  private long room(Cap cap, String rule) {
    long room = cap.perOrder().orElse(Long.MAX_VALUE);
    if (!cap.countsOrders()) {
      for (Map.Entry<Period, Long> it : cap.perMember().entrySet()) {
        long used = buyer.counters().used(Counters.Use.on(order.day(), rule, it.getKey()));
        room = Math.min(room, Math.max(0, it.getValue() - used));
      }
    }
    return room;
  }

  /** Takes points from all lines alike. */
  void cut(int step, long over) {
    if (over <= 0) {
      return;
    }
    List<Integer> places = new ArrayList<>();
    IntStream.range(0, points.size())
        .filter(i -> points.get(i).rule().step() == step)
        .forEach(places::add);
    long[] shares =
        WholeShares.inProportion(
            sum(step) - over,
            places.stream().map(i -> Fraction.of(points.get(i).points())).toList());
    for (int i = 0; i < shares.length; i++) {
      Points before = points.get(places.get(i));
      points.set(places.get(i), new Points(before.line(), before.rule(), shares[i]));
      if (before.points() > shares[i]) {
        cuts.merge(before.rule().id(), before.points() - shares[i], Long::sum);
      }
    }
  }
}
