package points.gateway.json;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import points.ledger.account.Accounts;
import points.ledger.account.Movement.Place;
import points.ledger.form.Formats;
import points.ledger.model.Detail.Captured;
import points.ledger.model.Entry;

/** Holds and their ends in the form that callers see, made of nothing but their entries. */
public final class HoldJson {

  private HoldJson() {}

  /** Returns the answer to placing a hold. */
  public static JsonObject placed(Entry hold) {
    JsonObject json =
        new JsonObject()
            .put("holdId", hold.transactionId())
            .put("memberId", hold.member().memberId())
            .put("storeId", hold.origin().storeId());
    Formats.putUnlessNull(json, "terminalId", hold.origin().terminalId());
    Formats.putUnlessNull(json, "orderId", hold.origin().orderId());
    json.put("sequence", hold.sequence())
        .put("points", hold.moved(Accounts.POINTS, Place.HELD))
        .put("storedValue", hold.moved(Accounts.STORED_VALUE, Place.HELD));
    putBalances(json, hold);
    json.put("lots", EntryJson.lots(EntryDetailJson.into(hold, Accounts.POINTS, Place.HELD), 1))
        .put("expiresAt", endsAt(hold).toString());
    Formats.putUnlessNull(json, "reason", hold.origin().reason());
    return json.put("recordedAt", hold.recordedAt().toString());
  }

  /**
   * Returns a hold as it is now. It counts as ended when its time is up, even if no entry says so
   * yet.
   *
   * @param around the hold and the entries that refer to it
   */
  public static JsonObject seen(Entry hold, List<Entry> around, Instant now) {
    JsonObject json = placed(hold);
    json.remove("balance");
    json.remove("storedValueBalance");
    Optional<Entry> end =
        around.stream().filter(it -> Objects.equals(it.refersTo(), hold.sequence())).findFirst();
    if (end.isPresent()) {
      return json.mergeIn(ended(end.get()));
    }
    return now.isBefore(endsAt(hold))
        ? json.put("status", "held")
        : json.put("status", "expired").put("endedAt", endsAt(hold).toString());
  }

  private static JsonObject ended(Entry end) {
    var json = new JsonObject();
    if (end.kind() == Entry.Kind.CAPTURE) {
      Captured captured = (Captured) Objects.requireNonNull(end.detail());
      json.put("status", "captured")
          .put(
              "captured",
              new JsonObject()
                  .put("points", captured.points())
                  .put("storedValue", captured.storedValue()));
    } else {
      json.put("status", end.request() == null ? "expired" : "released");
    }
    // The end by time is stored late, with the time at which it was due.
    return json.put("endedAt", end.occurredAt().toString()).put("endedBy", end.transactionId());
  }

  public static JsonObject captured(Entry capture) {
    Captured detail = (Captured) Objects.requireNonNull(capture.detail());
    long held = -capture.moved(Accounts.STORED_VALUE, Place.HELD);
    return end(
        capture,
        new JsonObject()
            .put("points", detail.points())
            .put("storedValue", detail.storedValue())
            .put("released", detail.released())
            .put("storedValueReleased", held - detail.storedValue())
            .put("expiredOnReturn", detail.expired()));
  }

  /** Returns the answer to a release. Held points that did not come back have expired. */
  public static JsonObject released(Entry release) {
    long expired = -release.points();
    return end(
        release,
        new JsonObject()
            .put("released", -release.moved(Accounts.POINTS, Place.HELD) - expired)
            .put("storedValueReleased", -release.moved(Accounts.STORED_VALUE, Place.HELD))
            .put("expiredOnReturn", expired));
  }

  private static JsonObject end(Entry end, JsonObject amounts) {
    var json =
        new JsonObject()
            .put("transactionId", end.transactionId())
            .put("holdId", end.refersToId())
            .put("memberId", end.member().memberId())
            .put("storeId", end.origin().storeId());
    Formats.putUnlessNull(json, "orderId", end.origin().orderId());
    json.put("sequence", end.sequence()).mergeIn(amounts);
    EntryDetailJson.putRepaid(json, end, Accounts.POINTS);
    putBalances(json, end);
    Formats.putUnlessNull(json, "reason", end.origin().reason());
    return json.put("recordedAt", end.recordedAt().toString());
  }

  /** Adds the balances. That of stored value is known only to an entry that touched it. */
  private static void putBalances(JsonObject json, Entry entry) {
    json.put("balance", entry.balance());
    Formats.putUnlessNull(json, "storedValueBalance", entry.balances().get(Accounts.STORED_VALUE));
  }

  private static Instant endsAt(Entry hold) {
    return Objects.requireNonNull(EntryDetailJson.endsAt(hold));
  }
}
