package points.gateway.staff;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The rules for new passwords: long enough, and not among the first that somebody would try.
 *
 * <p>There are no rules for the kinds of characters, and passwords do not age: both lead to worse
 * passwords.
 */
public final class PasswordRules {

  public static final int LENGTH_MIN = 12;
  public static final int LENGTH_MAX = 128;

  /** A reason why a text cannot be a new password. */
  public enum Fault {
    /** Too short, or too long. */
    LENGTH,
    /** Among those that are tried first. */
    COMMON,
    /** Of too few different characters. */
    REPEATS,
    /** Made of the person's name. */
    NAME,
    /** That of now. */
    SAME
  }

  private static final String COMMON = "/points/gateway/staff/common-passwords.txt";

  /** Least number of different characters, so that {@code aaaaaaaaaaaa} is refused. */
  private static final int DIFFERENT_MIN = 4;

  private final Set<String> common = read();

  /** Returns what is wrong with a new password; empty when nothing is. */
  public Optional<Fault> fault(String password, String name) {
    int length = password.codePointCount(0, password.length());
    String comparable = comparable(password);
    String own = comparable(name);
    if (length < LENGTH_MIN || length > LENGTH_MAX) {
      return Optional.of(Fault.LENGTH);
    } else if (common.contains(comparable) || common.contains(withoutEnd(comparable))) {
      return Optional.of(Fault.COMMON);
    } else if (comparable.codePoints().distinct().count() < DIFFERENT_MIN) {
      return Optional.of(Fault.REPEATS);
    } else if (comparable.equals(own) || (own.length() > 3 && rest(comparable, own) <= 4)) {
      return Optional.of(Fault.NAME);
    }
    return Optional.empty();
  }

  /** Returns whether a text can be a password at all, old or new. */
  public static boolean isReadable(String text) {
    return !text.isEmpty() && text.codePointCount(0, text.length()) <= LENGTH_MAX;
  }

  private static int rest(String password, String name) {
    return password.replace(name, "").length();
  }

  private static String withoutEnd(String password) {
    return password.replaceFirst("[0-9!?.]+$", "");
  }

  private static String comparable(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  private static Set<String> read() {
    try (InputStream in = Objects.requireNonNull(PasswordRules.class.getResourceAsStream(COMMON));
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Set<String> all = new HashSet<>();
      lines.lines().filter(line -> !line.startsWith("#")).forEach(all::add);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
