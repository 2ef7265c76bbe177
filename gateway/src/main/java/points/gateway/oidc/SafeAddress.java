package points.gateway.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Addresses that nobody on the way can read along: https, or http on this machine. */
public final class SafeAddress {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private SafeAddress() {}

  /** Returns the address; null when it is none, has a user in it, or others can read along. */
  public static @Nullable URI parse(String text) {
    try {
      URI address = new URI(text);
      String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
      String host = address.getHost();
      boolean isSafe =
          scheme.equals("https")
              || (scheme.equals("http") && host != null && LOOPBACK.contains(host));
      return isSafe && host != null && address.getUserInfo() == null ? address : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
