package points.gateway.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import points.gateway.console.ConsoleFile.Coded;

/**
 * Serves the console below {@code /console/}, and leads the bare address there.
 *
 * <p>Files below {@code assets/} have their hash in their name and never change. Every other
 * address is one of the console itself, which reads it in the browser: the answer is its one page.
 */
public final class ConsoleRoutes {

  private static final String ROOT = "/console/";
  private static final String ASSETS = "assets/";

  /** A plain part of a page's address, which no proxy or file system reads as something else. */
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_~:@+-][A-Za-z0-9._~:@+-]*");

  private static final String IMMUTABLE = "public, max-age=31536000, immutable";

  /**
   * Allows only content from this gateway and no inline script or style. Styles that scripts set on
   * elements through the object model do not count as inline.
   */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
          + "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
          + "form-action 'none'; frame-ancestors 'none'";

  private final ConsoleFiles files;
  private final ConsoleFile missing;

  public ConsoleRoutes(ConsoleFiles files) {
    this.files = files;
    byte[] page = ConsoleFiles.resource("points/gateway/console/missing.html");
    if (page == null) {
      throw new IllegalStateException("the page for a missing console is not on the class path");
    }
    this.missing = ConsoleFile.of("missing.html", page, null, null);
  }

  /** Mounts the console, and returns its paths. */
  public List<String> mount(Router router) {
    router.get("/").method(HttpMethod.HEAD).handler(ctx -> redirect(ctx, "/", "console/"));
    router
        .get("/console")
        .method(HttpMethod.HEAD)
        .handler(ctx -> redirect(ctx, "/console", "console/"));
    router.get("/console/*").method(HttpMethod.HEAD).handler(this::send);
    return List.of("/", "/console", "/console/*");
  }

  /** Redirects the very path; another path that comes to the same is not an address. */
  private static void redirect(RoutingContext ctx, String from, String to) {
    if (from.equals(ctx.request().path())) {
      ctx.response().setStatusCode(302).putHeader(HttpHeaders.LOCATION, to).end();
    } else {
      ctx.next();
    }
  }

  private void send(RoutingContext ctx) {
    String path = ctx.request().path();
    if (path == null || !path.startsWith(ROOT)) {
      ctx.next();
      return;
    }
    String name = path.substring(ROOT.length());
    ConsoleFile page = files.page();
    ConsoleFile file = files.find(name);
    boolean hashed = name.startsWith(ASSETS);
    if (file != null) {
      answer(ctx, 200, file, hashed ? IMMUTABLE : "no-cache");
    } else if (hashed || !isAddress(name)) {
      ctx.next();
    } else if (page == null) {
      answer(ctx, 404, missing, "no-store");
    } else {
      answer(ctx, 200, page, "no-cache");
    }
  }

  /** Matches part by part: one expression for all would take a frame of the stack for each part. */
  private static boolean isAddress(String name) {
    String[] segments = name.split("/", -1);
    int last = segments.length - 1;
    return (segments[last].isEmpty() || SEGMENT.matcher(segments[last]).matches())
        && Arrays.stream(segments, 0, last).allMatch(it -> SEGMENT.matcher(it).matches());
  }

  private static void answer(RoutingContext ctx, int status, ConsoleFile file, String caching) {
    Coded coded = file.coded(ctx.request().getHeader(HttpHeaders.ACCEPT_ENCODING));
    HttpServerResponse response =
        ctx.response()
            .setStatusCode(status)
            .putHeader(HttpHeaders.CACHE_CONTROL, caching)
            .putHeader(HttpHeaders.ETAG, coded.tag())
            .putHeader(HttpHeaders.VARY, "Accept-Encoding")
            .putHeader(HttpHeaders.ACCEPT_RANGES, "none")
            .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
            .putHeader("Cross-Origin-Opener-Policy", "same-origin")
            .putHeader("Referrer-Policy", "no-referrer")
            .putHeader("X-Content-Type-Options", "nosniff");
    if (status == 200 && matches(ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH), coded.tag())) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, file.contentType());
    // Names the coding always: the server would otherwise compress what was left as it is.
    response.putHeader(
        HttpHeaders.CONTENT_ENCODING, coded.coding() == null ? "identity" : coded.coding());
    if (HttpMethod.HEAD.equals(ctx.request().method())) {
      response
          .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(coded.content().length()))
          .end();
    } else {
      response.end(coded.content());
    }
  }

  private static boolean matches(@Nullable String ifNoneMatch, String tag) {
    return ifNoneMatch != null
        && Arrays.stream(ifNoneMatch.split(","))
            .map(String::strip)
            .anyMatch(it -> it.equals("*") || it.equals(tag) || it.equals("W/" + tag));
  }
}
