package points.load.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one kind of request, with fields of fixed width that are overwritten in place:
 * making a request costs one copy. Belongs to one thread.
 */
final class RequestTemplate {
  /** What differs from request to request; written {@code <MEMBER>} and so on in the text. */
  enum Field {
    MEMBER(6),
    STORE(3),
    ORDER(16),
    KEY(16),
    TIME(20),
    POINTS(1);

    private final int width;

    Field(int width) {
      this.width = width;
    }

    private String placeholder() {
      return "<" + name() + ">";
    }
  }

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;
  private final Map<Field, Integer> offsets = new EnumMap<>(Field.class);

  private RequestTemplate(String text) {
    String filled = text;
    // Always the placeholder that comes first, so that an offset that was noted stays true.
    for (Field field = first(filled); field != null; field = first(filled)) {
      offsets.put(field, filled.indexOf(field.placeholder()));
      filled = filled.replaceFirst(field.placeholder(), "0".repeat(field.width));
    }
    bytes = filled.getBytes(StandardCharsets.US_ASCII);
  }

  /** A request without a body; the target and the headers may hold fields, each at most once. */
  static RequestTemplate get(String target, String headers) {
    return new RequestTemplate("GET " + target + " HTTP/1.1\r\n" + headers + "\r\n");
  }

  /** A POST of JSON; each field may be used once. */
  static RequestTemplate post(String target, String headers, String json) {
    int length = new RequestTemplate(json).bytes.length;
    String head =
        "POST %s HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n";
    return new RequestTemplate(head.formatted(target, headers, length) + json);
  }

  /** Writes a number in decimal digits, leading zeros included. */
  void decimal(Field field, long value) {
    int start = offset(field);
    long rest = value;
    for (int at = start + field.width - 1; at >= start; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** Writes the low bits of a number in hexadecimal digits. */
  void hexadecimal(Field field, long value) {
    int start = offset(field);
    long rest = value;
    for (int at = start + field.width - 1; at >= start; at--) {
      bytes[at] = HEX[(int) (rest & 15)];
      rest >>>= 4;
    }
  }

  /** Writes text that is exactly as wide as the field. */
  void text(Field field, byte[] value) {
    if (value.length != field.width) {
      throw new IllegalArgumentException(field + " takes " + field.width + " bytes");
    }
    System.arraycopy(value, 0, bytes, offset(field), value.length);
  }

  boolean has(Field field) {
    return offsets.containsKey(field);
  }

  void writeTo(ByteBuffer out) {
    out.put(bytes);
  }

  private int offset(Field field) {
    Integer offset = offsets.get(field);
    if (offset == null) {
      throw new IllegalArgumentException("this request has no " + field);
    }
    return offset;
  }

  private static @Nullable Field first(String text) {
    Field first = null;
    int least = Integer.MAX_VALUE;
    for (Field field : Field.values()) {
      int at = text.indexOf(field.placeholder());
      if (at >= 0 && at < least) {
        least = at;
        first = field;
      }
    }
    return first;
  }
}
