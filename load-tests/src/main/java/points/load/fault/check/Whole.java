package points.load.fault.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import points.load.fault.ledger.Entry;

/** What members have to do with each other, and what holds for all of them. */
final class Whole {
  /** By this begins the key of whatever becomes of a transfer; then comes what it became of. */
  private static final String TRANSFER = "transfer of ";

  private final Freshness freshness;
  private final Instant began;
  private final Map<String, Entry> byTransaction = new HashMap<>();
  private final Map<String, List<Entry>> outcomes = new HashMap<>();

  /**
   * @param began when the history's clock stood at 0
   */
  Whole(Freshness freshness, Instant began, List<Entry> entries) {
    this.freshness = freshness;
    this.began = began;
    for (Entry entry : entries) {
      byTransaction.put(entry.transactionId(), entry);
      String key = entry.key();
      if (key != null && key.startsWith(TRANSFER)) {
        outcomes.computeIfAbsent(nameIn(key), it -> new ArrayList<>(1)).add(entry);
      }
    }
  }

  Freshness freshness() {
    return freshness;
  }

  /** The time of day at a moment of the history. */
  Instant timeAt(long moment) {
    return began.plusNanos(moment);
  }

  /** The transfer of which an entry with this key is an outcome; null when there is none. */
  @Nullable Entry beginOf(String key) {
    return key.startsWith(TRANSFER) ? byTransaction.get(nameIn(key)) : null;
  }

  /** Up to the next blank, after which a step of it may be named. */
  private static String nameIn(String key) {
    int end = key.indexOf(' ', TRANSFER.length());
    return key.substring(TRANSFER.length(), end < 0 ? key.length() : end);
  }

  /** What became of the transfer that this transaction began. */
  List<Entry> outcomesOf(String transactionId) {
    return outcomes.getOrDefault(transactionId, List.of());
  }
}
