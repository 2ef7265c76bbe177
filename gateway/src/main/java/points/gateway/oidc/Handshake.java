package points.gateway.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Secrets;

/**
 * A sign-in under way in one browser, which keeps its secret in a cookie.
 *
 * <p>State, nonce and PKCE verifier are hashes of the cookie, so that no node has to keep anything:
 * any node finishes what another began. The provider and everybody who sees an address learn the
 * state, from which the cookie cannot be found.
 *
 * @param cookie the second of its beginning, a dot, and 256 random bits
 */
public record Handshake(String cookie) {

  /** Time that a person has to sign in at the provider. */
  public static final Duration TIME_MAX = Duration.ofMinutes(10);

  private static final Pattern FORM = Pattern.compile("(\\d{9,11})\\.[A-Za-z0-9_-]{43}");
  private static final int SECRET_BYTES = 32;

  /** Begins a sign-in. */
  static Handshake begin(Instant now) {
    return new Handshake(now.getEpochSecond() + "." + encoded(Secrets.random(SECRET_BYTES)));
  }

  /** Returns the sign-in that a browser began; null when it began none, or too long ago. */
  static @Nullable Handshake of(@Nullable String cookie, Instant now) {
    var form = FORM.matcher(cookie == null ? "" : cookie);
    if (cookie == null || !form.matches()) {
      return null;
    }
    long age = now.getEpochSecond() - Long.parseLong(form.group(1));
    return age >= 0 && age <= TIME_MAX.toSeconds() ? new Handshake(cookie) : null;
  }

  String state() {
    return derived("state");
  }

  String nonce() {
    return derived("nonce");
  }

  /** Returns the secret that proves to the provider who asked for the code. */
  String verifier() {
    return derived("verifier");
  }

  /** Returns the hash of the verifier, which the provider gets first. */
  String challenge() {
    return encoded(Secrets.hash(verifier()));
  }

  /** Returns whether the provider's answer belongs to this sign-in. */
  boolean hasState(@Nullable String state) {
    return state != null
        && MessageDigest.isEqual(
            state.getBytes(StandardCharsets.UTF_8), state().getBytes(StandardCharsets.UTF_8));
  }

  private String derived(String kind) {
    return encoded(Secrets.hash("oidc " + kind + " of " + cookie));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "handshake";
  }
}
