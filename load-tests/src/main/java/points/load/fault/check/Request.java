package points.load.fault.check;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.Wish;
import points.load.fault.ledger.Parked;

/**
 * All calls of one key.
 *
 * @param calls at least one, by beginning
 */
record Request(String key, List<Call> calls) {

  Wish wish() {
    return calls.get(0).wish();
  }

  /** Before this it cannot have been applied. */
  long begin() {
    return calls.get(0).begin();
  }

  /** The keys that its entry may have. */
  List<String> keys() {
    return wish() instanceof Wish.Refund refund ? List.of(key, parkedKey(refund)) : List.of(key);
  }

  /** The key that the entry of a refund has if it was parked. */
  static String parkedKey(Wish.Refund refund) {
    return Parked.entryKey(refund.storeId(), refund.orderId(), refund.refundId());
  }

  /** That it is done. */
  List<Call> acknowledged() {
    return told(false);
  }

  /** That it is done when its sale has come. */
  List<Call> parked() {
    return told(true);
  }

  private List<Call> told(boolean parked) {
    return calls.stream()
        .filter(
            call -> call.answer() instanceof Answer.Acknowledged told && isParked(told) == parked)
        .toList();
  }

  private boolean isParked(Answer.Acknowledged told) {
    return wish() instanceof Wish.Refund && told.body().startsWith("{\"status\":\"parked\"");
  }

  /** By then it was applied; empty when nobody was told so. */
  OptionalLong knownApplied() {
    return acknowledged().stream().mapToLong(Call::end).min();
  }

  boolean mayBeApplied() {
    return calls.stream()
        .anyMatch(
            call ->
                call.answer() instanceof Answer.Acknowledged
                    || call.answer() instanceof Answer.Faulty
                    || call.answer() instanceof Answer.Unknown);
  }

  Stream<Call> refused() {
    return calls.stream().filter(call -> call.answer() instanceof Answer.Refused);
  }
}
