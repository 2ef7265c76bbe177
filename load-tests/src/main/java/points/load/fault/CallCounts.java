package points.load.fault;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;

/** The number of calls by their answers. */
public record CallCounts(
    long calls,
    long acknowledged,
    long replayed,
    long refused,
    long read,
    long notApplied,
    long serverErrors,
    Map<String, Long> unknown) {

  static CallCounts of(List<Call> calls) {
    return new CallCounts(
        calls.size(),
        count(calls, Answer.Acknowledged.class),
        calls.stream()
            .filter(c -> c.answer() instanceof Answer.Acknowledged answer && answer.replayed())
            .count(),
        count(calls, Answer.Refused.class),
        count(calls, Answer.BalanceRead.class),
        count(calls, Answer.NotApplied.class),
        count(calls, Answer.ServerError.class),
        calls.stream()
            .map(Call::answer)
            .filter(Answer.Unknown.class::isInstance)
            .map(answer -> ((Answer.Unknown) answer).why().replaceAll(".*\\.|:.*", ""))
            .collect(Collectors.groupingBy(why -> why, TreeMap::new, Collectors.counting())));
  }

  private static long count(List<Call> calls, Class<? extends Answer> kind) {
    return calls.stream().filter(call -> kind.isInstance(call.answer())).count();
  }

  @Override
  public String toString() {
    return ("%d calls: %d acknowledged (%d replayed), %d refused, %d read, %d not applied,"
            + " %d server errors, unknown %s")
        .formatted(calls, acknowledged, replayed, refused, read, notApplied, serverErrors, unknown);
  }
}
