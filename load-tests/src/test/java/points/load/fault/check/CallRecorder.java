package points.load.fault.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.answer.ExpectedAnswer;
import points.load.fault.history.Call;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;

/** Records calls with the answers that a gateway would give. */
class CallRecorder {
  final List<Call> calls = new ArrayList<>();
  int keys;

  /** Records a refusal at a moment, in seconds from the beginning. */
  void isRefused(Operation operation, long second, String code, @Nullable Long available) {
    asks(operation, second, new RecordedAnswer.Refused(409, code, available));
  }

  /** Records an acknowledgement at a moment, with the fields of an entry. */
  void isAcknowledged(Operation operation, long second, Entry entry, boolean replayed) {
    asks(operation, second, acknowledgement(entry, replayed));
  }

  /**
   * Somebody asked for something that has no entry, or not yet.
   *
   * @return the key
   */
  String asks(Operation operation, long second, RecordedAnswer answer) {
    String key = "k" + ++keys;
    boolean hasKey = !(operation instanceof Operation.Join || operation instanceof Operation.Leave);
    asksAgain(hasKey ? key : null, operation, second, answer);
    return key;
  }

  void asksAgain(@Nullable String key, Operation operation, long second, RecordedAnswer answer) {
    long begin = second * 1_000_000_000L;
    calls.add(new Call(calls.size(), "c1", "n1", operation, key, begin, begin + 1_000_000, answer));
  }

  void sees(String member, long second, RecordedAnswer.BalanceRead balance) {
    asksAgain(null, new Operation.Balance(member), second, balance);
  }

  static RecordedAnswer acknowledgement(Entry entry, boolean replayed) {
    return new RecordedAnswer.Acknowledged(ExpectedAnswer.of(entry).encode(), replayed);
  }
}
