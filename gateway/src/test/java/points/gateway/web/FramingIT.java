package points.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/**
 * Where a request ends is never in doubt. One that a proxy in front could take to end elsewhere is
 * refused and is the last of its connection, so that nothing behind it counts as a request.
 */
@WithGateway
class FramingIT {

  private static final int WAIT_MS_MAX = 5_000;

  private final LocalGateway gateway;

  FramingIT(LocalGateway gateway) {
    this.gateway = gateway;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\nContent-Length: 5",
        "Transfer-Encoding: chunked\nContent-Length: 0",
        "Content-Length: 5\nTransfer-Encoding: identity",
        "Content-Length: 5\nTransfer-Encoding: gzip, chunked",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: chunked\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\nTransfer-Encoding: identity",
        "Transfer-Encoding: identity",
        "Transfer-Encoding:",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding:\u000bchunked",
        "Content-Length: 5\nContent-Length: 6",
        "Content-Length: 5, 6",
        "Content-Length: +5",
        "Content-Length: -5",
        "Content-Length: 0x5",
        "Content-Length: 5 5",
        "Content-Length:",
      })
  void refuses_a_request_of_doubtful_end_and_closes(String framing) throws IOException {
    String said = sayAll(request("HTTP/1.1", framing) + "0\r\n\r\n" + next());

    isLast(said);
  }

  @Test
  void refuses_chunks_in_http_1_0() throws IOException {
    String said = sayAll(request("HTTP/1.0", "Transfer-Encoding: chunked") + "0\r\n\r\n" + next());

    assertThat(said).startsWith("HTTP/1.0 400 ").doesNotContain("HTTP/1.1 ");
  }

  @Test
  void takes_chunks_and_a_length_each_by_itself() throws IOException {
    String said =
        sayAll(
            request("HTTP/1.1", "Transfer-Encoding: chunked")
                + "2\r\n{}\r\n0\r\n\r\n"
                + request("HTTP/1.1", "Content-Length: 2")
                + "{}"
                + next().replace("keep-alive", "close"));

    assertThat(said.split("HTTP/1.1 ", -1)).hasSize(4);
    assertThat(said).contains("HTTP/1.1 422 ", "HTTP/1.1 200 ").doesNotContain(" 400 ");
  }

  @Test
  void speaks_no_http_2() throws IOException {
    String said = sayAll("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0");

    assertThat(said.split("\r\n", 2)[0])
        .isIn("HTTP/2.0 501 Not Implemented", "HTTP/1.1 400 Bad Request");
  }

  @Test
  void does_not_change_to_another_protocol() throws IOException {
    String said =
        sayAll(
            next()
                    .replace(
                        "Connection: keep-alive",
                        "Connection: Upgrade, HTTP2-Settings\r\n"
                            + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA")
                + next().replace("keep-alive", "close"));

    assertThat(said.split("HTTP/1.1 200 ", -1)).hasSize(3);
    assertThat(said).doesNotContain(" 101 ");
  }

  private static void isLast(String said) {
    assertThat(said)
        .startsWith("HTTP/1.1 400 ")
        .containsIgnoringCase("\r\nConnection: close\r\n")
        .contains("\"code\":\"malformed_request\"");
    assertThat(said.split("HTTP/1.1 ", -1)).as("answers").hasSize(2);
  }

  private String request(String version, String framing) {
    return "POST /v1/stores "
        + version
        + "\r\nHost: gateway\r\nConnection: keep-alive\r\nContent-Type: application/json\r\n"
        + "Idempotency-Key: framed\r\nAuthorization: Bearer "
        + LocalGateway.OPERATOR_KEY
        + "\r\n"
        + framing.replace("\n", "\r\n")
        + "\r\n\r\n";
  }

  private String next() {
    return "GET /v1/stores HTTP/1.1\r\n"
        + "Host: gateway\r\n"
        + "Connection: keep-alive\r\n"
        + "Authorization: Bearer "
        + LocalGateway.OPERATOR_KEY
        + "\r\n\r\n";
  }

  /** Says it, and hears out what the gateway says until it closes the connection. */
  private String sayAll(String what) throws IOException {
    URI uri = URI.create(gateway.uri());
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(WAIT_MS_MAX);
      socket.getOutputStream().write(what.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
