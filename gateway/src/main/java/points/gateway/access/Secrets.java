package points.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import points.ledger.registry.SetupRequests;

/** Names keys, hashes them, and seals answers that only the same caller may see again. */
public final class Secrets {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private Secrets() {}

  /** Returns the id of a new key, which is not secret. */
  static String newKeyId() {
    return newId("key_");
  }

  /** Returns an id of 80 random bits, which is not secret. */
  public static String newId(String prefix) {
    StringBuilder id = new StringBuilder(prefix);
    for (byte next : random(16)) {
      id.append("abcdefghijklmnopqrstuvwxyz234567".charAt(next & 31));
    }
    return id.toString();
  }

  /** Returns the SHA-256 of a secret that nobody can guess. */
  public static byte[] hash(String key) {
    return sha256().digest(key.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns a seal that only the caller can open: by its API key, or the token of its session.
   *
   * <p>It is AES-GCM. Its key is the SHA-256 of that secret and the idempotency key.
   */
  public static SetupRequests.Seal sealOf(String secret, String idempotencyKey) {
    MessageDigest digest = sha256();
    digest.update(secret.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    var key =
        new SecretKeySpec(digest.digest(idempotencyKey.getBytes(StandardCharsets.UTF_8)), "AES");
    return new SetupRequests.Seal() {
      @Override
      public byte[] close(byte[] answer) {
        byte[] nonce = random(NONCE_BYTES);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, answer);
        if (sealed == null) {
          throw new IllegalStateException("AES-GCM does not encrypt");
        }
        byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
        return whole;
      }

      @Override
      public byte @Nullable [] open(byte[] sealed) {
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        byte[] rest = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
        return cipher(Cipher.DECRYPT_MODE, key, nonce, rest);
      }
    };
  }

  private static byte @Nullable [] cipher(int mode, SecretKeySpec key, byte[] nonce, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      return null; // it was sealed under another key
    }
  }

  public static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
