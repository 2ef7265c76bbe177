package points.load.model;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The part of an order that one member earned and paid. The sums that are due depend on the
 * returned parts of the whole order, for every member alike.
 *
 * @param sales the member's own
 */
public record MemberShare(SoldOrder order, List<Entry> sales, String memberId) {

  /** The accounts that it changed. */
  public Set<String> accounts() {
    Set<String> accounts = new TreeSet<>();
    sales.forEach(sale -> sale.movements().forEach(it -> accounts.add(it.account())));
    return accounts;
  }

  /** The sum to take from an account for the returned parts. */
  public long toTake(String account, ReturnedParts back) {
    long total = sales.stream().mapToLong(sale -> sale.broughtIn(account)).sum();
    Map<String, Long> byLine = order.pointsByLine();
    boolean isByLine =
        account.equals(Movement.POINTS)
            && byLine.values().stream().mapToLong(Long::longValue).sum() == total;
    Map<String, Long> shares = isByLine ? byLine : back.shares(total);
    long taken = order.back(memberId, "takenBack", account);
    long cancelled = sales.stream().mapToLong(sale -> order.cancelled(sale, account)).sum();
    return Math.max(0, Math.min(back.due(total, shares), total - cancelled) - taken);
  }

  /** The sum to give to an account for the returned parts. */
  public long toGive(String account, ReturnedParts back) {
    long total = sales.stream().mapToLong(sale -> sale.paidWith(account)).sum();
    return Math.max(
        0, back.due(total, back.shares(total)) - order.back(memberId, "givenBack", account));
  }

  /** Whether nothing is due. */
  public boolean isNothing(ReturnedParts back) {
    return accounts().stream().allMatch(it -> toTake(it, back) == 0 && toGive(it, back) == 0);
  }

  /** The sum paid from an account that was not given back yet. */
  public long left(String account) {
    long total = sales.stream().mapToLong(sale -> sale.paidWith(account)).sum();
    return total - order.back(memberId, "givenBack", account);
  }

  /** The share as a refund states it of another member than the one whose lines are returned. */
  public JsonObject due(ReturnedParts back) {
    JsonObject taken = new JsonObject();
    JsonObject given = new JsonObject();
    for (String account : accounts()) {
      putUnless0(taken, account, toTake(account, back));
      putUnless0(given, account, toGive(account, back));
    }
    return new JsonObject()
        .put("memberId", memberId)
        .put("takenBack", taken)
        .put("givenBack", given);
  }

  private static void putUnless0(JsonObject sums, String account, long points) {
    if (points != 0) {
      sums.put(account, points);
    }
  }
}
