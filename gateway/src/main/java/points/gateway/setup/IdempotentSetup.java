package points.gateway.setup;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.util.UUID;
import java.util.function.Function;
import points.gateway.access.Secrets;
import points.gateway.web.Authentication;
import points.gateway.web.Problem;
import points.gateway.web.RequestLifecycle;
import points.ledger.command.KeySpace;
import points.ledger.model.Fingerprint;
import points.ledger.registry.SetupRequests;
import points.ledger.registry.SetupRequests.Answer;
import points.ledger.registry.SetupRequests.Call;

/** Does each set-up call once, and returns the first answer when the call is repeated. */
public final class IdempotentSetup {

  private final SetupRequests requests;

  public IdempotentSetup(SetupRequests requests) {
    this.requests = requests;
  }

  /**
   * Does the work in a transaction; for a known key it returns the first answer instead.
   *
   * @param content the content of the call, by which another call under the same key is recognized
   */
  public Future<Answer> once(
      RoutingContext ctx,
      String key,
      Fingerprint content,
      Function<SqlClient, Future<Answer>> work) {
    Call call = call(ctx, key, content.toUuid());
    Call before =
        KeySpace.isOfStore(key) ? call(ctx, KeySpace.sent(key), call.fingerprint()) : null;
    return requests.once(call, before, work);
  }

  private static Call call(RoutingContext ctx, String key, UUID content) {
    String secret = Authentication.secretOf(ctx);
    return new Call(
        Authentication.caller(ctx).programId(), key, content, Secrets.sealOf(secret, key));
  }

  /** Returns an answer that refuses. Nothing is kept of the call, so it may come again. */
  public static Answer refusal(RoutingContext ctx, Problem problem) {
    RequestLifecycle.note(ctx, problem.code());
    return Answer.first(
        problem.status(), problem.toJson(RequestLifecycle.requestId(ctx)).toBuffer());
  }
}
