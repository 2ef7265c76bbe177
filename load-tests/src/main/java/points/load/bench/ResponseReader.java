package points.load.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads the HTTP/1.1 answers of one connection, however the network cuts them. Understands bodies
 * of a stated length only: a chunked answer is refused, as is a head beyond {@value
 * #HEAD_BYTES_MAX} bytes.
 */
final class ResponseReader {
  static final int HEAD_BYTES_MAX = 8192;
  static final int BODY_BYTES_KEPT = 4096;

  /** What marks the end of a head, as one number: carriage return, line feed, twice. */
  private static final int BLANK_LINE = 0x0D0A0D0A;

  private static final byte[] CONTENT_LENGTH =
      "content-length:".getBytes(StandardCharsets.US_ASCII);

  private final byte[] head = new byte[HEAD_BYTES_MAX];
  private final byte[] body = new byte[BODY_BYTES_KEPT];
  private int headLength;
  private int lastFourBytes;
  private boolean inBody;
  private int bodyLength;
  private int bodyRead;

  /**
   * Reads on and says whether an answer is now complete. Then the buffer stands right behind it,
   * and status, head and body may be asked for until the next call.
   */
  boolean read(ByteBuffer in) {
    if (inBody && bodyRead == bodyLength) {
      startNext();
    }
    if (!inBody && !readHead(in)) {
      return false;
    }
    return readBody(in);
  }

  int status() {
    return (head[9] - '0') * 100 + (head[10] - '0') * 10 + (head[11] - '0');
  }

  /** Status line and headers, without the blank line. */
  String head() {
    return new String(head, 0, headLength - 4, StandardCharsets.ISO_8859_1);
  }

  /** The body, cut after {@value #BODY_BYTES_KEPT} bytes. */
  String body() {
    return new String(body, 0, Math.min(bodyRead, BODY_BYTES_KEPT), StandardCharsets.UTF_8);
  }

  private void startNext() {
    inBody = false;
    headLength = 0;
    lastFourBytes = 0;
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
    for (int at = 0; at < headLength - CONTENT_LENGTH.length; at++) {
      if (head[at] == '\n' && isContentLength(at + 1)) {
        return number(at + 1 + CONTENT_LENGTH.length);
      }
    }
    if (status() == 204 || status() == 304) {
      return 0;
    }
    throw new IllegalStateException(
        "an answer without Content-Length: " + head().toLowerCase(Locale.ROOT));
  }

  private boolean isContentLength(int from) {
    for (int i = 0; i < CONTENT_LENGTH.length; i++) {
      byte b = head[from + i];
      int lower = b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
      if (lower != CONTENT_LENGTH[i]) {
        return false;
      }
    }
    return true;
  }

  private int number(int from) {
    int at = from;
    while (head[at] == ' ') {
      at++;
    }
    int value = 0;
    while (head[at] >= '0' && head[at] <= '9') {
      value = Math.addExact(Math.multiplyExact(value, 10), head[at++] - '0');
    }
    return value;
  }
}
