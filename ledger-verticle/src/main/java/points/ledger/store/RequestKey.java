package points.ledger.store;

import points.ledger.domain.Command;

/** What makes a request unique: the caller's idempotency key, in its program. */
public record RequestKey(String programId, String key) {

  public static RequestKey of(Command command) {
    return new RequestKey(command.member().programId(), command.request().key());
  }
}
