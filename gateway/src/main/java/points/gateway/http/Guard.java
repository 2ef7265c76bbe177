package points.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.gateway.access.ApiKeys;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.http.Problem.Code;
import points.ledger.domain.MemberKey;

/** Lets a call through when its API key is valid and may do what the call does. */
final class Guard {

  private static final String CREDENTIAL = "credential";
  private static final String BEARER = "Bearer ";
  private static final int KEY_LENGTH_MAX = 256;

  private final ApiKeys keys;

  Guard(ApiKeys keys) {
    this.keys = keys;
  }

  Handler<RoutingContext> needs(Permission permission) {
    return ctx -> {
      String key = keyOf(ctx);
      if (key == null) {
        Reply.problem(ctx, Code.UNAUTHORIZED, "Send Authorization: Bearer and an API key.");
        return;
      }
      keys.find(key)
          .onSuccess(
              found ->
                  found.ifPresentOrElse(
                      credential -> check(ctx, credential, permission),
                      () ->
                          Reply.problem(
                              ctx, Code.UNAUTHORIZED, "The API key is unknown or was revoked.")))
          .onFailure(cause -> Reply.fault(ctx, cause));
    };
  }

  private static void check(RoutingContext ctx, Credential credential, Permission permission) {
    if (permission.isGivenTo(credential.role())) {
      ctx.put(CREDENTIAL, credential);
      ctx.next();
    } else {
      Reply.problem(
          ctx,
          Code.FORBIDDEN,
          "A key of role " + credential.role().label() + " may not make this call.");
    }
  }

  /** Who makes the call; only behind {@link #needs}. */
  static Credential caller(RoutingContext ctx) {
    return Objects.requireNonNull(ctx.<Credential>get(CREDENTIAL));
  }

  /** The member that the path names, in the caller's program; null when it is no id. */
  static @Nullable MemberKey member(RoutingContext ctx) {
    String memberId = ctx.pathParam("memberId");
    return memberId != null && Text.isId(memberId)
        ? new MemberKey(caller(ctx).programId(), memberId)
        : null;
  }

  /** The API key as it was sent; null when none was. */
  static @Nullable String keyOf(RoutingContext ctx) {
    String header = ctx.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    String key = header.substring(BEARER.length());
    return Text.isVisibleAscii(key, KEY_LENGTH_MAX) ? key : null;
  }
}
