package points.load.fault.check.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.Operation;

/**
 * Who shares a pool when, as far as the calls tell that changed it. Nobody knows when in its time a
 * call took effect, nor, if it was not answered, whether and how late.
 */
public final class PoolMemberships {

  /** A member of a pool. */
  private record Sharer(String memberId, String poolId) {}

  private final Map<Sharer, List<Call>> changes = new HashMap<>();

  public PoolMemberships(List<Call> calls) {
    for (Call call : calls) {
      Sharer sharer =
          call.operation() instanceof Operation.Join join
              ? new Sharer(join.memberId(), join.poolId())
              : call.operation() instanceof Operation.Leave leave
                  ? new Sharer(leave.memberId(), leave.poolId())
                  : null;
      if (sharer != null && mayBeDone(call)) {
        changes.computeIfAbsent(sharer, it -> new ArrayList<>()).add(call);
      }
    }
  }

  private static boolean mayBeDone(Call call) {
    return !(call.answer() instanceof Answer.Refused)
        && !(call.answer() instanceof Answer.NotApplied);
  }

  /**
   * Whether a call was refused as one of somebody who was not in the pool, and may not have been.
   */
  public boolean isTrue(Call call) {
    Sharer sharer = sharer(call.operation());
    return sharer != null
        && call.answer() instanceof Answer.Refused refused
        && refused.code().equals("not_in_pool")
        && !isSurelyIn(sharer, call.begin(), call.end());
  }

  /** Whether who shares was in the pool, or may have been, at some moment of a time. */
  public boolean mayBeIn(Operation operation, long from, long to) {
    Sharer sharer = sharer(operation);
    return sharer == null
        || all(sharer, true)
            .filter(join -> join.begin() <= to)
            .anyMatch(
                join ->
                    all(sharer, false)
                        .noneMatch(leave -> leave.begin() > end(join) && end(leave) < from));
  }

  /** Who puts in, takes out or spends; null when that is not what is wanted. */
  private static @Nullable Sharer sharer(Operation operation) {
    if (operation instanceof Operation.Share share) {
      return new Sharer(share.sharer(), share.poolId());
    }
    return operation instanceof Operation.SharedDeduction deduction
        ? new Sharer(deduction.sharer(), deduction.poolId())
        : null;
  }

  private boolean isSurelyIn(Sharer sharer, long from, long to) {
    return all(sharer, true)
        .filter(join -> end(join) < from)
        .anyMatch(
            join ->
                all(sharer, false)
                    .allMatch(leave -> leave.begin() > to || end(leave) < join.begin()));
  }

  private Stream<Call> all(Sharer sharer, boolean joins) {
    return changes.getOrDefault(sharer, List.of()).stream()
        .filter(it -> it.operation() instanceof Operation.Join == joins);
  }

  /** When it is sure to have taken effect. */
  private static long end(Call call) {
    return call.answer() instanceof Answer.Acknowledged ? call.end() : Long.MAX_VALUE;
  }
}
