package points.gateway.web;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
import points.gateway.staff.Session;
import points.gateway.staff.SessionCookie;
import points.gateway.staff.Sessions;
import points.gateway.web.Problem.Code;
import points.ledger.form.Formats;
import points.ledger.model.Actor;
import points.ledger.model.MemberKey;
import points.ledger.trail.TrailAuthor;
import points.ledger.trail.TrailChange;

/** Lets a call through when its API key or its session is valid and may do what the call does. */
public final class Authentication {

  private static final Logger LOG = LoggerFactory.getLogger(Authentication.class);
  private static final CountedLog REFUSED = new CountedLog();

  public static final Problem UNKNOWN_KEY =
      Problem.of(Code.UNAUTHORIZED, "The API key is unknown or was revoked.");

  private static final Problem NO_KEY =
      Problem.of(
          Code.UNAUTHORIZED, "Send Authorization: Bearer and an API key, or sign in as a person.");

  private static final Problem NO_SESSION =
      Problem.of(Code.UNAUTHORIZED, "The session is unknown or has ended: sign in.");

  private static final Problem BOTH =
      Problem.of(Code.UNAUTHORIZED, "Send an API key or the cookie of a session, not both.");

  private static final Problem FORGED =
      Problem.of(
          Code.CSRF_TOKEN_INVALID,
          "Send X-CSRF-Token with the token of the session, from a page of this gateway.");

  private static final Problem NOT_LOOKED_UP =
      Problem.of(
          Code.TOO_MANY_REQUESTS,
          "Too many calls come with API keys that nobody knows. Nothing was applied.");

  private static final String CREDENTIAL = "credential";
  private static final String ADDRESS = "address";
  private static final String SESSION = "session";
  private static final String BEARER = "Bearer ";
  private static final int KEY_LENGTH_MAX = 256;

  /**
   * The credential that a caller was found to have.
   *
   * @param session by which a person calls; null for a key
   * @param otherwise the problem to answer when the caller has no credential
   */
  private record Found(
      @Nullable Credential credential, @Nullable Session session, Problem otherwise) {

    static Found of(Optional<Credential> found) {
      return new Found(found.orElse(null), null, UNKNOWN_KEY);
    }

    static Found ofSession(Optional<Session> found) {
      return found
          .map(it -> new Found(it.staff().credential(), it, NO_SESSION))
          .orElseGet(() -> refused(NO_SESSION));
    }

    static Found refused(Problem problem) {
      return new Found(null, null, problem);
    }

    static Future<Found> notLookedUp(Throwable cause) {
      return cause instanceof TooManyUnknownKeysException
          ? Future.succeededFuture(refused(NOT_LOOKED_UP))
          : Future.failedFuture(cause);
    }
  }

  private final ApiKeys keys;
  private final Sessions sessions;
  private final RefusalPace pace = new RefusalPace();
  private final TrustedProxies proxies;

  Authentication(ApiKeys keys, Sessions sessions, TrustedProxies proxies) {
    this.keys = keys;
    this.sessions = sessions;
    this.proxies = proxies;
  }

  /**
   * Returns a handler that lets only callers with this permission pass.
   *
   * <p>Its type is one that the router allows before the handler that reads the body.
   */
  SecurityPolicyHandler require(Permission permission) {
    return ctx -> {
      Future<Found> lookup = lookUp(ctx);
      if (!lookup.isComplete()) {
        ctx.request()
            .pause(); // otherwise the part of the body that arrives meanwhile would be lost
      }
      Responses.when(
          ctx,
          lookup,
          found -> {
            if (Responses.isOver(ctx)) {
              return; // the caller has gone or the deadline has passed during the look-up
            }
            if (found.credential() == null) {
              refuse(ctx, found.otherwise());
            } else {
              ctx.put(SESSION, found.session());
              check(ctx, found.credential(), permission);
            }
          });
      lookup.andThen(
          done -> ctx.request().resume()); // last, when the handler of the body is in place
    };
  }

  private Future<Found> lookUp(RoutingContext ctx) {
    String token = SessionCookie.tokenOf(ctx.request());
    String key = keyOf(ctx);
    if (token != null && ctx.request().headers().contains(HttpHeaders.AUTHORIZATION)) {
      return Future.succeededFuture(Found.refused(BOTH));
    } else if (token != null) {
      return SessionCookie.mayBeForged(ctx.request(), token, proxies.hostOf(ctx.request()))
          ? Future.succeededFuture(Found.refused(FORGED))
          : sessions.find(token).map(Found::ofSession);
    } else if (key != null) {
      return keys.find(key).map(Found::of).recover(Found::notLookedUp);
    }
    return Future.succeededFuture(Found.refused(NO_KEY));
  }

  /** Returns a handler that lets anybody pass: for signing in. */
  SecurityPolicyHandler admitAnybody() {
    return ctx -> {
      ctx.put(ADDRESS, proxies.clientOf(ctx.request()));
      String address = "address " + address(ctx);
      ctx.put(
          CREDENTIAL, new Credential(Credential.Kind.STAFF, address, "", "", Set.of(), Set.of()));
      ctx.next();
    };
  }

  /** Returns the address from which the call came. */
  public static String address(RoutingContext ctx) {
    String address = ctx.get(ADDRESS);
    return address == null ? "" : address;
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

  /** Stops a call whose key or session ended, or lost a right, while its body came. */
  void checkAgain(RoutingContext ctx) {
    Responses.when(
        ctx,
        isStillThere(ctx),
        is -> {
          if (is) {
            ctx.next();
          } else {
            refuse(ctx, ctx.get(SESSION) == null ? UNKNOWN_KEY : NO_SESSION);
          }
        });
  }

  /** Returns whether the caller still has the key, or the session with the rights, it came with. */
  Future<Boolean> isStillThere(RoutingContext ctx) {
    Session before = ctx.get(SESSION);
    String token = before == null ? null : SessionCookie.tokenOf(ctx.request());
    return before == null || token == null
        ? Future.succeededFuture(!keys.isRevoked(caller(ctx)))
        : sessions.find(token).map(found -> found.filter(it -> it.hasRightsOf(before)).isPresent());
  }

  private void check(RoutingContext ctx, Credential credential, Permission permission) {
    if (credential.may(permission)) {
      ctx.put(CREDENTIAL, credential.using(permission));
      ctx.put(ADDRESS, proxies.clientOf(ctx.request()));
      ctx.next();
    } else {
      Responses.problem(ctx, forbidden(credential));
    }
  }

  public static Problem forbidden(Credential caller) {
    if (caller.roles().isEmpty()) {
      return Problem.of(
          Code.PASSWORD_CHANGE_REQUIRED, "Change the password first: PUT /v1/session/password.");
    }
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

  /** Returns the caller's session; only behind {@link #require} for calls of people. */
  public static Session session(RoutingContext ctx) {
    return Objects.requireNonNull(ctx.<Session>get(SESSION));
  }

  /** Returns what only this caller knows: the API key, or the token of the session. */
  public static String secretOf(RoutingContext ctx) {
    String token = SessionCookie.tokenOf(ctx.request());
    return Objects.requireNonNull(token == null ? keyOf(ctx) : token);
  }

  /** Returns a change by the caller, for the audit trail; only behind {@link #require}. */
  public static TrailChange change(
      RoutingContext ctx, String action, String subjectKind, String subjectId) {
    Credential caller = caller(ctx);
    TrailAuthor author = TrailAuthor.of(actor(ctx), caller.name());
    return new TrailChange(caller.programId(), author, action, subjectKind, subjectId, null, null);
  }

  /** The member that the path names, in the caller's program; null when it is no id. */
  public static @Nullable MemberKey member(RoutingContext ctx) {
    String memberId = ctx.pathParam("memberId");
    return memberId != null && Formats.isId(memberId)
        ? new MemberKey(caller(ctx).programId(), memberId)
        : null;
  }

  /** The API key as it was sent; null when none was. */
  private static @Nullable String keyOf(RoutingContext ctx) {
    String header = ctx.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    String key = header.substring(BEARER.length());
    return Formats.isVisibleAscii(key, KEY_LENGTH_MAX) ? key : null;
  }
}
