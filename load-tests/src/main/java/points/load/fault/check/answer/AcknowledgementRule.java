package points.load.fault.check.answer;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.fault.check.history.RequestCalls;
import points.load.fault.history.Call;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;

/** An acknowledged change has an entry, and the answer states what that entry did. */
public final class AcknowledgementRule {
  private AcknowledgementRule() {}

  /** Reports acknowledgements without an entry, or with other fields. */
  public static void check(MemberHistory member, Findings findings) {
    for (RequestCalls request : member.requests()) {
      if (request.operation() instanceof Operation.Withdrawal) {
        continue; // it has no entry
      }
      List<Entry> own = member.entriesOf(request);
      Optional<Entry> entry = own.isEmpty() ? member.doneBefore(request) : Optional.of(own.get(0));
      for (Call call : request.acknowledged()) {
        entry.ifPresentOrElse(
            it -> compare(call, it, findings),
            () -> findings.add("an acknowledged change is not in the ledger", call));
      }
    }
  }

  private static void compare(Call call, Entry entry, Findings findings) {
    JsonObject answer = body(call);
    if (answer == null) {
      findings.add("an acknowledgement is no JSON object", List.of(call), List.of(entry));
      return;
    }
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, Object> field : ExpectedAnswer.of(entry)) {
      Object value = answer.getValue(field.getKey());
      if (!answer.containsKey(field.getKey()) || !isSame(value, field.getValue())) {
        wrong.add("%s is %s, the entry has %s".formatted(field.getKey(), value, field.getValue()));
      }
    }
    if (!wrong.isEmpty()) {
      findings.add(
          "an acknowledgement states other than its entry: " + String.join("; ", wrong),
          List.of(call),
          List.of(entry));
    }
  }

  /** The body; null when it is no JSON object. */
  private static @Nullable JsonObject body(Call call) {
    try {
      return new JsonObject(((RecordedAnswer.Acknowledged) call.answer()).body());
    } catch (DecodeException | ClassCastException e) {
      return null;
    }
  }

  /** Numbers of 32 and of 64 bits are the same. */
  private static boolean isSame(@Nullable Object value, Object expected) {
    return new JsonArray().add(value).equals(new JsonArray().add(expected));
  }
}
