package points.ledger.form;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import points.ledger.model.Origin.Channel;

/** The formats of the strings that callers send. */
public final class Formats {

  public static final int ID_LENGTH_MAX = 64;
  public static final int NAME_LENGTH_MAX = 200;
  public static final int REASON_LENGTH_MAX = 500;
  public static final int OPERATOR_LENGTH_MAX = 200;

  private static final int CODE_LENGTH_MAX = 32;

  private static final Pattern PERIOD =
      Pattern.compile(
          "P([1-9]|[1-9][0-9]|1[01][0-9]|120)M"
              + "|P([1-9][0-9]{0,2}|[12][0-9]{3}|3[0-5][0-9]{2}|36[0-4][0-9]|3650)D");

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}([.]\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

  /** Greatest number of characters of an unknown name that an answer repeats. */
  static final int UNKNOWN_LENGTH_MAX = 64;

  private Formats() {}

  /** Parses a time of RFC 3339; returns null when the text is none. */
  public static @Nullable Instant time(String text) {
    if (!RFC_3339.matcher(text).matches()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Returns whether this is a period: P1M to P120M, or P1D to P3650D. */
  public static boolean isPeriod(String text) {
    return PERIOD.matcher(text).matches();
  }

  /** Returns whether a point currency may have this code: a short id. */
  public static boolean isCode(String text) {
    return text.length() <= CODE_LENGTH_MAX && isId(text);
  }

  /**
   * Returns whether this is an id: 1 to 64 of {@code A-Z a-z 0-9 . _ : @ + ~ -}, the first a letter
   * or digit.
   */
  public static boolean isId(String text) {
    int length = text.length();
    if (length == 0 || length > ID_LENGTH_MAX || !isAlphanumeric(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && "._:@+~-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  public static boolean isVisibleAscii(String text, int lengthMax) {
    if (text.isEmpty() || text.length() > lengthMax) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '!' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether this is text for people: 1 to that many characters, not all blank, no control
   * character.
   */
  public static boolean isReadable(String text, int lengthMax) {
    return text.codePointCount(0, text.length()) <= lengthMax
        && !text.codePoints().allMatch(Formats::isBlank)
        && text.codePoints().noneMatch(c -> Character.isISOControl(c) || isSurrogate(c));
  }

  /** Cuts text from a stranger, and puts a ? for characters that are not text. */
  public static String printable(String text, int lengthMax) {
    var shown = new StringBuilder();
    text.codePoints()
        .limit(lengthMax)
        .map(c -> Character.isISOControl(c) || isSurrogate(c) ? '?' : c)
        .forEach(shown::appendCodePoint);
    return text.codePointCount(0, text.length()) > lengthMax ? shown + "…" : shown.toString();
  }

  /** Cuts an unknown name short and escapes it for a JSON pointer. */
  public static String unknown(String name) {
    return printable(name, UNKNOWN_LENGTH_MAX).replace("~", "~0").replace("/", "~1");
  }

  private static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  /** Returns whether this is half of a surrogate pair without the other half. */
  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /**
   * Returns the name of a constant as callers write it, such as {@code active} or {@code expiry}.
   */
  public static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the name of a channel in the API. */
  public static String label(Channel channel) {
    return channel == Channel.MINI_PROGRAM ? "miniProgram" : label((Enum<?>) channel);
  }

  /** Adds a field to an answer, unless it has no value. */
  public static void putUnlessNull(JsonObject json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
