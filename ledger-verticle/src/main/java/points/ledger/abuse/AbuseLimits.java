package points.ledger.abuse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.abuse.AbuseLimit.Action;
import points.ledger.abuse.AbuseLimit.Count;
import points.ledger.abuse.AbuseLimit.Per;

/**
 * The limits of a rule book against abuse.
 *
 * @param all in the order of the book; at most {@value #MAX}
 */
public record AbuseLimits(List<AbuseLimit> all) {

  public static final int MAX = 20;

  public static final AbuseLimits NONE = new AbuseLimits(List.of());

  /**
   * The limits that an order is beyond.
   *
   * @param refusedBy the first that refuses; null for none
   * @param limits the ids of all of them, in the order of the book
   */
  public record Breach(@Nullable AbuseLimit refusedBy, List<String> limits) {
    static final Breach NONE = new Breach(null, List.of());
  }

  /** Returns whether a member's state has to remember its latest orders. */
  public boolean lookAtMembers() {
    return all.stream().anyMatch(it -> it.per() == Per.MEMBER);
  }

  /**
   * Judges an order.
   *
   * @param lateness the time from its payment until now
   * @param before the member's latest orders
   * @param busy the ids of limits that its till, the person there or its store has reached
   */
  public Breach judge(
      RecentOrder order, Duration lateness, RecentOrders before, Collection<String> busy) {
    if (all.isEmpty()) {
      return Breach.NONE;
    }
    var exceeded = new ArrayList<String>();
    AbuseLimit refusedBy = null;
    for (AbuseLimit it : all) {
      if (isExceeded(it, order, lateness, before, busy)) {
        exceeded.add(it.id());
        refusedBy = refusedBy == null && it.action() == Action.REFUSE ? it : refusedBy;
      }
    }
    return exceeded.isEmpty() ? Breach.NONE : new Breach(refusedBy, List.copyOf(exceeded));
  }

  private static boolean isExceeded(
      AbuseLimit limit,
      RecentOrder order,
      Duration lateness,
      RecentOrders before,
      Collection<String> busy) {
    return switch (limit.per()) {
      case MEMBER -> before.exceed(limit, order);
      case CASHIER, TERMINAL, STORE -> busy.contains(limit.id());
      case RECEIPT ->
          limit.count() == Count.LATENESS
              ? lateness.compareTo(limit.within()) > 0
              : limit.isExceededBy(order.counted(limit.count()));
    };
  }
}
