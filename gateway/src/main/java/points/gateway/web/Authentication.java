package points.gateway.web;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.timing.CountedLog;
import points.gateway.access.ApiKeys;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.access.TooManyUnknownKeysException;
import points.gateway.access.TrustedProxies;
import points.gateway.admission.RefusalPace;
import points.gateway.web.Problem.Code;
import points.ledger.model.Actor;
import points.ledger.model.MemberKey;

/** Lets a call through when its API key is valid and may do what the call does. */
public final class Authentication {

  private static final Logger LOG = LoggerFactory.getLogger(Authentication.class);
  private static final CountedLog REFUSED = new CountedLog();

  public static final Problem UNKNOWN_KEY =
      Problem.of(Code.UNAUTHORIZED, "The API key is unknown or was revoked.");

  private static final Problem NO_KEY =
      Problem.of(Code.UNAUTHORIZED, "Send Authorization: Bearer and an API key.");

  private static final Problem NOT_LOOKED_UP =
      Problem.of(
          Code.TOO_MANY_REQUESTS,
          "Too many calls come with API keys that nobody knows. Nothing was applied.");

  private static final String CREDENTIAL = "credential";
  private static final String ADDRESS = "address";
  private static final String BEARER = "Bearer ";
  private static final int KEY_LENGTH_MAX = 256;

  /**
   * The credential that a key was found to have.
   *
   * @param otherwise the problem to answer when the key has no credential
   */
  private record Found(@Nullable Credential credential, Problem otherwise) {

    static Found of(Optional<Credential> found) {
      return new Found(found.orElse(null), UNKNOWN_KEY);
    }

    static Future<Found> notLookedUp(Throwable cause) {
      return cause instanceof TooManyUnknownKeysException
          ? Future.succeededFuture(new Found(null, NOT_LOOKED_UP))
          : Future.failedFuture(cause);
    }
  }

  private final ApiKeys keys;
  private final RefusalPace pace = new RefusalPace();
  private final TrustedProxies proxies;

  Authentication(ApiKeys keys, TrustedProxies proxies) {
    this.keys = keys;
    this.proxies = proxies;
  }

  /**
   * Returns a handler that lets only keys with this permission pass.
   *
   * <p>Its type is one that the router allows before the handler that reads the body.
   */
  SecurityPolicyHandler require(Permission permission) {
    return ctx -> {
      String key = keyOf(ctx);
      if (key == null) {
        refuse(ctx, NO_KEY);
        return;
      }
      Future<Optional<Credential>> lookup = keys.find(key);
      if (!lookup.isComplete()) {
        ctx.request()
            .pause(); // otherwise the part of the body that arrives meanwhile would be lost
      }
      Responses.when(
          ctx,
          lookup.map(Found::of).recover(Found::notLookedUp),
          found -> {
            if (Responses.isOver(ctx)) {
              return; // the caller has gone or the deadline has passed during the look-up
            }
            if (found.credential() == null) {
              refuse(ctx, found.otherwise());
            } else {
              check(ctx, found.credential(), permission);
            }
          });
      lookup.andThen(
          done -> ctx.request().resume()); // last, when the handler of the body is in place
    };
  }

  /**
   * Refuses a call without a valid key. Strangers can send these by the thousand, so they are
   * logged by count and slowed down.
   */
  private void refuse(RoutingContext ctx, Problem problem) {
    REFUSED.count(
        calls ->
            LOG.info(
                "{}: {} ({} calls since the last such line)",
                RequestLifecycle.logName(ctx),
                problem.detail(),
                calls));
    switch (pace.take(System.nanoTime())) {
      case AT_ONCE -> Responses.problem(ctx, problem);
      case HELD -> {
        RequestLifecycle.freePlace(ctx);
        ctx.vertx()
            .setTimer(
                RefusalPace.HOLD_MS,
                late -> {
                  pace.release();
                  Responses.problem(ctx, problem);
                });
      }
      case CLOSED -> Responses.problemAndClose(ctx, problem);
    }
  }

  /** Stops a call whose key was revoked while its body came. */
  void checkAgain(RoutingContext ctx) {
    if (keys.isRevoked(caller(ctx))) {
      refuse(ctx, UNKNOWN_KEY);
    } else {
      ctx.next();
    }
  }

  private void check(RoutingContext ctx, Credential credential, Permission permission) {
    if (credential.may(permission)) {
      ctx.put(CREDENTIAL, credential);
      ctx.put(ADDRESS, proxies.clientOf(ctx.request()));
      ctx.next();
    } else {
      Responses.problem(ctx, forbidden(credential));
    }
  }

  public static Problem forbidden(Credential caller) {
    return Problem.of(
        Code.FORBIDDEN, "This call is not for a %s.".formatted(caller.describeRoles()));
  }

  /**
   * Returns whether the key was found and has the permission of the route. Until then the end of a
   * request is not seen, even if it arrived.
   */
  static boolean hasPassed(RoutingContext ctx) {
    return ctx.get(CREDENTIAL) != null;
  }

  /** Returns the caller's credential; only behind {@link #require}. */
  public static Credential caller(RoutingContext ctx) {
    return Objects.requireNonNull(ctx.<Credential>get(CREDENTIAL));
  }

  /** Returns the author of what the call changes; only behind {@link #require}. */
  public static Actor actor(RoutingContext ctx) {
    Credential caller = caller(ctx);
    return new Actor(
        caller.kind() == Credential.Kind.STAFF ? Actor.Kind.STAFF : Actor.Kind.KEY,
        caller.id(),
        ctx.get(ADDRESS),
        RequestLifecycle.requestId(ctx));
  }

  /** The member that the path names, in the caller's program; null when it is no id. */
  public static @Nullable MemberKey member(RoutingContext ctx) {
    String memberId = ctx.pathParam("memberId");
    return memberId != null && Formats.isId(memberId)
        ? new MemberKey(caller(ctx).programId(), memberId)
        : null;
  }

  /** The API key as it was sent; null when none was. */
  public static @Nullable String keyOf(RoutingContext ctx) {
    String header = ctx.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    String key = header.substring(BEARER.length());
    return Formats.isVisibleAscii(key, KEY_LENGTH_MAX) ? key : null;
  }
}
