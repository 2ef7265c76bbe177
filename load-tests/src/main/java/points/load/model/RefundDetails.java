package points.load.model;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The details that a refund entry keeps: its sums, the refund it follows from, and its shares. */
public final class RefundDetails {
  private RefundDetails() {}

  /** The facts from which the refund was calculated; empty when an earlier version wrote it. */
  public static JsonObject basis(Entry refund) {
    return refund.extra().detail().getJsonObject("basis", new JsonObject());
  }

  static boolean isOfEarlierVersion(Entry refund) {
    return basis(refund).isEmpty();
  }

  /**
   * The member for whom this entry carries out a share of a refund; null when it is a refund
   * itself.
   */
  public static @Nullable String shareOwner(Entry refund) {
    return basis(refund).getString("shareOf");
  }

  /** The sum that the refund took from the member in one account. */
  public static long takenBack(Entry refund, String account) {
    return sum(refund, "takenBack", account);
  }

  /** The sum that the refund returned to the member in one account. */
  public static long givenBack(Entry refund, String account) {
    return sum(refund, "givenBack", account);
  }

  static long sum(Entry refund, String which, String account) {
    return refund.extra().detail().getJsonObject(which, new JsonObject()).getLong(account, 0L);
  }

  /** The shares of other members in a refund, sorted by member id. */
  public static List<JsonObject> shares(Entry refund) {
    return basis(refund).getJsonArray("others", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .sorted(Comparator.comparing((JsonObject it) -> it.getString("memberId")))
        .toList();
  }

  /** The idempotency key of the entry that carries out one member's share of a refund. */
  public static String shareKey(Entry refund, String memberId) {
    return ParkedRefund.entryKey(
            String.valueOf(refund.origin().storeId()),
            String.valueOf(refund.origin().orderId()),
            refund.extra().part())
        + " for "
        + memberId;
  }

  /**
   * Whether the movements of a refund are the sums that it states. Points that had expired are
   * less, and points that are charged or had lapsed are more.
   */
  public static boolean movesStatedSums(Entry refund, String account) {
    boolean isPoints = account.equals(Movement.POINTS);
    JsonObject detail = refund.extra().detail();
    long expired = of(refund, "expired", account, isPoints ? detail.getLong("expired", 0L) : 0);
    long lapsed = of(refund, "lapsed", account, 0);
    long charged = isPoints ? detail.getLong("shortfall", 0L) : 0;
    return refund.worth(account)
        == givenBack(refund, account) - expired - takenBack(refund, account) + charged + lapsed;
  }

  private static long of(Entry refund, String what, String account, long otherwise) {
    JsonObject sums = basis(refund).getJsonObject(what);
    return sums == null ? otherwise : sums.getLong(account, 0L);
  }
}
