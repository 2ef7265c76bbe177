package points.load.fault.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.Wish;

/**
 * Who shares a pool when, as far as the calls tell that changed it. Nobody knows when in its time a
 * call took effect, nor, if it was not answered, whether and how late.
 */
final class Pools {

  /** A member of a pool. */
  private record Sharer(String memberId, String poolId) {}

  private final Map<Sharer, List<Call>> changes = new HashMap<>();

  Pools(List<Call> calls) {
    for (Call call : calls) {
      Sharer sharer =
          call.wish() instanceof Wish.Join join
              ? new Sharer(join.memberId(), join.poolId())
              : call.wish() instanceof Wish.Leave leave
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
  boolean isTrue(Call call) {
    Sharer sharer = sharer(call.wish());
    return sharer != null
        && call.answer() instanceof Answer.Refused refused
        && refused.code().equals("not_in_pool")
        && !isSurelyIn(sharer, call.begin(), call.end());
  }

  /** Whether who shares was in the pool, or may have been, at some moment of a time. */
  boolean mayBeIn(Wish wish, long from, long to) {
    Sharer sharer = sharer(wish);
    return sharer == null
        || all(sharer, true)
            .filter(join -> join.begin() <= to)
            .anyMatch(
                join ->
                    all(sharer, false)
                        .noneMatch(leave -> leave.begin() > end(join) && end(leave) < from));
  }

  /** Who puts in, takes out or spends; null when that is not what is wanted. */
  private static @Nullable Sharer sharer(Wish wish) {
    if (wish instanceof Wish.Share share) {
      return new Sharer(share.sharer(), share.poolId());
    }
    return wish instanceof Wish.SharedDeduction deduction
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
        .filter(it -> it.wish() instanceof Wish.Join == joins);
  }

  /** When it is sure to have taken effect. */
  private static long end(Call call) {
    return call.answer() instanceof Answer.Acknowledged ? call.end() : Long.MAX_VALUE;
  }
}
