package points.load.bench.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the HTTP/1.1 answers of one connection, however the network cuts them. Answers without a
 * stated length are refused, and heads of more than {@value #HEAD_BYTES_MAX} bytes.
 */
final class ResponseReader {
  static final int HEAD_BYTES_MAX = 8192;
  static final int BODY_BYTES_KEPT = 4096;

  /** Carriage return and line feed twice, as one number: the end of a head. */
  private static final int BLANK_LINE = 0x0D0A0D0A;

  private static final Pattern LENGTH =
      Pattern.compile("\ncontent-length: *(\\d+)", Pattern.CASE_INSENSITIVE);

  private final byte[] head = new byte[HEAD_BYTES_MAX];
  private final byte[] body = new byte[BODY_BYTES_KEPT];
  private int headLength;
  private int lastFourBytes;
  private boolean inBody;
  private int bodyLength;
  private int bodyRead;

  /**
   * Reads on and returns whether an answer is now complete. Then the buffer stands right behind it,
   * and status and body are available until the next call.
   */
  boolean read(ByteBuffer in) {
    if (inBody && bodyRead == bodyLength) {
      inBody = false;
      headLength = 0;
      lastFourBytes = 0;
    }
    return (inBody || readHead(in)) && readBody(in);
  }

  int status() {
    return (head[9] - '0') * 100 + (head[10] - '0') * 10 + (head[11] - '0');
  }

  /** Returns the body, cut after {@value #BODY_BYTES_KEPT} bytes. */
  String body() {
    return new String(body, 0, Math.min(bodyRead, BODY_BYTES_KEPT), StandardCharsets.UTF_8);
  }

  private boolean readHead(ByteBuffer in) {
    while (in.hasRemaining()) {
      if (headLength == HEAD_BYTES_MAX) {
        throw new IllegalStateException("an answer's head is over " + HEAD_BYTES_MAX + " bytes");
      }
      byte next = in.get();
      head[headLength++] = next;
      lastFourBytes = (lastFourBytes << 8) | (next & 0xFF);
      if (lastFourBytes == BLANK_LINE) {
        inBody = true;
        bodyLength = statedLength();
        bodyRead = 0;
        return true;
      }
    }
    return false;
  }

  private boolean readBody(ByteBuffer in) {
    int count = Math.min(in.remaining(), bodyLength - bodyRead);
    int kept = Math.min(count, Math.max(0, BODY_BYTES_KEPT - bodyRead));
    in.get(body, Math.min(bodyRead, BODY_BYTES_KEPT), kept);
    in.position(in.position() + count - kept);
    bodyRead += count;
    return bodyRead == bodyLength;
  }

  private int statedLength() {
    String text = new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
    Matcher length = LENGTH.matcher(text);
    if (length.find()) {
      return Integer.parseInt(length.group(1));
    }
    if (status() == 204) {
      return 0;
    }
    throw new IllegalStateException("an answer without Content-Length: " + text);
  }
}
