package points.load.bench.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
  private static final String CREATED =
      "HTTP/1.1 201 Created\r\nX-Request-Id: 7\r\nContent-Length: 13\r\n\r\n{\"points\":12}";
  private static final String REFUSED = "HTTP/1.1 409 Conflict\r\ncontent-length:4\r\n\r\nnope";

  private final ResponseReader reader = new ResponseReader();

  @Test
  void reads_an_answer_that_comes_at_once() {
    assertThat(reader.read(bytes(CREATED))).isTrue();
    assertThat(reader.status()).isEqualTo(201);
    assertThat(reader.body()).isEqualTo("{\"points\":12}");
  }

  @Test
  void reads_an_answer_wherever_it_is_cut() {
    byte[] all = CREATED.getBytes(UTF_8);
    for (int cut = 1; cut < all.length; cut++) {
      ResponseReader fresh = new ResponseReader();
      assertThat(fresh.read(ByteBuffer.wrap(all, 0, cut))).isFalse();
      assertThat(fresh.read(ByteBuffer.wrap(all, cut, all.length - cut))).isTrue();
      assertThat(fresh.body()).isEqualTo("{\"points\":12}");
    }
  }

  @Test
  void reads_an_answer_byte_by_byte() {
    ByteBuffer all = bytes(CREATED);
    for (int i = 0; i < CREATED.length() - 1; i++) {
      assertThat(reader.read(all.slice(i, 1))).isFalse();
    }
    assertThat(reader.read(all.slice(CREATED.length() - 1, 1))).isTrue();
  }

  @Test
  void stops_behind_an_answer_and_goes_on_with_the_next() {
    ByteBuffer both = bytes(CREATED + REFUSED);
    assertThat(reader.read(both)).isTrue();
    assertThat(both.remaining()).isEqualTo(REFUSED.length());
    assertThat(reader.status()).isEqualTo(201);
    assertThat(reader.read(both)).isTrue();
    assertThat(both.hasRemaining()).isFalse();
    assertThat(reader.status()).isEqualTo(409);
    assertThat(reader.body()).isEqualTo("nope");
  }

  @Test
  void an_answer_may_be_empty() {
    assertThat(reader.read(bytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))).isTrue();
    assertThat(reader.body()).isEmpty();
    assertThat(reader.read(bytes("HTTP/1.1 204 No Content\r\n\r\n"))).isTrue();
    assertThat(reader.status()).isEqualTo(204);
    assertThat(reader.read(bytes(CREATED))).isTrue();
    assertThat(reader.status()).isEqualTo(201);
  }

  @Test
  void a_long_body_is_cut_and_the_next_answer_is_read() {
    String body = "x".repeat(3 * ResponseReader.BODY_BYTES_KEPT);
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
    ByteBuffer all = bytes(head + body + REFUSED);
    assertThat(reader.read(all)).isTrue();
    assertThat(reader.body()).hasSize(ResponseReader.BODY_BYTES_KEPT);
    assertThat(reader.read(all)).isTrue();
    assertThat(reader.status()).isEqualTo(409);
  }

  @Test
  void refuses_chunked_answers_and_endless_heads() {
    ByteBuffer chunked = bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    assertThatThrownBy(() -> reader.read(chunked)).hasMessageContaining("without Content-Length");
    ByteBuffer endless = bytes("x".repeat(ResponseReader.HEAD_BYTES_MAX + 1));
    assertThatThrownBy(() -> new ResponseReader().read(endless)).hasMessageContaining("over 8192");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
