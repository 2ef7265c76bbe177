package points.load.fault.check.effect;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.HistoryIndex;
import points.load.model.Entry;

/** The two entries of what one member sends and another receives. */
final class Delivery {
  private Delivery() {}

  /** Reports what was sent and was received never, or more than once. */
  static void isReceivedOnce(String what, Entry out, List<Entry> received, Findings findings) {
    if (received.isEmpty()) {
      findings.add(what + " was lost on its way", out);
    } else if (received.size() > 1) {
      findings.add(
          "%s was received %d times".formatted(what, received.size()),
          Stream.concat(Stream.of(out), received.stream()).toList());
    }
  }

  /**
   * Whether an entry is on the member for which it was meant, or on one into which it was merged.
   */
  static boolean isMeantFor(@Nullable String memberId, Entry in, HistoryIndex index) {
    return memberId != null && index.merges().from(memberId).contains(in.memberId());
  }

  /** The receiver of an entry, or its sender when it was returned. */
  static @Nullable String receiver(Entry out, boolean returned) {
    return returned ? out.memberId() : out.extra().detail().getString("memberId");
  }

  /** Whether two entries add opposite sums to the member's lifetime totals. */
  static boolean isOppositeLifetime(Entry entry, Entry other) {
    return number(entry, "earned") == -number(other, "earned")
        && number(entry, "spent") == -number(other, "spent");
  }

  static long number(Entry entry, String name) {
    return entry.extra().detail().getLong(name, 0L);
  }

  /** When the pending points of an entry become available by themselves. */
  static @Nullable String endsAt(Entry entry) {
    return entry.extra().detail().getString("endsAt");
  }

  static boolean isSameEnd(Entry entry, Entry other) {
    return Objects.equals(endsAt(entry), endsAt(other));
  }
}
