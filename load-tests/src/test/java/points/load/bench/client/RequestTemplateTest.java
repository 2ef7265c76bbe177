package points.load.bench.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import points.load.bench.client.RequestTemplate.Field;

class RequestTemplateTest {
  @Test
  void fields_are_overwritten_in_place() {
    RequestTemplate get = RequestTemplate.get("/members/<MEMBER>/balance", "X: <KEY>\r\n");
    get.decimal(Field.MEMBER, 42);
    get.hexadecimal(Field.KEY, -1);
    assertThat(text(get))
        .isEqualTo("GET /members/000042/balance HTTP/1.1\r\nX: ffffffffffffffff\r\n\r\n");
    get.decimal(Field.MEMBER, 123_456);
    assertThat(text(get)).startsWith("GET /members/123456/balance");
  }

  @Test
  void a_body_is_as_long_as_its_header_says() {
    RequestTemplate post =
        RequestTemplate.post("/x", "", "{\"at\":\"<TIME>\",\"store\":\"<STORE>\"}", "");
    post.text(Field.TIME, "2026-11-22T10:00:00Z");
    post.decimal(Field.STORE, 7);
    String body = "{\"at\":\"2026-11-22T10:00:00Z\",\"store\":\"007\"}";
    assertThat(text(post)).contains("Content-Length: " + body.length() + "\r\n").endsWith(body);
  }

  @Test
  void a_field_that_is_not_there_cannot_be_set() {
    RequestTemplate get = RequestTemplate.get("/", "");
    assertThatThrownBy(() -> get.decimal(Field.MEMBER, 1)).hasMessageContaining("no MEMBER");
  }

  private static String text(RequestTemplate request) {
    ByteBuffer out = ByteBuffer.allocate(1024);
    request.writeTo(out);
    return new String(out.array(), 0, out.position(), US_ASCII);
  }
}
