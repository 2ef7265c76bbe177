package points.gateway.http;

/** What strings of callers may hold. */
final class Text {

  static final int ID_LENGTH_MAX = 64;
  static final int NAME_LENGTH_MAX = 200;
  static final int REASON_LENGTH_MAX = 500;
  static final int OPERATOR_LENGTH_MAX = 200;

  /** What a point currency may be called. */
  static final String CODE = "1 to 32 of A-Z a-z 0-9 . _ : @ + ~ -, the first a letter or digit";

  private static final int CODE_LENGTH_MAX = 32;

  private Text() {}

  /** What a point currency may be called: a short id. */
  static boolean isCode(String text) {
    return text.length() <= CODE_LENGTH_MAX && isId(text);
  }

  /** 1 to 64 of {@code A-Z a-z 0-9 . _ : @ + ~ -}, the first a letter or digit. */
  static boolean isId(String text) {
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

  static boolean isVisibleAscii(String text, int lengthMax) {
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

  /** Text for people: 1 to so many characters, none of them a control character. */
  static boolean isReadable(String text, int lengthMax) {
    return !text.isEmpty()
        && text.codePointCount(0, text.length()) <= lengthMax
        && text.chars().noneMatch(c -> c < ' ' || c == 0x7F)
        && text.codePoints()
            .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
