package points.gateway.staff;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Secrets;

/**
 * An Argon2id hash of a password with its parameters, as {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 *
 * <p>To be made on a worker thread: it takes 19 MiB and some hundredths of a second.
 */
public final class Argon2Hash {

  /** Memory, in KiB. With the two below it is what OWASP asks for at least. */
  private static final int MEMORY = 19 * 1024;

  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** Greatest parameters that a stored hash may ask for. */
  private static final int MEMORY_MAX = 1024 * 1024;

  private static final int PASSES_MAX = 100;
  private static final int LANES_MAX = 16;

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  /**
   * A hash that was read.
   *
   * @param salt in base 64, as is the hash
   */
  private record Parsed(int memory, int passes, int lanes, String salt, String hash) {

    static @Nullable Parsed of(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        return null;
      }
      int memory = Integer.parseInt(form.group(1));
      int passes = Integer.parseInt(form.group(2));
      int lanes = Integer.parseInt(form.group(3));
      boolean sane =
          memory >= 8 * lanes
              && memory <= MEMORY_MAX
              && passes >= 1
              && passes <= PASSES_MAX
              && lanes >= 1
              && lanes <= LANES_MAX;
      return sane ? new Parsed(memory, passes, lanes, form.group(4), form.group(5)) : null;
    }

    boolean isOfToday() {
      return memory == MEMORY && passes == PASSES && lanes == LANES && hashBytes() == HASH_BYTES;
    }

    int hashBytes() {
      return Base64.getDecoder().decode(hash).length;
    }
  }

  private Argon2Hash() {}

  /** Hashes a password under a new salt. */
  public static String of(String password) {
    var encoder = Base64.getEncoder().withoutPadding();
    String salt = encoder.encodeToString(Secrets.random(SALT_BYTES));
    String room = encoder.encodeToString(new byte[HASH_BYTES]);
    byte[] hash = hash(password, new Parsed(MEMORY, PASSES, LANES, salt, room));
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(MEMORY, PASSES, LANES, salt, encoder.encodeToString(hash));
  }

  /** Returns whether the hash is of this password. A hash that cannot be read is of none. */
  static boolean matches(String password, String stored) {
    Parsed parsed = Parsed.of(stored);
    return parsed != null
        && MessageDigest.isEqual(hash(password, parsed), Base64.getDecoder().decode(parsed.hash()));
  }

  /** Returns whether the hash was made with other parameters than new ones are. */
  static boolean isOutdated(String stored) {
    Parsed parsed = Parsed.of(stored);
    return parsed == null || !parsed.isOfToday();
  }

  private static byte[] hash(String password, Parsed by) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(by.memory())
            .withIterations(by.passes())
            .withParallelism(by.lanes())
            .withSalt(Base64.getDecoder().decode(by.salt()))
            .build());
    byte[] hash = new byte[by.hashBytes()];
    String oneForm = Normalizer.normalize(password, Normalizer.Form.NFKC);
    generator.generateBytes(oneForm.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
