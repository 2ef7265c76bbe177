package points.gateway.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.account.Movement.Place;
import points.ledger.form.Formats;
import points.ledger.model.Actor;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.Origin.Channel;
import points.ledger.model.Status;

/**
 * Entries in the form that callers see. An answer is made of nothing but its entry, so the same
 * entry makes the same bytes for ever: a replay needs no stored answer.
 */
public final class EntryJson {

  private EntryJson() {}

  public static JsonObject accrual(Entry entry) {
    var json =
        new JsonObject()
            .put("transactionId", entry.transactionId())
            .put("memberId", entry.member().memberId())
            .put("storeId", entry.origin().storeId())
            .put("orderId", entry.origin().orderId())
            .put("sequence", entry.sequence())
            .put("points", entry.points() + entry.paid() + entry.owed())
            .put("balance", EntryDetailJson.left(entry, Accounts.POINTS))
            .put("lots", lots(EntryDetailJson.into(entry, Accounts.POINTS), 1))
            .put("lines", lines(entry.lines()))
            .put("occurredAt", entry.occurredAt().toString())
            .put("recordedAt", entry.recordedAt().toString());
    EntryDetailJson.ofSale(json, entry);
    return json;
  }

  public static JsonObject preview(Entry entry) {
    JsonObject json = accrual(entry);
    json.remove("transactionId");
    json.remove("sequence");
    json.remove("recordedAt");
    return json;
  }

  /**
   * Returns the answer to a deduction. If a member spent points of a pool, the answer names that
   * member.
   */
  public static JsonObject deduction(Entry entry) {
    String sharer = entry.onBehalfOf();
    String owner = entry.member().memberId();
    var json =
        new JsonObject()
            .put("transactionId", entry.transactionId())
            .put("memberId", sharer == null ? owner : sharer);
    Formats.putUnlessNull(json, "poolId", sharer == null ? null : owner);
    json.put("storeId", entry.origin().storeId());
    Formats.putUnlessNull(json, "orderId", entry.origin().orderId());
    String account = EntryDetailJson.account(entry);
    json.put("sequence", entry.sequence());
    putUnlessFirst(json, account);
    return json.put("points", -entry.worth(account))
        .put("balance", EntryDetailJson.balance(entry, account))
        .put("lots", lots(EntryDetailJson.lots(entry, account), -1))
        .put("reason", entry.origin().reason())
        .put("recordedAt", entry.recordedAt().toString());
  }

  public static JsonObject adjustment(Entry entry) {
    String account = EntryDetailJson.account(entry);
    var json =
        new JsonObject()
            .put("transactionId", entry.transactionId())
            .put("memberId", entry.member().memberId())
            .put("sequence", entry.sequence());
    putUnlessFirst(json, account);
    json.put("points", entry.worth(account))
        .put("balance", EntryDetailJson.balance(entry, account))
        .put("lots", lots(EntryDetailJson.lots(entry, account), 1))
        .put("reason", entry.origin().reason())
        .put("operator", entry.origin().operator())
        .put("recordedAt", entry.recordedAt().toString());
    EntryDetailJson.putRepaid(json, entry, account);
    return json;
  }

  private static void putUnlessFirst(JsonObject json, String account) {
    if (!account.equals(Accounts.POINTS)) {
      json.put("currency", account);
    }
  }

  /** Returns the answer to a call by which pending points became available or were taken back. */
  public static JsonObject pendingEnded(Entry entry) {
    var json =
        new JsonObject()
            .put("transactionId", entry.transactionId())
            .put("refersTo", entry.refersToId())
            .put("memberId", entry.member().memberId());
    Formats.putUnlessNull(json, "storeId", entry.origin().storeId());
    json.put("sequence", entry.sequence())
        .put("points", -entry.moved(Accounts.POINTS, Place.PENDING))
        .put("balance", EntryDetailJson.left(entry, Accounts.POINTS))
        .put("lots", lots(EntryDetailJson.into(entry, Accounts.POINTS), 1));
    EntryDetailJson.putRepaid(json, entry, Accounts.POINTS);
    EntryDetailJson.putExpired(json, entry);
    EntryDetailJson.putAccounts(json, entry, EntryDetailJson::left);
    Formats.putUnlessNull(json, "reason", entry.origin().reason());
    return json.put("recordedAt", entry.recordedAt().toString());
  }

  public static JsonObject opening(Entry entry) {
    var json =
        new JsonObject()
            .put("transactionId", entry.transactionId())
            .put("memberId", entry.member().memberId())
            .put("sequence", entry.sequence())
            .put("points", entry.points())
            .put("storedValue", entry.worth(Accounts.STORED_VALUE))
            .put("growth", entry.worth(Accounts.GROWTH))
            .put("balance", EntryDetailJson.left(entry, Accounts.POINTS))
            .put("lots", lots(entry.lots(), 1));
    EntryDetailJson.putExpired(json, entry);
    return json.put("recordedAt", entry.recordedAt().toString());
  }

  public static JsonObject statusChange(Entry entry) {
    Status status = entry.kind() == Entry.Kind.FREEZE ? Status.FROZEN : Status.ACTIVE;
    return new JsonObject()
        .put("transactionId", entry.transactionId())
        .put("memberId", entry.member().memberId())
        .put("sequence", entry.sequence())
        .put("status", Formats.label(status))
        .put("recordedAt", entry.recordedAt().toString());
  }

  /**
   * Returns an entry of a member's history, with its author for head office.
   *
   * @param isForOffice whether the caller is bound to no store
   */
  public static JsonObject entry(Entry entry, boolean isForOffice) {
    JsonObject json = entry(entry);
    Actor actor = entry.origin().actor();
    if (isForOffice && actor != null) {
      json.put(
          "actor", new JsonObject().put("kind", Formats.label(actor.kind())).put("id", actor.id()));
    } else if (isForOffice && entry.request() == null) {
      json.put("actor", new JsonObject().put("kind", "node"));
    }
    return json;
  }

  /** Returns an entry of a member's history. */
  public static JsonObject entry(Entry entry) {
    var json =
        new JsonObject()
            .put("transactionId", entry.transactionId())
            .put("sequence", entry.sequence())
            .put("kind", Formats.label(entry.kind()))
            .put("points", entry.points())
            .put("balance", entry.balance())
            .put("lots", lots(entry.lots(), 1));
    Formats.putUnlessNull(json, "storeId", entry.origin().storeId());
    Formats.putUnlessNull(json, "terminalId", entry.origin().terminalId());
    Channel channel = entry.origin().channel();
    Formats.putUnlessNull(json, "channel", channel == null ? null : Formats.label(channel));
    Formats.putUnlessNull(json, "cashierId", entry.origin().cashierId());
    Formats.putUnlessNull(json, "orderId", entry.origin().orderId());
    String sharer = entry.onBehalfOf();
    String operator = entry.origin().operator();
    Formats.putUnlessNull(json, "operator", Objects.equals(operator, sharer) ? null : operator);
    Formats.putUnlessNull(json, "onBehalfOf", sharer);
    Formats.putUnlessNull(json, "reason", entry.origin().reason());
    Formats.putUnlessNull(json, "amount", entry.amount());
    JsonArray lines = lines(entry.lines());
    if (!lines.isEmpty()) {
      json.put("lines", lines);
    }
    EntryDetailJson.ofEntry(json, entry);
    if (!entry.origin().metadata().isEmpty()) {
      json.put("metadata", new JsonObject(new TreeMap<>(entry.origin().metadata())));
    }
    return json.put("occurredAt", entry.occurredAt().toString())
        .put("recordedAt", entry.recordedAt().toString());
  }

  /** Returns the same with its member, for callers that did not ask by member. */
  public static JsonObject transaction(Entry entry, boolean isForOffice) {
    return entry(entry, isForOffice).put("memberId", entry.member().memberId());
  }

  public static JsonArray lots(List<Lot> lots, int sign) {
    var array = new JsonArray();
    for (Lot lot : lots) {
      array.add(lot(lot, sign));
    }
    return array;
  }

  public static JsonObject lot(Lot lot, int sign) {
    boolean never = lot.expiresAt().equals(Lot.NEVER);
    return new JsonObject()
        .put("expiresAt", never ? null : lot.expiresAt().toString())
        .put("points", sign * lot.points());
  }

  /**
   * Lists the lines of an order. A refund of an order without lines has one without a name, which
   * is left out because callers do not know of it.
   */
  private static JsonArray lines(List<EarnedLine> lines) {
    var array = new JsonArray();
    for (EarnedLine earned : lines) {
      if (!earned.line().lineId().isEmpty()) {
        array.add(line(earned));
      }
    }
    return array;
  }

  /** Returns a line. Those of refunds have no product and no quantity: the sale has them. */
  private static JsonObject line(EarnedLine earned) {
    Line line = earned.line();
    var json = new JsonObject().put("lineId", line.lineId());
    if (!line.productId().isEmpty()) {
      json.put("productId", line.productId());
      Formats.putUnlessNull(json, "category", line.category());
      json.put("quantity", line.quantity());
    }
    return json.put("amount", line.amount()).put("points", earned.points());
  }
}
