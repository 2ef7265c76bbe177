package points.load.fault.history;

import org.jspecify.annotations.Nullable;

/**
 * One sending of one operation to one node. A retry is another call with the same key.
 *
 * @param id its place among all calls of the history
 * @param client the sender
 * @param node the receiver
 * @param key the idempotency key; null for a read
 * @param begin before the first byte was sent, in nanoseconds of the history's one clock
 * @param end after the last byte of the answer had come, or when the caller gave up
 */
public record Call(
    long id,
    String client,
    String node,
    Operation operation,
    @Nullable String key,
    long begin,
    long end,
    RecordedAnswer answer) {

  /** One line for people. */
  @Override
  public String toString() {
    return "call %d [%.6f s to %.6f s] %s at %s, key %s: %s -> %s"
        .formatted(id, begin / 1e9, end / 1e9, client, node, key, operation, answer);
  }
}
