package points.load.bench.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a request, with fields of fixed width that are overwritten in place.
 *
 * <p>Making a request costs one copy. Belongs to one thread.
 */
public final class RequestTemplate {
  /** A part that differs from request to request, written {@code <MEMBER>} in the text. */
  public enum Field {
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
  }

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern PLACEHOLDER = Pattern.compile("<([A-Z]+)>");

  private final int success;
  private final String refusal;
  private final byte[] bytes;
  private final Map<Field, Integer> offsets = new EnumMap<>(Field.class);

  private RequestTemplate(int success, String refusal, String text) {
    this.success = success;
    this.refusal = refusal;
    StringBuilder filled = new StringBuilder();
    Matcher placeholders = PLACEHOLDER.matcher(text);
    while (placeholders.find()) {
      Field field = Field.valueOf(placeholders.group(1));
      placeholders.appendReplacement(filled, "0".repeat(field.width));
      offsets.put(field, filled.length() - field.width);
    }
    bytes = placeholders.appendTail(filled).toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Makes a read; target and headers may hold fields, each at most once. */
  static RequestTemplate get(String target, String headers) {
    return new RequestTemplate(200, "", "GET %s HTTP/1.1\r\n%s\r\n".formatted(target, headers));
  }

  /**
   * Makes a POST of JSON, in which each field may be used once.
   *
   * @param refusal the code of a problem that is to be expected; empty when there is none
   */
  static RequestTemplate post(String target, String headers, String json, String refusal) {
    int length = new RequestTemplate(0, "", json).bytes.length;
    String text =
        "POST %s HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s";
    return new RequestTemplate(201, refusal, text.formatted(target, headers, length, json));
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
  void text(Field field, String value) {
    if (value.length() != field.width) {
      throw new IllegalArgumentException(field + " takes " + field.width + " characters");
    }
    byte[] text = value.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, bytes, offset(field), field.width);
  }

  boolean has(Field field) {
    return offsets.containsKey(field);
  }

  void writeTo(ByteBuffer out) {
    out.put(bytes);
  }

  boolean writes() {
    return success == 201;
  }

  boolean isSuccess(ResponseReader answer) {
    return answer.status() == success;
  }

  /** Returns whether the rules of the program refused it, in a way that is to be expected. */
  boolean isRefusal(ResponseReader answer) {
    return !refusal.isEmpty()
        && answer.status() == 409
        && answer.body().contains("\"" + refusal + "\"");
  }

  /** Returns the request line. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.US_ASCII).lines().findFirst().orElse("");
  }

  private int offset(Field field) {
    Integer offset = offsets.get(field);
    if (offset == null) {
      throw new IllegalArgumentException("this request has no " + field);
    }
    return offset;
  }
}
