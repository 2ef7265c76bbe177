package points.load.fault.check;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.Wish;

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

  List<Call> acknowledged() {
    return calls.stream().filter(call -> call.answer() instanceof Answer.Acknowledged).toList();
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
