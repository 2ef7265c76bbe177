package points.gateway.json;

import io.vertx.core.json.JsonObject;
import points.ledger.account.Accounts;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.form.Formats;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.Status;

/** Transfers, merges and closings of members in the form that callers see. */
public final class TransferJson {

  private TransferJson() {}

  public static JsonObject transfer(Entry entry) {
    var json =
        new JsonObject()
            .put("transactionId", entry.transactionId())
            .put("from", entry.member().memberId())
            .put("to", entry.counterpart())
            .put("sequence", entry.sequence())
            .put("points", -entry.points())
            .put("balance", entry.balance())
            .put("lots", EntryJson.lots(entry.lots(), -1));
    Formats.putUnlessNull(json, "storeId", entry.origin().storeId());
    Formats.putUnlessNull(json, "operator", entry.origin().operator());
    return json.put("reason", entry.origin().reason())
        .put("recordedAt", entry.recordedAt().toString());
  }

  /** Returns the answer to moving a sale to another member. */
  public static JsonObject move(Entry entry) {
    if (!(entry.detail() instanceof Detail.MovedSale moved)) {
      throw new IllegalStateException("a move that does not say of what: " + entry);
    }
    var json =
        new JsonObject()
            .put("transactionId", entry.transactionId())
            .put("moved", moved.of())
            .put("from", entry.member().memberId())
            .put("to", moved.memberId())
            .put("storeId", entry.origin().storeId())
            .put("orderId", entry.origin().orderId())
            .put("sequence", entry.sequence())
            .put("points", -moved.earned())
            .put("paid", -moved.spent())
            .put("balance", entry.balance());
    EntryDetailJson.putAccounts(json, entry, EntryDetailJson::left);
    Formats.putUnlessNull(json, "operator", entry.origin().operator());
    Formats.putUnlessNull(json, "reason", entry.origin().reason());
    return json.put("recordedAt", entry.recordedAt().toString());
  }

  public static JsonObject contribution(Entry entry) {
    return shared(entry, String.valueOf(entry.counterpart()), entry.member().memberId());
  }

  public static JsonObject withdrawal(Entry entry) {
    return shared(entry, entry.member().memberId(), String.valueOf(entry.counterpart()));
  }

  private static JsonObject shared(Entry entry, String poolId, String memberId) {
    return new JsonObject()
        .put("transactionId", entry.transactionId())
        .put("poolId", poolId)
        .put("memberId", memberId)
        .put("sequence", entry.sequence())
        .put("points", -entry.points())
        .put("balance", entry.balance())
        .put("recordedAt", entry.recordedAt().toString());
  }

  public static JsonObject merge(Entry entry) {
    return ending(entry, Status.MERGED)
        .put("into", entry.counterpart())
        .put("points", removed(entry, Accounts.POINTS, Place.AVAILABLE))
        .put("pending", removed(entry, Accounts.POINTS, Place.PENDING))
        .put("debt", removed(entry, Accounts.POINTS, Place.DEBT))
        .put("storedValue", removed(entry, Accounts.STORED_VALUE, Place.AVAILABLE))
        .put("growth", removed(entry, Accounts.GROWTH, Place.AVAILABLE));
  }

  /**
   * Returns the answer to a closing. The part of the payout beyond stored value is for available
   * points.
   */
  public static JsonObject closing(Entry entry) {
    long amount = entry.amount() == null ? 0 : entry.amount();
    long storedValue = removed(entry, Accounts.STORED_VALUE, Place.AVAILABLE);
    long points = removed(entry, Accounts.POINTS, Place.AVAILABLE);
    long paid = amount > storedValue ? points : 0;
    long pending = removed(entry, Accounts.POINTS, Place.PENDING);
    return ending(entry, Status.CLOSED)
        .put("amount", amount)
        .put("storedValue", storedValue)
        .put("pointsPaidOut", paid)
        .put("pointsForfeited", points - paid + pending)
        .put("debtForgiven", removed(entry, Accounts.POINTS, Place.DEBT));
  }

  private static JsonObject ending(Entry entry, Status status) {
    return new JsonObject()
        .put("transactionId", entry.transactionId())
        .put("memberId", entry.member().memberId())
        .put("sequence", entry.sequence())
        .put("status", Formats.label(status))
        .put("reason", entry.origin().reason())
        .put("operator", entry.origin().operator())
        .put("recordedAt", entry.recordedAt().toString());
  }

  private static long removed(Entry entry, String account, Place place) {
    return -entry.movements().stream()
        .filter(it -> it.account().equals(account) && it.place() == place)
        .mapToLong(Movement::points)
        .sum();
  }
}
