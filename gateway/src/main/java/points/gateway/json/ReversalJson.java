package points.gateway.json;

import io.vertx.core.json.JsonObject;
import points.ledger.account.Accounts;
import points.ledger.model.Detail;
import points.ledger.model.Entry;

/** Reversals in the form that callers see. */
public final class ReversalJson {

  private ReversalJson() {}

  public static JsonObject reversal(Entry entry) {
    if (!(entry.detail() instanceof Detail.Reversed detail)) {
      throw new IllegalStateException("a reversal that does not say what it did: " + entry);
    }
    var json =
        new JsonObject()
            .put("transactionId", entry.transactionId())
            .put("reversed", entry.refersToId())
            .put("memberId", entry.member().memberId())
            .put("sequence", entry.sequence())
            .put("points", entry.points())
            .put("storedValue", entry.worth(Accounts.STORED_VALUE))
            .put("growth", entry.worth(Accounts.GROWTH))
            .put("balance", entry.balance())
            .put("expiredOnReturn", detail.expired())
            .put("debt", detail.debt());
    long lapsed = detail.lapsed().getOrDefault(Accounts.POINTS, 0L);
    if (lapsed > 0) {
      json.put("lapsed", lapsed);
    }
    return json.put("lots", EntryJson.lots(entry.lots(), 1))
        .put("reason", entry.origin().reason())
        .put("operator", entry.origin().operator())
        .put("recordedAt", entry.recordedAt().toString());
  }
}
