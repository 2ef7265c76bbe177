package points.load.fault.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import points.load.fault.history.FeedEvent;
import points.load.fault.history.FeedLog;

/** A consumer of the feed, against a node that answers byte by byte as the test wants it. */
@Timeout(30)
class FeedFollowerTest {
  private static final String PAGE =
      """
      {"items":[{"id":"1","type":"points.earned","subject":"run-1","membersequence":1,\
      "time":"2026-11-22T10:00:00Z"}],"nextCursor":"c1","hasMore":false}\
      """;
  private static final String END = "{\"items\":[],\"nextCursor\":\"c1\",\"hasMore\":false}";

  private final ServerSocket node = listen();
  private final CountDownLatch wentOn = new CountDownLatch(2);

  @AfterEach
  void close() throws IOException {
    node.close();
  }

  @Test
  void a_page_that_stalls_after_its_headers_is_given_up_and_asked_for_again() throws Exception {
    Thread answering = new Thread(this::stallThenAnswer, "node");
    answering.setDaemon(true);
    answering.start();
    URI url = URI.create("http://127.0.0.1:" + node.getLocalPort());
    FeedFollower follower =
        FeedFollower.start(
            List.of(new NodeAddress("node", url)), "key", "run-", 1, Duration.ofMillis(500));

    assertThat(wentOn.await(10, TimeUnit.SECONDS)).as("it asked on").isTrue();
    follower.stop();
    FeedLog log = follower.drain(1, Duration.ofSeconds(5));

    assertThat(log.refusals()).isEmpty();
    assertThat(log.events()).extracting(FeedEvent::memberId).containsExactly("run-1");
  }

  /** Stalls in the middle of the first page; gives the whole page next, and the end ever after. */
  private void stallThenAnswer() {
    try (Socket stalled = node.accept()) {
      readRequest(stalled.getInputStream());
      write(stalled, PAGE, PAGE.length() / 2);
      for (String page = PAGE; ; page = END) {
        try (Socket caller = node.accept()) {
          readRequest(caller.getInputStream());
          write(caller, page, page.length());
          wentOn.countDown();
        }
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  private static void readRequest(InputStream in) throws IOException {
    int ends = 0;
    while (ends < 4) {
      int read = in.read();
      if (read < 0) {
        return;
      }
      ends = read == "\r\n\r\n".charAt(ends) ? ends + 1 : read == '\r' ? 1 : 0;
    }
  }

  private static void write(Socket caller, String page, int length) throws IOException {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
            + ("Content-Length: " + page.length() + "\r\n\r\n");
    OutputStream out = caller.getOutputStream();
    out.write((head + page.substring(0, length)).getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
