package points.load.fault.check.order;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import points.load.model.Entry;
import points.load.model.Movement;

/**
 * What one member earned and paid by an order. What is due of it goes by what has come back of the
 * whole order, for every member alike.
 *
 * @param sales that member's
 */
public record MemberShare(SoldOrder order, List<Entry> sales, String memberId) {

  /** All that it earned into or was paid from. */
  public Set<String> accounts() {
    Set<String> accounts = new TreeSet<>();
    sales.forEach(sale -> sale.movements().forEach(it -> accounts.add(it.account())));
    return accounts;
  }

  /** What is to be taken back of an account when so much is back. */
  public long toTake(String account, ReturnedParts back) {
    long total = sales.stream().mapToLong(sale -> earned(sale, account)).sum();
    Map<String, Long> byLine = order.pointsByLine();
    boolean isByLine =
        account.equals(Movement.POINTS)
            && byLine.values().stream().mapToLong(Long::longValue).sum() == total;
    Map<String, Long> shares = isByLine ? byLine : back.shares(total);
    long taken = order.back(memberId, "takenBack", account);
    long cancelled = sales.stream().mapToLong(sale -> order.cancelled(sale, account)).sum();
    return Math.max(0, Math.min(back.due(total, shares), total - cancelled) - taken);
  }

  /** What is to be given back of an account when so much is back. */
  public long toGive(String account, ReturnedParts back) {
    long total = sales.stream().mapToLong(sale -> spent(sale, account)).sum();
    return Math.max(
        0, back.due(total, back.shares(total)) - order.back(memberId, "givenBack", account));
  }

  public boolean isNothing(ReturnedParts back) {
    return accounts().stream().allMatch(it -> toTake(it, back) == 0 && toGive(it, back) == 0);
  }

  /** What has been paid from an account and has not come back. */
  public long left(String account) {
    long total = sales.stream().mapToLong(sale -> spent(sale, account)).sum();
    return total - order.back(memberId, "givenBack", account);
  }

  /** As a refund says it of another than whose lines come back. */
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

  public static long earned(Entry sale, String account) {
    return sale.kind() == Entry.Kind.CAPTURE
        ? 0
        : sale.movements().stream()
            .filter(it -> it.account().equals(account))
            .mapToLong(it -> Math.max(0, it.worth()))
            .sum();
  }

  public static long spent(Entry sale, String account) {
    if (sale.kind() != Entry.Kind.CAPTURE) {
      return sale.paidWith(account);
    }
    return sale.extra().detail().getLong(account, 0L);
  }
}
