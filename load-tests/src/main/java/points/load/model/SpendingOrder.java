package points.load.model;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import points.load.model.Entry.Kind;
import points.load.model.Movement.Place;

/** The rule that points are spent from the lots that expire first. */
final class SpendingOrder {
  /** The other kinds, such as refunds, take points from the lots into which they had come. */
  private static final Set<Kind> SPENDS =
      EnumSet.of(
          Kind.ACCRUAL,
          Kind.DEDUCTION,
          Kind.ADJUSTMENT,
          Kind.EXPIRY,
          Kind.HOLD,
          Kind.PAYMENT,
          Kind.EXCHANGE,
          Kind.TRANSFER_OUT,
          Kind.MERGE_OUT,
          Kind.CLOSING,
          Kind.MOVE_IN);

  private SpendingOrder() {}

  /**
   * Returns what is wrong with the lots from which an entry takes points.
   *
   * @param lots as they were before it, by account
   */
  static Optional<String> wrong(Entry entry, SortedMap<String, SortedMap<Instant, Long>> lots) {
    if (!SPENDS.contains(entry.kind())) {
      return Optional.empty();
    }
    return entry.movements().stream()
        .map(Movement::account)
        .distinct()
        .map(account -> Map.entry(account, lots.getOrDefault(account, new TreeMap<>())))
        .filter(it -> !isFromLotsThatExpireFirst(taken(entry, it.getKey()), it.getValue()))
        .map(it -> "points were not taken from the lots that expire first, of " + it.getValue())
        .findFirst();
  }

  private static List<Movement> taken(Entry entry, String account) {
    return entry.movements().stream()
        .filter(it -> it.isOf(account, Place.AVAILABLE) && it.points() < 0)
        .toList();
  }

  /** All lots but the last are used up, and none is left out. */
  private static boolean isFromLotsThatExpireFirst(
      List<Movement> all, SortedMap<Instant, Long> lots) {
    int touched = 0;
    for (Map.Entry<Instant, Long> lot : lots.entrySet()) {
      if (touched == all.size()) {
        return true;
      }
      Movement taken = all.get(touched++);
      boolean isLast = touched == all.size();
      if (!taken.expiresAt().equals(lot.getKey())
          || (!isLast && taken.points() != -lot.getValue())) {
        return false;
      }
    }
    return touched == all.size();
  }
}
