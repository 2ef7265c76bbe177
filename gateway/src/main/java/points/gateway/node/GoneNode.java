package points.gateway.node;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A node that was in the cluster and is not any more.
 *
 * @param since when it was missed first
 * @param announced whether it said that it leaves, because it was stopped; else it died, or was cut
 *     off
 * @param address its machine and the port of its API; null when it never reported
 */
public record GoneNode(String nodeId, Instant since, boolean announced, @Nullable String address) {

  JsonObject toJson() {
    return new JsonObject()
        .put("nodeId", nodeId)
        .put("since", since.toString())
        .put("announced", announced)
        .put("address", address);
  }

  /**
   * Reads back what {@link #toJson} wrote, here or on a node of another release.
   *
   * @throws IllegalArgumentException if it is none
   */
  static GoneNode of(JsonObject json) {
    try {
      return new GoneNode(
          json.getString("nodeId", ""),
          Instant.parse(json.getString("since", "")),
          json.getBoolean("announced", false),
          json.getString("address"));
    } catch (DateTimeParseException | ClassCastException e) {
      throw new IllegalArgumentException("no node that is gone: " + e.getMessage(), e);
    }
  }

  /** Returns what two nodes know of one that is gone: the first of them missed it. */
  GoneNode and(GoneNode other) {
    return new GoneNode(
        nodeId,
        since.isBefore(other.since) ? since : other.since,
        announced && other.announced,
        address == null ? other.address : address);
  }
}
