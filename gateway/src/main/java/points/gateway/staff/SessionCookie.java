package points.gateway.staff;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cookie with the token of a session, and the proof that a call comes from a page of ours.
 *
 * <p>A browser sends the cookie with every call, also with one that a page of another site makes.
 * So calls that change something carry a second token as well, which only our own pages can read.
 */
public final class SessionCookie {

  public static final String NAME = "points_session";
  private static final CharSequence CSRF_TOKEN = HttpHeaders.createOptimized("X-CSRF-Token");
  private static final CharSequence SITE = HttpHeaders.createOptimized("Sec-Fetch-Site");
  private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private SessionCookie() {}

  /** Returns the token that the request carries; null when it carries none. */
  public static @Nullable String tokenOf(HttpServerRequest request) {
    Cookie cookie = request.getCookie(NAME);
    return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
  }

  /** Makes the cookie of a new session. It ends with the browser, and with the session. */
  public static Cookie of(String token, boolean secure) {
    return Cookie.cookie(NAME, token)
        .setPath("/")
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(secure);
  }

  /** Makes the cookie that removes the one of a session. */
  public static Cookie none(boolean secure) {
    return of("", secure).setMaxAge(0);
  }

  /**
   * Returns whether a call that changes something may come from a page of another site.
   *
   * @param host by which the caller reached us
   */
  public static boolean mayBeForged(
      HttpServerRequest request, String token, @Nullable String host) {
    if (SAFE.contains(request.method())) {
      return false;
    }
    String given = request.getHeader(CSRF_TOKEN);
    boolean isRight =
        given != null
            && MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8),
                Sessions.csrfToken(token).getBytes(StandardCharsets.UTF_8));
    return !isRight || isFromElsewhere(request, host);
  }

  /**
   * Returns whether a browser says that a page of another origin makes the call.
   *
   * <p>No page can set {@code Sec-Fetch-Site}, so its word holds. Browsers leave it out where they
   * reach us without TLS: then the page's origin has to be the host.
   *
   * @param host by which the caller reached us
   */
  public static boolean isFromElsewhere(HttpServerRequest request, @Nullable String host) {
    String site = request.getHeader(SITE);
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return site != null
        ? !site.equals("same-origin")
        : origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
  }
}
