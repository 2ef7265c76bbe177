package points.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.Objects;
import java.util.Optional;
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

  /** A handler of this type may come before the one that reads the body. */
  SecurityPolicyHandler needs(Permission permission) {
    return ctx -> {
      String key = keyOf(ctx);
      if (key == null) {
        Reply.problem(ctx, Code.UNAUTHORIZED, "Send Authorization: Bearer and an API key.");
        return;
      }
      Future<Optional<Credential>> looked = keys.find(key);
      if (!looked.isComplete()) {
        ctx.request().pause(); // or what comes of the body meanwhile would be lost
      }
      Reply.when(
          ctx,
          looked,
          found ->
              found.ifPresentOrElse(
                  credential -> check(ctx, credential, permission),
                  () ->
                      Reply.problem(
                          ctx, Code.UNAUTHORIZED, "The API key is unknown or was revoked.")));
      looked.andThen(done -> ctx.request().resume()); // last, when somebody takes the body
    };
  }

  private static void check(RoutingContext ctx, Credential credential, Permission permission) {
    if (permission.isGivenTo(credential.role())) {
      ctx.put(CREDENTIAL, credential);
      ctx.next();
    } else {
      Reply.problem(ctx, forbidden(credential));
    }
  }

  static Problem forbidden(Credential caller) {
    return Problem.of(
        Code.FORBIDDEN, "A key of role " + caller.role().label() + " may not make this call.");
  }

  /** Whether the key was found; until then a request's end is not seen, though it may have come. */
  static boolean hasPassed(RoutingContext ctx) {
    return ctx.get(CREDENTIAL) != null;
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
