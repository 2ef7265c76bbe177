package points.gateway.docs;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Serves the contract, a page that shows it to people, and the schema of rule books.
 *
 * <p>The files are listed one by one and read at the start, so no path can lead to another file.
 */
public final class DocsRoutes {
  private static final String WEBJAR = "org.webjars/swagger-ui";

  /** Allows only content from this gateway; pictures inside style sheets are data. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final List<Asset> assets;

  public DocsRoutes() {
    String webjar = "META-INF/resources/webjars/swagger-ui/" + webjarVersion() + "/";
    assets =
        List.of(
            Asset.read("/openapi.yaml", "application/yaml", "openapi.yaml"),
            Asset.read(
                "/rule-book.schema.json", "application/schema+json", "rule-book.schema.json"),
            Asset.read("/docs", "text/html; charset=utf-8", "docs/index.html"),
            Asset.read("/docs/start.js", "text/javascript; charset=utf-8", "docs/start.js"),
            Asset.read(
                "/docs/swagger-ui-bundle.js",
                "text/javascript; charset=utf-8",
                webjar + "swagger-ui-bundle.js"),
            Asset.read(
                "/docs/swagger-ui.css", "text/css; charset=utf-8", webjar + "swagger-ui.css"),
            Asset.read("/docs/favicon-32x32.png", "image/png", webjar + "favicon-32x32.png"));
  }

  /** Mounts the files, and returns their paths. */
  public List<String> mount(Router router) {
    for (Asset asset : assets) {
      router.get(asset.path()).method(HttpMethod.HEAD).handler(context -> send(asset, context));
    }
    return assets.stream().map(Asset::path).toList();
  }

  private static void send(Asset asset, RoutingContext context) {
    if (!asset.path().equals(context.request().path())) {
      // The router also accepts a path that only leads here, such as /docs/../docs.
      context.next();
      return;
    }
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaders.ETAG, asset.tag())
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
            .putHeader(HttpHeaders.VARY, "Accept-Encoding")
            .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
            .putHeader("Referrer-Policy", "no-referrer")
            .putHeader("X-Content-Type-Options", "nosniff");
    if (matches(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), asset.tag())) {
      response.setStatusCode(304).end();
    } else {
      response.putHeader(HttpHeaders.CONTENT_TYPE, asset.contentType()).end(asset.content());
    }
  }

  private static boolean matches(@Nullable String ifNoneMatch, String tag) {
    return ifNoneMatch != null
        && Arrays.stream(ifNoneMatch.split(","))
            .map(String::strip)
            .anyMatch(t -> t.equals("*") || t.equals(tag) || t.equals("W/" + tag));
  }

  private static String webjarVersion() {
    Properties properties = new Properties();
    byte[] content = resource("META-INF/maven/" + WEBJAR + "/pom.properties");
    try {
      properties.load(new StringReader(new String(content, StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = properties.getProperty("version");
    if (version == null) {
      throw new IllegalStateException(WEBJAR + " does not name its version");
    }
    return version;
  }

  private static byte[] resource(String name) {
    try (InputStream in = DocsRoutes.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  private record Asset(String path, String contentType, Buffer content, String tag) {
    static Asset read(String path, String contentType, String resource) {
      byte[] content = resource(resource);
      return new Asset(path, contentType, Buffer.buffer(content), tag(content));
    }

    private static String tag(byte[] content) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
        return '"' + HexFormat.of().formatHex(digest, 0, 8) + '"';
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
