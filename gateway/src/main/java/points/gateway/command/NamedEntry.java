package points.gateway.command;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.call.ParsedCall;
import points.gateway.web.CallResult;
import points.gateway.web.RefusalProblem;
import points.gateway.web.StoreScope;
import points.gateway.web.TransactionId;
import points.ledger.Ledger;
import points.ledger.command.Refusal;
import points.ledger.model.Entry;

/**
 * An entry that a call names and acts on, in the store where the entry was made.
 *
 * @param id null when the caller sent something that is no transaction id
 */
record NamedEntry(Ledger ledger, Credential caller, @Nullable TransactionId id) {

  /**
   * Makes the call, which looks the entry up first.
   *
   * @param isWanted whether the call may act on the entry
   * @param otherwise the refusal when there is no such entry
   * @param work acts on an entry of a store that the caller acts for
   */
  ParsedCall call(
      Predicate<Entry> isWanted, Refusal otherwise, Function<Entry, Future<CallResult>> work) {
    return ParsedCall.of(
        id, () -> find().compose(found -> act(found.filter(isWanted), otherwise, work)));
  }

  private Future<Optional<Entry>> find() {
    return id == null
        ? Future.succeededFuture(Optional.empty())
        : ledger.entries().find(id.member(), id.sequence());
  }

  private Future<CallResult> act(
      Optional<Entry> found, Refusal otherwise, Function<Entry, Future<CallResult>> work) {
    if (found.isEmpty()) {
      return CallResult.failure(RefusalProblem.of(otherwise));
    }
    return caller.actsFor(found.get().origin().storeId())
        ? work.apply(found.get())
        : CallResult.failure(StoreScope.outOfScope(caller));
  }
}
