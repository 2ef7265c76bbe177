package points.gateway.json;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import points.ledger.account.Accounts;
import points.ledger.account.Movement;
import points.ledger.form.Formats;
import points.ledger.model.Detail.ToppedUp;
import points.ledger.model.Entry;

/** Payments of stored value in and out, and exchanges, in the form that callers see. */
public final class StoredValueJson {

  private StoredValueJson() {}

  public static JsonObject topUp(Entry entry) {
    var detail = (ToppedUp) Objects.requireNonNull(entry.detail());
    JsonObject json =
        begin(entry)
            .put("amount", entry.amount())
            .put("bonus", detail.bonus())
            .put("storedValueBalance", EntryDetailJson.balance(entry, Accounts.STORED_VALUE))
            .put("points", entry.points())
            .put("balance", EntryDetailJson.left(entry, Accounts.POINTS))
            .put("lots", EntryJson.lots(EntryDetailJson.into(entry, Accounts.POINTS), 1));
    EntryDetailJson.putRepaid(json, entry, Accounts.POINTS);
    EntryDetailJson.putExpired(json, entry);
    return json.put("occurredAt", entry.occurredAt().toString())
        .put("recordedAt", entry.recordedAt().toString());
  }

  public static JsonObject payment(Entry entry) {
    return begin(entry)
        .put("amount", entry.amount())
        .put("storedValueBalance", EntryDetailJson.balance(entry, Accounts.STORED_VALUE))
        .put("recordedAt", entry.recordedAt().toString());
  }

  private static JsonObject begin(Entry entry) {
    return new JsonObject()
        .put("transactionId", entry.transactionId())
        .put("memberId", entry.member().memberId())
        .put("storeId", entry.origin().storeId())
        .put("orderId", entry.origin().orderId())
        .put("sequence", entry.sequence());
  }

  public static JsonObject exchange(Entry entry) {
    String from = account(entry, false);
    String to = account(entry, true);
    var json =
        new JsonObject()
            .put("transactionId", entry.transactionId())
            .put("memberId", entry.member().memberId());
    Formats.putUnlessNull(json, "storeId", entry.origin().storeId());
    json.put("sequence", entry.sequence())
        .put("from", from)
        .put("to", to)
        .put("points", -entry.worth(from))
        .put("received", entry.worth(to))
        .put("fromBalance", EntryDetailJson.balance(entry, from))
        .put("toBalance", EntryDetailJson.balance(entry, to));
    EntryDetailJson.putRepaid(json, entry, to);
    return json.put("recordedAt", entry.recordedAt().toString());
  }

  /** Returns the account that an exchange took from, or gave to. */
  private static String account(Entry exchange, boolean gained) {
    return exchange.movements().stream()
        .filter(it -> it.worth() > 0 == gained)
        .map(Movement::account)
        .findFirst()
        .orElseThrow();
  }
}
