package points.gateway.session;

import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.gateway.oidc.Handshake;
import points.gateway.oidc.ProviderSignIn;
import points.gateway.oidc.ProviderSignIn.Answer;
import points.gateway.oidc.ProviderSignIn.Beginning;
import points.gateway.oidc.ProviderSignIn.Result;
import points.gateway.oidc.Reason;
import points.gateway.staff.Session;
import points.gateway.staff.SessionCookie;
import points.gateway.staff.Staff;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.Problem.Code;
import points.gateway.web.RequestLifecycle;
import points.gateway.web.Responses;
import points.ledger.trail.AuditTrail;

/**
 * {@code /v1/session/oidc}: sends a browser to the identity provider, and takes it back from there.
 *
 * <p>Both answers are redirects to fixed pages, so that nobody can have people sent elsewhere. The
 * console reads the session by a call of its own: a browser does not send a cookie of SameSite
 * Strict with a page to which another site has led it.
 */
public final class OidcRoutes {

  public static final String BEGIN = "/v1/session/oidc";
  public static final String CALLBACK = BEGIN + "/callback";

  private static final String COOKIE = "points_oidc";

  /** The console, from {@link #BEGIN}, whatever path a proxy puts before both. */
  private static final String CONSOLE = "../../console/";

  private final @Nullable ProviderSignIn provider;
  private final Staff staff;
  private final AuditTrail trail;

  /**
   * @param provider null when there is no identity provider
   */
  public OidcRoutes(@Nullable ProviderSignIn provider, Staff staff, AuditTrail trail) {
    this.provider = provider;
    this.staff = staff;
    this.trail = trail;
  }

  public void mount(ApiRouter api) {
    api.getByAnybody("/v1/session/options", this::options);
    api.getPage(BEGIN, this::begin);
    api.getPage(CALLBACK, this::finish);
  }

  private void options(RoutingContext ctx) {
    JsonObject oidc = provider == null ? null : new JsonObject().put("name", provider.name());
    Responses.json(ctx, 200, new JsonObject().put("password", true).put("oidc", oidc));
  }

  private void begin(RoutingContext ctx) {
    if (isMissing(ctx)) {
      return;
    }
    RequestLifecycle.useOwnDeadline(ctx);
    Responses.when(
        ctx,
        Objects.requireNonNull(provider).begin(),
        beginning -> {
          if (beginning instanceof Beginning.Sent sent) {
            ctx.response().addCookie(cookie(ctx, sent.cookie()));
            redirect(ctx, sent.address());
          } else if (beginning instanceof Beginning.Refused refused) {
            redirect(ctx, refusal(CONSOLE, refused.reason()));
          }
        });
  }

  private boolean isMissing(RoutingContext ctx) {
    if (provider == null) {
      Responses.problem(ctx, Code.NOT_FOUND, "This gateway has no identity provider.");
    }
    return provider == null;
  }

  private void finish(RoutingContext ctx) {
    if (isMissing(ctx)) {
      return;
    }
    RequestLifecycle.useOwnDeadline(ctx);
    Cookie cookie = ctx.request().getCookie(COOKIE);
    var answer =
        new Answer(
            cookie == null ? null : cookie.getValue(),
            ctx.request().getParam("state"),
            ctx.request().getParam("code"),
            ctx.request().getParam("error"),
            Authentication.address(ctx));
    Responses.when(
        ctx,
        Objects.requireNonNull(provider).finish(answer, StaffTrail.byProvider(ctx)),
        result -> {
          if (result instanceof Result.Opened opened) {
            opened(ctx, opened.token());
          } else if (result instanceof Result.Refused refused) {
            refuse(ctx, refused.reason());
          }
        });
  }

  private void opened(RoutingContext ctx, String token) {
    Responses.when(
        ctx,
        staff.sessions().find(token),
        found -> {
          if (found.isEmpty()) { // the account was ended meanwhile
            refuse(ctx, Reason.INACTIVE);
            return;
          }
          Session session = found.get();
          Responses.when(
              ctx,
              trail.append(StaffTrail.opened(ctx, session.staff(), SessionJson.OIDC)),
              appended -> {
                ctx.response().addCookie(SessionCookie.of(token, isSecure(ctx)));
                leave(ctx, "../" + CONSOLE);
              });
        });
  }

  private void refuse(RoutingContext ctx, Reason reason) {
    Future<Void> shown = reason.isOfSomebody() ? failed(ctx, reason) : Future.succeededFuture();
    Responses.when(ctx, shown, appended -> leave(ctx, refusal("../" + CONSOLE, reason)));
  }

  /** Appends a refusal to the audit trail, which has few of many, as of passwords. */
  private Future<Void> failed(RoutingContext ctx, Reason reason) {
    String programId = Objects.requireNonNull(provider).programId();
    return staff
        .signIn()
        .noteFailure(programId, Authentication.address(ctx))
        .compose(
            counted ->
                counted.isPresent()
                    ? trail.append(StaffTrail.failed(ctx, programId, counted.get(), reason.label()))
                    : Future.succeededFuture());
  }

  /** Redirects to a page of ours, and ends the sign-in in this browser: it is good for once. */
  private void leave(RoutingContext ctx, String address) {
    ctx.response().addCookie(cookie(ctx, "").setMaxAge(0));
    redirect(ctx, address);
  }

  private static String refusal(String console, Reason reason) {
    return console + "?signIn=" + reason.label();
  }

  private static void redirect(RoutingContext ctx, String address) {
    ctx.response()
        .setStatusCode(302)
        .putHeader(HttpHeaders.LOCATION, address)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("Referrer-Policy", "no-referrer")
        .end();
  }

  /** Makes the cookie of a sign-in under way, which comes back with the provider's redirect. */
  private Cookie cookie(RoutingContext ctx, String value) {
    return Cookie.cookie(COOKIE, value)
        .setPath(URI.create(Objects.requireNonNull(provider).redirectUri()).getPath())
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.LAX)
        .setSecure(isSecure(ctx))
        .setMaxAge(Handshake.TIME_MAX.toSeconds());
  }

  private boolean isSecure(RoutingContext ctx) {
    return ctx.request().isSSL() || staff.options().secureCookies();
  }
}
