package points.gateway.event;

import io.vertx.core.json.JsonObject;
import points.gateway.json.EntryJson;
import points.ledger.feed.FeedItem;
import points.ledger.form.Formats;
import points.ledger.model.Entry;

/**
 * Events in the JSON format of CloudEvents 1.0. An event never changes: an id and a source name it
 * once.
 */
final class EventJson {

  private EventJson() {}

  /**
   * Returns an event.
   *
   * @param isForOffice whether the caller is bound to no store
   */
  static JsonObject of(FeedItem item, boolean isForOffice) {
    return item instanceof FeedItem.OfEntry it
        ? entry(it.entry(), isForOffice)
        : change((FeedItem.OfChange) item);
  }

  private static JsonObject entry(Entry entry, boolean isForOffice) {
    return envelope(
            entry.transactionId(),
            entry.member().programId(),
            entry.kind().event(),
            entry.recordedAt().toString())
        .put("subject", entry.member().memberId())
        .put("membersequence", entry.sequence())
        .put("data", EntryJson.transaction(entry, isForOffice));
  }

  /** No transaction has such an id, because its own ends with a hyphen and its sequence. */
  private static JsonObject change(FeedItem.OfChange change) {
    JsonObject json =
        envelope(
            "event:" + change.position() + "." + change.index(),
            change.programId(),
            change.type(),
            change.at().toString());
    Formats.putUnlessNull(json, "subject", change.subject());
    return json.put("data", change.data());
  }

  private static JsonObject envelope(String id, String programId, String type, String time) {
    return new JsonObject()
        .put("specversion", "1.0")
        .put("id", id)
        .put("source", "/programs/" + programId)
        .put("type", type)
        .put("time", time)
        .put("datacontenttype", "application/json")
        .put("programid", programId);
  }
}
