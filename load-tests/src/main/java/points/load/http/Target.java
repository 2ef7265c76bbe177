package points.load.http;

import java.net.URI;

/**
 * The gateway that is called and the key that calls it.
 *
 * @param url scheme {@code http} or {@code https}, host, port and no more; the port may be left out
 * @param key an API key, sent as {@code Authorization: Bearer}
 */
public record Target(URI url, String key) {
  /**
   * Refuses, by {@link IllegalArgumentException}, a URL with anything else in it and a blank key.
   */
  public Target {
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    String path = url.getRawPath();
    if (!web || url.getHost() == null || (path != null && !path.isEmpty() && !path.equals("/"))) {
      throw new IllegalArgumentException(
          "the gateway's URL must look like http://127.0.0.1:8080, not " + url);
    }
    if (key.isBlank()) {
      throw new IllegalArgumentException("the API key is empty");
    }
  }

  boolean tls() {
    return "https".equals(url.getScheme());
  }

  int port() {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return tls() ? 443 : 80;
  }

  /** Never shows the key. */
  @Override
  public String toString() {
    return url.toString();
  }
}
