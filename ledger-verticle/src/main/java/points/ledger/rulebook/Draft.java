package points.ledger.rulebook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A rule book to be kept, as a caller sent it.
 *
 * @param ruleBookId unique in the program
 * @param title for people
 * @param document was read without a fault
 * @param author the caller; null when nobody is known
 */
public record Draft(
    String programId,
    String ruleBookId,
    @Nullable String title,
    String document,
    @Nullable String author) {

  /** Greatest number of drafts of a program: books that were never published. */
  public static final int DRAFTS_MAX = 100;

  /** Returns the SHA-256 of the document, in hexadecimal. */
  public String hash() {
    try {
      byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
