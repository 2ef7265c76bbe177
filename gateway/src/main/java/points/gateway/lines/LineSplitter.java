package points.gateway.lines;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Cuts chunks of bytes into lines, and returns them one by one. It holds the bytes that came in and
 * were not asked for yet, and never more of a line than a line may have.
 */
final class LineSplitter {

  private final int lengthMax;
  private final Deque<Buffer> chunks = new ArrayDeque<>(2);
  private Buffer begun = Buffer.buffer();
  private int position;
  private boolean tooLong;
  private long number;

  /**
   * @param lengthMax bytes of a line, without its end
   */
  LineSplitter(int lengthMax) {
    this.lengthMax = lengthMax;
  }

  void feed(Buffer chunk) {
    if (chunk.length() > 0) {
      chunks.add(chunk);
    }
  }

  /** Returns whether all bytes that came in were looked at. */
  boolean isDrained() {
    return chunks.isEmpty();
  }

  /** Returns how many lines were looked at, blank ones among them. */
  long number() {
    return number;
  }

  /**
   * Returns the next complete line that is not blank; null when there is none in the bytes so far.
   */
  @Nullable NumberedLine next() {
    while (!chunks.isEmpty()) {
      Buffer chunk = chunks.getFirst();
      int end = indexOfEnd(chunk, position);
      keep(chunk, position, end);
      if (end == chunk.length()) {
        chunks.removeFirst();
        position = 0;
      } else {
        position = end + 1;
        NumberedLine line = take();
        if (line != null) {
          return line;
        }
      }
    }
    return null;
  }

  /** Returns whether there are bytes after the last end of a line. */
  boolean hasRest() {
    return begun.length() > 0 || tooLong;
  }

  /**
   * Returns the bytes after the last end of a line; null when there are none, or they are blank.
   */
  @Nullable NumberedLine rest() {
    return hasRest() ? take() : null;
  }

  private static int indexOfEnd(Buffer chunk, int from) {
    int at = from;
    while (at < chunk.length() && chunk.getByte(at) != '\n') {
      at++;
    }
    return at;
  }

  private void keep(Buffer chunk, int from, int to) {
    if (tooLong || to - from > lengthMax - begun.length()) {
      tooLong = true;
      begun = Buffer.buffer();
    } else {
      begun.appendBuffer(chunk, from, to - from);
    }
  }

  private @Nullable NumberedLine take() {
    number++;
    Buffer text = begun;
    boolean kept = !tooLong;
    begun = Buffer.buffer();
    tooLong = false;
    if (!kept) {
      return new NumberedLine(number, null);
    }
    return isBlank(text) ? null : new NumberedLine(number, text);
  }

  private static boolean isBlank(Buffer text) {
    for (int i = 0; i < text.length(); i++) {
      byte b = text.getByte(i);
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
