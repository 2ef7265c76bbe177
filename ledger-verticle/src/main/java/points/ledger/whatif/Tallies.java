package points.ledger.whatif;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.ledger.award.Award;
import points.ledger.award.Awarded;
import points.ledger.award.Reason;
import points.ledger.award.Withheld;
import points.ledger.book.Promotion;
import points.ledger.book.RuleBook;
import points.ledger.model.Entry;
import points.ledger.whatif.WhatIfResult.Day;
import points.ledger.whatif.WhatIfResult.Idle;
import points.ledger.whatif.WhatIfResult.Named;
import points.ledger.whatif.WhatIfResult.Pair;

/** The sums of a simulation. */
final class Tallies {

  /** Rules and stores that are named; the rest is one sum. */
  static final int NAMED_MAX = 200;

  /** The name of that sum. */
  static final String REST = "*";

  private final RuleBook book;
  private final List<String> ruleIds;
  private final Map<String, Pair> rules = new HashMap<>();
  private final Map<String, Pair> tiers = new TreeMap<>();
  private final Map<String, Pair> stores = new HashMap<>();
  private final TreeMap<LocalDate, Pair> days = new TreeMap<>();
  private final Set<String> idle;
  private final Map<String, EnumMap<Reason, Long>> withheld = new HashMap<>();
  private Pair atCap = Pair.NONE;
  private Pair earned = Pair.NONE;
  private Pair takenBack = Pair.NONE;
  private long orders;
  private long rated;
  private long refused;
  private long topUps;
  private long topUpPoints;

  Tallies(RuleBook book) {
    this.book = book;
    this.ruleIds = book.ruleIds();
    this.idle =
        book.promotions().stream()
            .map(Promotion::id)
            .collect(Collectors.toCollection(HashSet::new));
  }

  long rated() {
    return rated;
  }

  /** Returns whether some promotions have given nothing so far. */
  boolean hasIdle() {
    return !idle.isEmpty();
  }

  void refused() {
    refused++;
  }

  void topUp(long points) {
    topUps++;
    topUpPoints += points;
  }

  /**
   * Counts an order.
   *
   * @param isRated whether the book has rated it
   * @param after its awards as they would have been; those recorded when it was not rated
   */
  void order(Entry entry, boolean isRated, long before, @Nullable Awarded after, long pointsAfter) {
    orders++;
    rated += isRated ? 1 : 0;
    earned = earned.plus(before, pointsAfter);
    String storeId = String.valueOf(entry.origin().storeId());
    add(stores, storeId, before, pointsAfter);
    addDay(
        entry.occurredAt().isAfter(entry.recordedAt()) ? entry.recordedAt() : entry.occurredAt(),
        before,
        pointsAfter);
    Awarded recorded = entry.awarded();
    atCap = atCap.plus(isAtCap(recorded), isAtCap(after));
    if (recorded == null) {
      add(rules, ruleIds.get(RuleBook.BASE), before, 0);
    } else {
      recorded.awards().forEach(it -> add(rules, recorded.idOf(it.rule()), it.points(), 0));
    }
    if (after == null) {
      add(rules, ruleIds.get(RuleBook.BASE), 0, pointsAfter);
    } else if (isRated) {
      for (Award it : after.awards()) {
        String id = ruleIds.get(it.rule());
        add(rules, id, 0, it.points());
        idle.remove(id);
      }
    } else {
      after.awards().forEach(it -> add(rules, after.idOf(it.rule()), 0, it.points()));
    }
  }

  /** Counts an order by the tiers that it was rated by. */
  void tiers(@Nullable String before, long points, @Nullable String after, long pointsAfter) {
    add(tiers, before == null ? "" : before, points, 0);
    add(tiers, after == null ? "" : after, 0, pointsAfter);
  }

  private static long isAtCap(@Nullable Awarded awarded) {
    return awarded != null && awarded.cuts().stream().anyMatch(it -> it.reason() == Reason.CAP)
        ? 1
        : 0;
  }

  /** Counts points that were given or taken otherwise than by an order. */
  void other(Entry entry, long before, long after) {
    if (before != 0 || after != 0) {
      takenBack = takenBack.plus(-before, -after);
      if (entry.origin().storeId() != null) {
        add(stores, entry.origin().storeId(), before, after);
      }
      addDay(entry.recordedAt(), before, after);
    }
  }

  void withheld(List<Withheld> reasons) {
    for (Withheld it : reasons) {
      withheld
          .computeIfAbsent(ruleIds.get(it.rule()), id -> new EnumMap<>(Reason.class))
          .merge(it.reason(), 1L, Long::sum);
    }
  }

  private void addDay(Instant instant, long before, long after) {
    LocalDate day = LocalDate.ofInstant(instant, book.timeZone());
    days.put(day, days.getOrDefault(day, Pair.NONE).plus(before, after));
  }

  private static void add(Map<String, Pair> sums, String id, long before, long after) {
    sums.put(id, sums.getOrDefault(id, Pair.NONE).plus(before, after));
  }

  WhatIfResult result(
      long members, List<WhatIfResult.BudgetEnd> budgets, WhatIfResult.Movers movers) {
    return new WhatIfResult(
        orders,
        rated,
        refused,
        members,
        earned,
        takenBack,
        topUps,
        topUpPoints,
        atCap,
        most(
            rules,
            Comparator.comparingLong(it -> -Math.max(it.points().before(), it.points().after()))),
        most(tiers, Comparator.comparing(Named::id)),
        most(stores, Comparator.comparingLong(it -> -Math.abs(it.points().difference()))),
        days.entrySet().stream().map(it -> new Day(it.getKey(), it.getValue())).toList(),
        budgets,
        movers,
        book.promotions().stream()
            .map(it -> it.id())
            .filter(idle::contains)
            .map(this::idle)
            .toList());
  }

  private Idle idle(String ruleId) {
    EnumMap<Reason, Long> reasons = withheld.getOrDefault(ruleId, new EnumMap<>(Reason.class));
    String most =
        reasons.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(it -> it.getKey().name().toLowerCase(Locale.ROOT))
            .orElse(null);
    return new Idle(ruleId, reasons.getOrDefault(Reason.LOST_TO, 0L), most);
  }

  private static List<Named> most(Map<String, Pair> sums, Comparator<Named> order) {
    List<Named> all =
        sums.entrySet().stream()
            .map(it -> new Named(it.getKey(), it.getValue()))
            .sorted(order.thenComparing(Named::id))
            .toList();
    if (all.size() <= NAMED_MAX) {
      return all;
    }
    var named = new ArrayList<>(all.subList(0, NAMED_MAX));
    Pair rest = Pair.NONE;
    for (Named it : all.subList(NAMED_MAX, all.size())) {
      rest = rest.plus(it.points().before(), it.points().after());
    }
    named.add(new Named(REST, rest));
    return List.copyOf(named);
  }
}
