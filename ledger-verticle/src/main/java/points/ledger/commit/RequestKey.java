package points.ledger.commit;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import points.ledger.command.Command;
import points.ledger.command.KeySpace;
import points.ledger.model.Entry;
import points.ledger.model.Request;

/** The key by which a request is unique: the caller's idempotency key, in its program. */
public record RequestKey(String programId, String key) {

  public static RequestKey of(Command command) {
    return new RequestKey(command.member().programId(), command.request().key());
  }

  /**
   * Finds the entry of this request among these.
   *
   * <p>It is the entry with the request's key. If there is none, it is the entry with the same
   * content and the key as it was when stores' keys were still the program's.
   */
  public Optional<Entry> among(Collection<Entry> found, UUID fingerprint) {
    Optional<Entry> own = found.stream().filter(it -> isOf(it, key)).findFirst();
    return own.isPresent() || !KeySpace.isOfStore(key)
        ? own
        : found.stream()
            .filter(it -> isOf(it, KeySpace.sent(key)))
            .filter(it -> fingerprintOf(it).equals(Optional.of(fingerprint)))
            .findFirst();
  }

  private boolean isOf(Entry entry, String wanted) {
    Request request = entry.request();
    return request != null
        && request.key().equals(wanted)
        && entry.member().programId().equals(programId);
  }

  private static Optional<UUID> fingerprintOf(Entry entry) {
    return Optional.ofNullable(entry.request()).map(Request::fingerprint);
  }
}
