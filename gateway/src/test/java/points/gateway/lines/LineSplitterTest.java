package points.gateway.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {

  private static final int LENGTH_MAX = 10;

  @Test
  void numbers_lines_and_leaves_blank_ones_out() {
    assertThat(split("a\n\n \t\r\nbc\r\n", 100)).containsExactly("1 a", "4 bc\r");
  }

  @Test
  void takes_a_last_line_that_nothing_ends() {
    assertThat(split("a\nb", 100)).containsExactly("1 a", "2 b");
    assertThat(split("a\n ", 100)).containsExactly("1 a");
    assertThat(split("", 100)).isEmpty();
  }

  @Test
  void a_line_may_be_as_long_as_it_may_and_no_longer() {
    assertThat(split("0123456789\n01234567890\nc\n0123456789\n", 100))
        .containsExactly("1 0123456789", "2 too long", "3 c", "4 0123456789");
    assertThat(split("01234567890123456789", 100)).containsExactly("1 too long");
  }

  /** Wherever the network cuts, the lines are the same. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 11, 64})
  void splits_the_same_lines_however_the_bytes_are_cut(int chunk) {
    String text = "a\n\n0123456789\n01234567890123\n汉字\nlast";
    assertThat(split(text, chunk)).isEqualTo(split(text, 1_000));
  }

  @Test
  void keeps_no_more_of_a_long_line_than_the_limit() {
    var splitter = new LineSplitter(LENGTH_MAX);
    var random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      var bytes = new byte[1_000];
      random.nextBytes(bytes);
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = bytes[j] == '\n' ? (byte) 'x' : bytes[j];
      }
      splitter.feed(Buffer.buffer(bytes));
      assertThat(splitter.next()).isNull();
      assertThat(splitter.isDrained()).isTrue();
    }
    splitter.feed(Buffer.buffer("\nb\n"));
    assertThat(text(splitter.next())).isEqualTo("1 too long");
    assertThat(text(splitter.next())).isEqualTo("2 b");
  }

  private static List<String> split(String text, int chunk) {
    var splitter = new LineSplitter(LENGTH_MAX);
    var lines = new ArrayList<String>();
    Buffer all = Buffer.buffer(text);
    for (int at = 0; at < all.length(); at += chunk) {
      splitter.feed(all.getBuffer(at, Math.min(all.length(), at + chunk)));
      for (NumberedLine line = splitter.next(); line != null; line = splitter.next()) {
        lines.add(text(line));
      }
    }
    NumberedLine rest = splitter.rest();
    if (rest != null) {
      lines.add(text(rest));
    }
    assertThat(splitter.hasRest()).isFalse();
    return lines;
  }

  private static String text(@Nullable NumberedLine line) {
    return line == null
        ? "none"
        : line.number() + " " + (line.text() == null ? "too long" : line.text());
  }
}
