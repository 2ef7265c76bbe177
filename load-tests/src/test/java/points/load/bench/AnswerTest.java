package points.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerTest {
  @Test
  void keeps_status_headers_in_order_and_body() {
    Answer answer =
        Answer.parse(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-length: 13\r\n"
                + "X-Request-Id: a:b\r\n\r\n{\"points\":12}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsExactly(
            new Answer.Header("Content-Type", "application/json"),
            new Answer.Header("X-Request-Id", "a:b"));
    assertThat(answer.body()).isEqualTo("{\"points\":12}");
  }
}
