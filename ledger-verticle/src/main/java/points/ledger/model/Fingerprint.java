package points.ledger.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;

/**
 * A fingerprint of a command's content: the first 128 bits of a SHA-256 over its fields.
 *
 * <p>Each field has its length before it, so that no two contents run together. It is independent
 * of how the JSON was written.
 */
public final class Fingerprint {

  private final MessageDigest digest;

  private Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Starts the fingerprint of a content of this kind. */
  public static Fingerprint of(String kind) {
    return new Fingerprint().and(kind);
  }

  public Fingerprint and(@Nullable String field) {
    if (field == null) {
      return number(-1);
    }
    byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    digest.update(bytes);
    return this;
  }

  /** Adds an account, unless it is the first: calls from when it was the only one keep theirs. */
  public Fingerprint andUnlessFirst(String account) {
    return account.equals(Accounts.POINTS) ? this : and(account);
  }

  public Fingerprint and(long field) {
    return number(8).number(field);
  }

  public Fingerprint and(Instant field) {
    return number(16).number(field.getEpochSecond()).number(field.getNano());
  }

  public UUID toUuid() {
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new UUID(hash.getLong(), hash.getLong());
  }

  private Fingerprint number(long number) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      digest.update((byte) (number >>> shift));
    }
    return this;
  }
}
