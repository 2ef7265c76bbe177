package points.load.fault.check.history;

import java.util.List;
import java.util.OptionalLong;
import points.load.fault.history.Call;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.model.ParkedRefund;

/**
 * All calls with one idempotency key.
 *
 * @param calls at least one, by beginning
 */
public record RequestCalls(String key, List<Call> calls) {

  /** The operation of every call. */
  public Operation operation() {
    return calls.get(0).operation();
  }

  /** The moment before which the operation cannot have been applied. */
  public long begin() {
    return calls.get(0).begin();
  }

  /** The keys that its entry may have: a parked refund is applied under one of its own. */
  List<String> entryKeys() {
    return operation() instanceof Operation.Refund refund
        ? List.of(key, parkedKey(refund))
        : List.of(key);
  }

  /** The key of the entry of a refund that was parked. */
  public static String parkedKey(Operation.Refund refund) {
    return ParkedRefund.entryKey(refund.storeId(), refund.orderId(), refund.refundId());
  }

  /** The calls that were answered that the operation is done. */
  public List<Call> acknowledged() {
    return acknowledged(false);
  }

  /** The calls that were answered that the refund waits for its sale. */
  public List<Call> parked() {
    return acknowledged(true);
  }

  private List<Call> acknowledged(boolean parked) {
    return calls.stream()
        .filter(
            call ->
                call.answer() instanceof RecordedAnswer.Acknowledged it && isParked(it) == parked)
        .toList();
  }

  private boolean isParked(RecordedAnswer.Acknowledged answer) {
    return operation() instanceof Operation.Refund
        && answer.body().startsWith("{\"status\":\"parked\"");
  }

  /** The moment by which the operation is known to be done; empty when nobody was answered so. */
  public OptionalLong knownApplied() {
    return acknowledged().stream().mapToLong(Call::end).min();
  }

  /** Whether any call may have been applied. */
  public boolean mayBeApplied() {
    return calls.stream()
        .anyMatch(
            call ->
                call.answer() instanceof RecordedAnswer.Acknowledged
                    || call.answer() instanceof RecordedAnswer.ServerError
                    || call.answer() instanceof RecordedAnswer.Unknown);
  }

  /** The calls that the rules refused. */
  public List<Call> refused() {
    return calls.stream().filter(call -> call.answer() instanceof RecordedAnswer.Refused).toList();
  }
}
