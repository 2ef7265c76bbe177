package points.gateway.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace of a request's caller, from the W3C header {@code traceparent}. A later version of the
 * header may have further parts after those of the first.
 */
record TraceContext(String traceId, String parentId) {

  private static final CharSequence HEADER = HttpHeaders.createOptimized("traceparent");
  private static final int LENGTH_MAX = 512;
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)([0-9a-f]{2})-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-[0-9a-f]{2}(-.*)?");

  /** Returns the request's trace; null when it has none, or one that is malformed. */
  static @Nullable TraceContext of(HttpServerRequest request) {
    String value = request.getHeader(HEADER);
    return value == null ? null : parse(value);
  }

  static @Nullable TraceContext parse(String value) {
    Matcher parts = FORM.matcher(value);
    boolean usable =
        value.length() <= LENGTH_MAX
            && parts.matches()
            && (parts.group(4) == null || !parts.group(1).equals("00"));
    return usable ? new TraceContext(parts.group(2), parts.group(3)) : null;
  }
}
