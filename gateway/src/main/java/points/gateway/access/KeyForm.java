package points.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The form of the secrets that the gateway makes: a prefix, 256 random bits, and a check of them.
 *
 * <p>The check is made with a secret that all nodes share, so a node recognizes an invented key
 * without a query. It proves nothing else: a key is valid only when the database has its hash. API
 * keys begin with {@code pk_}, tokens of sessions with {@code ps_}.
 */
public final class KeyForm {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int RANDOM_BYTES = 32;
  private static final int CHECK_BYTES = 16;
  private static final int RANDOM_LENGTH = 43;

  private final SecretKeySpec secret;
  private final String prefix;

  /**
   * @param secret the secret of the deployment
   */
  KeyForm(byte[] secret, String prefix) {
    this.secret = new SecretKeySpec(secret, ALGORITHM);
    this.prefix = prefix;
  }

  /** Returns a new key. */
  public String next() {
    String random = prefix + base64(Secrets.random(RANDOM_BYTES));
    return random + base64(check(random));
  }

  /** Returns whether the key looks like one that carries a check. */
  boolean hasForm(String key) {
    return key.length() == prefix.length() + RANDOM_LENGTH + 22 && key.startsWith(prefix);
  }

  /** Returns whether the key has the form, and its check is right. */
  public boolean isChecked(String key) {
    if (!hasForm(key)) {
      return false;
    }
    int end = prefix.length() + RANDOM_LENGTH;
    byte[] right = base64(check(key.substring(0, end))).getBytes(StandardCharsets.US_ASCII);
    byte[] sent = key.substring(end).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(right, sent);
  }

  private byte[] check(String random) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      byte[] whole = mac.doFinal(random.getBytes(StandardCharsets.US_ASCII));
      return Arrays.copyOf(whole, CHECK_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
