package points.gateway.node;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Report of a node on its own state.
 *
 * <p>It travels between nodes as JSON. A node skips fields that a later release adds, and takes a
 * default where an earlier one sends none.
 *
 * @param version of the software that runs there
 * @param address its machine and the port of its API
 * @param notReady why it takes no requests; null when it does
 * @param cachedReads whether it answers reads from the shared cache; else it reads PostgreSQL
 * @param nodes the nodes that it sees, itself among them
 * @param requests the requests that are under way there
 * @param listeners the callers that wait there for events
 */
public record NodeReport(
    String version,
    Instant startedAt,
    String address,
    @Nullable String notReady,
    boolean cachedReads,
    int nodes,
    int requests,
    int listeners,
    long heapUsedBytes,
    long heapMaxBytes) {

  JsonObject toJson() {
    return new JsonObject()
        .put("version", version)
        .put("startedAt", startedAt.toString())
        .put("address", address)
        .put("notReady", notReady)
        .put("cachedReads", cachedReads)
        .put("nodes", nodes)
        .put("requests", requests)
        .put("listeners", listeners)
        .put("heapUsedBytes", heapUsedBytes)
        .put("heapMaxBytes", heapMaxBytes);
  }

  /**
   * Reads back what {@link #toJson} wrote, here or on a node of another release.
   *
   * @throws IllegalArgumentException if it is no report
   */
  static NodeReport decode(String text) {
    try {
      var json = new JsonObject(text);
      return new NodeReport(
          json.getString("version", ""),
          Instant.parse(json.getString("startedAt", "")),
          json.getString("address", ""),
          json.getString("notReady"),
          json.getBoolean("cachedReads", false),
          json.getInteger("nodes", 0),
          json.getInteger("requests", 0),
          json.getInteger("listeners", 0),
          json.getLong("heapUsedBytes", 0L),
          json.getLong("heapMaxBytes", 0L));
    } catch (DecodeException | DateTimeParseException | ClassCastException e) {
      throw new IllegalArgumentException("no report of a node: " + e.getMessage(), e);
    }
  }
}
