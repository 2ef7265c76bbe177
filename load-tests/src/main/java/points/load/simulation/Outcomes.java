package points.load.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The answers that tills got for their orders. An order that was sent and then neither acknowledged
 * nor refused is in doubt: it may or may not have happened, but not twice.
 */
final class Outcomes {
  /** The knowledge about an order. */
  sealed interface Outcome {}

  /** Sent; nothing more is known. */
  record InDoubt() implements Outcome {}

  /** Certainly not applied. */
  record Refused() implements Outcome {}

  /**
   * Applied.
   *
   * @param points signed as the entry is
   */
  record Acknowledged(long points) implements Outcome {}

  private final Map<String, Map<String, Outcome>> byMember = new ConcurrentHashMap<>();

  void sent(String memberId, String orderId) {
    put(memberId, orderId, new InDoubt());
  }

  void refused(String memberId, String orderId) {
    put(memberId, orderId, new Refused());
  }

  void acknowledged(String memberId, String orderId, long points) {
    put(memberId, orderId, new Acknowledged(points));
  }

  /** Returns the outcomes of a member by order. */
  Map<String, Outcome> of(String memberId) {
    return new HashMap<>(byMember.getOrDefault(memberId, Map.of()));
  }

  private void put(String memberId, String orderId, Outcome outcome) {
    byMember.computeIfAbsent(memberId, it -> new ConcurrentHashMap<>()).put(orderId, outcome);
  }
}
