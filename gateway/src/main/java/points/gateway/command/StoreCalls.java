package points.gateway.command;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import points.gateway.access.Credential;
import points.gateway.call.OutcomeMapping;
import points.gateway.call.ParsedCall;
import points.gateway.web.CallResult;
import points.gateway.web.JsonRequest;
import points.gateway.web.Metadata;
import points.gateway.web.StoreScope;
import points.ledger.Ledger;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Precondition;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.model.Entry;
import points.ledger.model.Origin;
import points.ledger.registry.Stores;

/** Submits commands for stores that exist and that the caller may act for. */
final class StoreCalls {

  private final Ledger ledger;
  private final StoreScope scope;

  StoreCalls(Ledger ledger, Stores stores) {
    this.ledger = ledger;
    this.scope = new StoreScope(stores);
  }

  /**
   * Makes a call of a command.
   *
   * @param body the answer that an entry makes
   */
  ParsedCall of(Credential caller, Command command, Function<Entry, JsonObject> body) {
    return ParsedCall.of(
        command, work(caller, command, () -> ledger.submit(command), result(body)));
  }

  /** Makes a call of a command that is refused when its precondition does not hold. */
  ParsedCall of(
      Credential caller,
      Command command,
      Precondition precondition,
      Function<Entry, JsonObject> body) {
    return ParsedCall.of(
        command, work(caller, command, () -> ledger.submit(command, precondition), result(body)));
  }

  /** Makes a call of a sale that a till has dated. */
  ParsedCall ofSale(Credential caller, Command sale, Function<Entry, JsonObject> body) {
    Function<Outcome, CallResult> result = result(body);
    return ParsedCall.ofSale(
        new ParsedCall.Sale(sale, result), work(caller, sale, () -> ledger.submit(sale), result));
  }

  /**
   * Reads the origin of points that are moved by hand.
   *
   * <p>A caller that is bound to stores acts for one of them; the only one need not be named.
   */
  static Origin byHand(Credential caller, JsonRequest input) {
    JsonFields body = input.body();
    String storeId = body.has("storeId") ? body.id("storeId") : caller.onlyStore();
    if (storeId == null && caller.stores() != null) {
      body.wrong("storeId", FieldFault.STORE_REQUIRED, new TreeSet<>(caller.stores()));
    }
    String operator = body.readable("operator", Formats.OPERATOR_LENGTH_MAX);
    String reason = body.readable("reason", Formats.REASON_LENGTH_MAX);
    return new Origin(storeId, null, null, operator, reason)
        .with(Metadata.of(body))
        .sentBy(input.actor());
  }

  private static Function<Outcome, CallResult> result(Function<Entry, JsonObject> body) {
    return outcome -> OutcomeMapping.result(outcome, 201, body);
  }

  private Supplier<Future<CallResult>> work(
      Credential caller,
      Command command,
      Supplier<Future<Outcome>> submit,
      Function<Outcome, CallResult> result) {
    return () ->
        scope.withinOwn(caller, command.origin().storeId(), () -> submit.get().map(result));
  }
}
