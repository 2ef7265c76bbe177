package points.cluster;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret of a cluster, which its nodes know and nobody else. Never sent and never shown. */
public final class ClusterSecret {

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern USABLE = Pattern.compile("[!-~]{32,256}");

  private final String value;

  /**
   * @throws IllegalArgumentException unless it is 32 to 256 visible ASCII characters; the message
   *     does not hold it
   */
  public ClusterSecret(String value) {
    if (!USABLE.matcher(value).matches()) {
      throw new IllegalArgumentException("the secret must be 32 to 256 visible ASCII characters");
    }
    this.value = value;
  }

  /**
   * Makes a key of the secret for one purpose.
   *
   * <p>A holder of it learns neither the secret nor the key of another purpose.
   */
  public SecretKeySpec keyFor(String purpose) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
      return new SecretKeySpec(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)), ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "ClusterSecret[not shown]";
  }
}
