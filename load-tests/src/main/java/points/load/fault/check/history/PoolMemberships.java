package points.load.fault.check.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Call;
import points.load.fault.history.Operation;
import points.load.fault.history.RecordedAnswer;

/**
 * The times for which members share pools, as far as the calls show it. A call takes effect at any
 * moment until its answer; without an answer it may take effect later, or never.
 */
public final class PoolMemberships {
  private record Membership(String memberId, String poolId) {}

  private final Map<Membership, List<Call>> changes = new HashMap<>();

  PoolMemberships(List<Call> calls) {
    for (Call call : calls) {
      Membership membership = changed(call.operation());
      if (membership != null && mayBeDone(call)) {
        changes.computeIfAbsent(membership, it -> new ArrayList<>()).add(call);
      }
    }
  }

  private static @Nullable Membership changed(Operation operation) {
    if (operation instanceof Operation.Join join) {
      return new Membership(join.memberId(), join.poolId());
    }
    return operation instanceof Operation.Leave leave
        ? new Membership(leave.memberId(), leave.poolId())
        : null;
  }

  private static boolean mayBeDone(Call call) {
    return !(call.answer() instanceof RecordedAnswer.Refused)
        && !(call.answer() instanceof RecordedAnswer.NotApplied);
  }

  /**
   * Whether a call was refused because its member was not in the pool, and it may not have been.
   */
  public boolean isRightlyRefused(Call call) {
    Membership needed = needed(call.operation());
    return needed != null
        && call.answer() instanceof RecordedAnswer.Refused refused
        && refused.code().equals("not_in_pool")
        && !isSurelyIn(needed, call.begin(), call.end());
  }

  /** Whether an operation needs no pool, or its member may have been in it in a time. */
  public boolean mayBeIn(Operation operation, long from, long to) {
    Membership needed = needed(operation);
    return needed == null
        || all(needed, true)
            .filter(join -> join.begin() <= to)
            .anyMatch(
                join ->
                    all(needed, false)
                        .noneMatch(leave -> leave.begin() > end(join) && end(leave) < from));
  }

  private static @Nullable Membership needed(Operation operation) {
    if (operation instanceof Operation.Share share) {
      return new Membership(share.sharer(), share.poolId());
    }
    return operation instanceof Operation.SharedDeduction deduction
        ? new Membership(deduction.sharer(), deduction.poolId())
        : null;
  }

  private boolean isSurelyIn(Membership membership, long from, long to) {
    return all(membership, true)
        .filter(join -> end(join) < from)
        .anyMatch(
            join ->
                all(membership, false)
                    .allMatch(leave -> leave.begin() > to || end(leave) < join.begin()));
  }

  private Stream<Call> all(Membership membership, boolean joins) {
    return changes.getOrDefault(membership, List.of()).stream()
        .filter(it -> it.operation() instanceof Operation.Join == joins);
  }

  /** The moment by which a call certainly took effect. */
  private static long end(Call call) {
    return call.answer() instanceof RecordedAnswer.Acknowledged ? call.end() : Long.MAX_VALUE;
  }
}
