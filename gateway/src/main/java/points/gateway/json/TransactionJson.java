package points.gateway.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import points.ledger.command.EntryHistory;
import points.ledger.command.Undone;
import points.ledger.form.Formats;
import points.ledger.model.Entry;
import points.ledger.order.Undoing;

/** Entries with the entries that undid them, in the form that callers see. */
public final class TransactionJson {

  private TransactionJson() {}

  /**
   * Returns an entry with the entries that undid it, and its author for head office.
   *
   * @param isForOffice whether the caller is bound to no store
   */
  public static JsonObject of(Entry entry, EntryHistory history, boolean isForOffice) {
    JsonObject json = EntryJson.transaction(entry, isForOffice);
    Undone undone = Undoing.of(entry, history);
    return undone == null
        ? json
        : json.put(
            "undone",
            new JsonObject()
                .put("how", Formats.label(undone.how()).replace('_', '-'))
                .put("by", new JsonArray(undone.by())));
  }
}
