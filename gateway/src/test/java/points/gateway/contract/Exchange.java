package points.gateway.contract;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked and what the gateway answered.
 *
 * @param uri path and query, as they were sent
 * @param badRequest whether the request was meant to break the contract
 */
public record Exchange(
    HttpMethod method,
    String uri,
    MultiMap requestHeaders,
    @Nullable String requestBody,
    int status,
    MultiMap responseHeaders,
    @Nullable String responseBody,
    boolean badRequest) {

  public static Exchange of(
      HttpRequest request, @Nullable String requestBody, HttpResponse<String> response) {
    String query = request.uri().getRawQuery();
    return new Exchange(
        HttpMethod.valueOf(request.method()),
        request.uri().getRawPath() + (query == null ? "" : "?" + query),
        headers(request.headers()),
        requestBody,
        response.statusCode(),
        headers(response.headers()),
        response.body(),
        false);
  }

  /** The same, of a request that was meant to break the contract. */
  public Exchange withBadRequest() {
    return new Exchange(
        method, uri, requestHeaders, requestBody, status, responseHeaders, responseBody, true);
  }

  String path() {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  String query() {
    int query = uri.indexOf('?');
    return query < 0 ? "" : uri.substring(query + 1);
  }

  @Override
  public String toString() {
    return "%s %s%n%s%n-> %d%n%s"
        .formatted(method, uri, text(requestBody), status, text(responseBody));
  }

  private static String text(@Nullable String body) {
    if (body == null || body.isEmpty()) {
      return "(no body)";
    }
    return body.length() <= 2000 ? body : body.substring(0, 2000) + "…";
  }

  private static MultiMap headers(HttpHeaders headers) {
    MultiMap result = MultiMap.caseInsensitiveMultiMap();
    headers.map().forEach(result::add);
    return result;
  }
}
