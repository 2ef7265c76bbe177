package points.gateway.web;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.web.Problem.Code;
import points.ledger.refund.RefundRequest;
import points.ledger.registry.Stores;

/** Checks that a caller may act for the store it names, and that the store exists. */
public final class StoreScope {

  private static final Problem UNKNOWN_STORE =
      Problem.at(Code.UNKNOWN_STORE, "/storeId", "must be a store of the program");

  private static final Problem UNKNOWN_REFUND_STORE =
      Problem.at(Code.UNKNOWN_STORE, "/refundStoreId", "must be a store of the program");

  private final Stores stores;

  public StoreScope(Stores stores) {
    this.stores = stores;
  }

  /**
   * Runs the rest of the call, or answers it with the problem of its store.
   *
   * @param storeId null when the call names none, which is fine
   */
  public void check(RoutingContext ctx, @Nullable String storeId, Runnable next) {
    Responses.when(
        ctx,
        problem(Authentication.caller(ctx), storeId),
        wrong -> wrong.ifPresentOrElse(problem -> Responses.problem(ctx, problem), next));
  }

  /**
   * Makes the same check without answering, for calls that may come as a record of a batch.
   *
   * @return the problem of the store; empty when there is none
   */
  public Future<Optional<Problem>> problem(Credential caller, @Nullable String storeId) {
    if (storeId == null) {
      return Future.succeededFuture(Optional.empty());
    }
    return caller.actsFor(storeId)
        ? existence(caller, storeId, UNKNOWN_STORE)
        : Future.succeededFuture(Optional.of(outOfScope(caller)));
  }

  /**
   * Checks that the caller acts for the store that takes goods back, and that the selling store
   * exists.
   *
   * @return the problem of the stores; empty when there is none
   */
  public Future<Optional<Problem>> problem(Credential caller, RefundRequest refund) {
    String by = refund.takenBackBy();
    if (!caller.actsFor(by)) {
      return Future.succeededFuture(Optional.of(takesBackForAnother(caller)));
    }
    Problem unknown = refund.refundStoreId() == null ? UNKNOWN_STORE : UNKNOWN_REFUND_STORE;
    return existence(caller, by, unknown)
        .compose(
            wrong ->
                wrong.isPresent()
                    ? Future.succeededFuture(wrong)
                    : existence(caller, refund.storeId(), UNKNOWN_STORE));
  }

  private Future<Optional<Problem>> existence(Credential caller, String storeId, Problem unknown) {
    return stores
        .exists(caller.programId(), storeId)
        .map(exists -> exists ? Optional.empty() : Optional.of(unknown));
  }

  private static Problem takesBackForAnother(Credential caller) {
    return Problem.of(
        Code.STORE_OUT_OF_SCOPE,
        caller.describeStores()
            + ": name it as refundStoreId to take back what another store sold.");
  }

  /** Does the work if the caller may act for the store, and the store exists. */
  public Future<CallResult> within(
      Credential caller, @Nullable String storeId, Supplier<Future<CallResult>> work) {
    return problem(caller, storeId)
        .compose(wrong -> wrong.map(CallResult::failure).orElseGet(work));
  }

  /**
   * Makes the same check, and also refuses a call that names no store if its caller is bound to
   * one.
   */
  public Future<CallResult> withinOwn(
      Credential caller, @Nullable String storeId, Supplier<Future<CallResult>> work) {
    return caller.actsFor(storeId)
        ? within(caller, storeId, work)
        : CallResult.failure(outOfScope(caller));
  }

  public static Problem outOfScope(Credential caller) {
    return Problem.of(Code.STORE_OUT_OF_SCOPE, caller.describeStores() + ".");
  }
}
