package points.load.fault;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import points.load.fault.history.Call;
import points.load.fault.history.RecordedAnswer;

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
        count(calls, RecordedAnswer.Acknowledged.class),
        calls.stream()
            .filter(
                c -> c.answer() instanceof RecordedAnswer.Acknowledged answer && answer.replayed())
            .count(),
        count(calls, RecordedAnswer.Refused.class),
        count(calls, RecordedAnswer.BalanceRead.class),
        count(calls, RecordedAnswer.NotApplied.class),
        count(calls, RecordedAnswer.ServerError.class),
        calls.stream()
            .map(Call::answer)
            .filter(RecordedAnswer.Unknown.class::isInstance)
            .map(answer -> ((RecordedAnswer.Unknown) answer).why().replaceAll(".*\\.|:.*", ""))
            .collect(Collectors.groupingBy(why -> why, TreeMap::new, Collectors.counting())));
  }

  private static long count(List<Call> calls, Class<? extends RecordedAnswer> kind) {
    return calls.stream().filter(call -> kind.isInstance(call.answer())).count();
  }

  @Override
  public String toString() {
    return ("%d calls: %d acknowledged (%d replayed), %d refused, %d read, %d not applied,"
            + " %d server errors, unknown %s")
        .formatted(calls, acknowledged, replayed, refused, read, notApplied, serverErrors, unknown);
  }
}
