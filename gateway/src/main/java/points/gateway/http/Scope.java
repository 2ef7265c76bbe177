package points.gateway.http;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.http.Problem.Code;
import points.ledger.registry.Stores;

/** Whether a call may act for the store that it names, and whether there is such a store. */
final class Scope {

  private static final Problem UNKNOWN_STORE =
      Problem.at(Code.UNKNOWN_STORE, "/storeId", "must be a store of the program");

  private final Stores stores;

  Scope(Stores stores) {
    this.stores = stores;
  }

  /**
   * Goes on with the call, or answers it with what is wrong with the store.
   *
   * @param storeId null when the call names none, which is fine
   */
  void check(RoutingContext ctx, @Nullable String storeId, Runnable next) {
    Credential caller = Guard.caller(ctx);
    if (storeId == null) {
      next.run();
    } else if (!caller.actsFor(storeId)) {
      Reply.problem(ctx, outOfScope(caller));
    } else if (stores.isKnown(caller.programId(), storeId)) {
      next.run();
    } else {
      Reply.when(
          ctx,
          stores.exists(caller.programId(), storeId),
          exists -> {
            if (exists) {
              next.run();
            } else {
              Reply.problem(ctx, UNKNOWN_STORE);
            }
          });
    }
  }

  /**
   * Goes on with the call, if it names a store that it may act for, or none and is bound to none.
   */
  void checkOwn(RoutingContext ctx, @Nullable String storeId, Runnable next) {
    Credential caller = Guard.caller(ctx);
    if (caller.actsFor(storeId)) {
      check(ctx, storeId, next);
    } else {
      Reply.problem(ctx, outOfScope(caller));
    }
  }

  static Problem outOfScope(Credential caller) {
    return Problem.of(
        Code.STORE_OUT_OF_SCOPE, "This API key is bound to store " + caller.storeId() + ".");
  }
}
