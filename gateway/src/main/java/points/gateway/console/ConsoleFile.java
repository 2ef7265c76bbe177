package points.gateway.console;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of the console in the codings that the build made of it.
 *
 * @param plain the file as it is
 * @param brotli compressed for {@code Accept-Encoding: br}; null where that is not smaller
 * @param gzip compressed for {@code Accept-Encoding: gzip}; null where that is not smaller
 * @param tag the hash of the content, without quotes
 */
record ConsoleFile(
    String contentType, Buffer plain, @Nullable Buffer brotli, @Nullable Buffer gzip, String tag) {

  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8");

  /** The bytes to be sent of a file, and the coding that they are in. */
  record Coded(@Nullable String coding, Buffer content, String tag) {}

  static ConsoleFile of(
      String name, byte[] plain, byte @Nullable [] brotli, byte @Nullable [] gzip) {
    return new ConsoleFile(
        contentType(name), Buffer.buffer(plain), buffer(brotli), buffer(gzip), hash(plain));
  }

  /** Chooses the smallest coding that the caller accepts. Each coding has a tag of its own. */
  Coded coded(@Nullable String acceptEncoding) {
    List<String> accepted = AcceptEncoding.accepted(acceptEncoding);
    if (brotli != null && accepted.contains("br")) {
      return new Coded("br", brotli, quoted("-br"));
    } else if (gzip != null && accepted.contains("gzip")) {
      return new Coded("gzip", gzip, quoted("-gz"));
    }
    return new Coded(null, plain, quoted(""));
  }

  private String quoted(String suffix) {
    return '"' + tag + suffix + '"';
  }

  private static String contentType(String name) {
    String known = CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (known == null) {
      throw new IllegalStateException("no content type is known for " + name);
    }
    return known;
  }

  private static @Nullable Buffer buffer(byte @Nullable [] content) {
    return content == null ? null : Buffer.buffer(content);
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
