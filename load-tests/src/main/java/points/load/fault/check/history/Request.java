package points.load.fault.check.history;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.Operation;
import points.load.model.ParkedRefund;

/**
 * All calls of one key.
 *
 * @param calls at least one, by beginning
 */
public record Request(String key, List<Call> calls) {

  public Operation operation() {
    return calls.get(0).operation();
  }

  /** Before this it cannot have been applied. */
  public long begin() {
    return calls.get(0).begin();
  }

  /** The keys that its entry may have. */
  public List<String> keys() {
    return operation() instanceof Operation.Refund refund
        ? List.of(key, parkedKey(refund))
        : List.of(key);
  }

  /** The key that the entry of a refund has if it was parked. */
  public static String parkedKey(Operation.Refund refund) {
    return ParkedRefund.entryKey(refund.storeId(), refund.orderId(), refund.refundId());
  }

  /** That it is done. */
  public List<Call> acknowledged() {
    return told(false);
  }

  /** That it is done when its sale has come. */
  public List<Call> parked() {
    return told(true);
  }

  private List<Call> told(boolean parked) {
    return calls.stream()
        .filter(
            call -> call.answer() instanceof Answer.Acknowledged told && isParked(told) == parked)
        .toList();
  }

  private boolean isParked(Answer.Acknowledged told) {
    return operation() instanceof Operation.Refund
        && told.body().startsWith("{\"status\":\"parked\"");
  }

  /** By then it was applied; empty when nobody was told so. */
  public OptionalLong knownApplied() {
    return acknowledged().stream().mapToLong(Call::end).min();
  }

  public boolean mayBeApplied() {
    return calls.stream()
        .anyMatch(
            call ->
                call.answer() instanceof Answer.Acknowledged
                    || call.answer() instanceof Answer.ServerError
                    || call.answer() instanceof Answer.Unknown);
  }

  public Stream<Call> refused() {
    return calls.stream().filter(call -> call.answer() instanceof Answer.Refused);
  }
}
