package points.load.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import points.load.model.Movement.Place;

/** Whatever is spent, is spent from the lots that expire first. */
final class SpendingOrder {
  private SpendingOrder() {}

  /**
   * What is wrong with the lots that an entry takes from.
   *
   * @param lots as they were before it, by account
   */
  static Optional<String> wrong(Entry entry, SortedMap<String, SortedMap<Instant, Long>> lots) {
    if (!spends(entry.kind())) {
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

  /**
   * What a refund or a reversal takes back, or a sale that returns, comes from where it came in.
   */
  private static boolean spends(Entry.Kind kind) {
    return switch (kind) {
      case ACCRUAL,
          DEDUCTION,
          ADJUSTMENT,
          EXPIRY,
          HOLD,
          PAYMENT,
          EXCHANGE,
          TRANSFER_OUT,
          MERGE_OUT,
          CLOSING,
          MOVE_IN ->
          true;
      default -> false;
    };
  }

  private static List<Movement> taken(Entry entry, String account) {
    return entry.movements().stream()
        .filter(it -> it.place() == Place.AVAILABLE && it.account().equals(account))
        .filter(it -> it.points() < 0)
        .toList();
  }

  /** All but the last lot touched are used up, and none before or between was left out. */
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
