package points.gateway.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Await;
import points.gateway.lines.LineStream.Ended;

/** How a stream ends before its lines do, over a real connection. */
class LineStreamTest {

  private static final Duration IDLE = Duration.ofMillis(400);

  private final Vertx vertx = Vertx.vertx();
  private final Promise<Ended> ended = Promise.promise();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicBoolean gone = new AtomicBoolean();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Socket connect(LineLimits limits, Function<NumberedLine, Future<Buffer>> work)
      throws IOException {
    NetServer server =
        vertx
            .createNetServer()
            .connectHandler(
                socket -> {
                  socket.pause();
                  var stream =
                      new LineStream(
                          vertx,
                          socket,
                          socket,
                          limits,
                          line -> {
                            begun.incrementAndGet();
                            return new Job(Set.of("all"), () -> work.apply(line));
                          });
                  socket.closeHandler(
                      closed -> {
                        stream.peerGone();
                        gone.set(true);
                      });
                  vertx.setPeriodic(20, now -> stream.tick(System.nanoTime()));
                  stream.run().onSuccess(how -> socket.close()).onComplete(ended);
                })
            .listen(0, "127.0.0.1")
            .await();
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static LineLimits limits(long linesMax, Duration idle) {
    return new LineLimits(100, 8, 10_000, linesMax, idle);
  }

  private static Future<Buffer> echo(NumberedLine line) {
    return Future.succeededFuture(Buffer.buffer(line.number() + " " + line.text() + "\n"));
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static BufferedReader answers(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  private Ended ended() throws Exception {
    return ended.future().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void takes_no_line_beyond_the_limit_and_counts_blank_ones() throws Exception {
    try (Socket socket = connect(limits(3, Duration.ofMinutes(1)), LineStreamTest::echo)) {
      send(socket, "a\n\nb\nc\nd\n");

      assertThat(answers(socket).lines()).containsExactly("1 a", "3 b");
      assertThat(ended()).isEqualTo(new Ended(EndReason.TOO_MANY_LINES, 3));
      assertThat(begun).hasValue(2);
    }
  }

  @Test
  void as_many_lines_as_the_limit_are_not_too_many() throws Exception {
    try (Socket socket = connect(limits(3, IDLE), LineStreamTest::echo)) {
      send(socket, "a\nb\nc\n");

      assertThat(answers(socket).lines()).containsExactly("1 a", "2 b", "3 c");
      assertThat(ended()).isEqualTo(new Ended(EndReason.IDLE, 3));
    }
  }

  @Test
  void gives_up_a_sender_that_sends_nothing_for_too_long() throws Exception {
    try (Socket socket = connect(limits(10, IDLE), LineStreamTest::echo)) {
      send(socket, "a\nb");
      long since = System.nanoTime();

      assertThat(answers(socket).lines()).containsExactly("1 a");
      assertThat(ended()).isEqualTo(new Ended(EndReason.IDLE, 1));
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThanOrEqualTo(IDLE);
    }
  }

  @Test
  void does_not_give_up_a_sender_that_waits_for_responses() throws Exception {
    Function<NumberedLine, Future<Buffer>> slow =
        line -> vertx.timer(3 * IDLE.toMillis()).compose(late -> echo(line));
    try (Socket socket = connect(limits(10, IDLE), slow)) {
      send(socket, "a\n");
      BufferedReader answers = answers(socket);

      assertThat(answers.readLine()).isEqualTo("1 a");
      send(socket, "b\n");
      assertThat(answers.readLine()).isEqualTo("2 b");
    }
  }

  /** What it would have to hold is bounded; so it cannot wait for ever. */
  @Test
  void gives_up_a_reader_that_does_not_read() throws Exception {
    Buffer large = Buffer.buffer("x".repeat(1 << 20)).appendString("\n");
    try (Socket socket = connect(limits(1_000, IDLE), line -> Future.succeededFuture(large))) {
      send(socket, "a\n".repeat(500));

      assertThat(ended().how()).isEqualTo(EndReason.GONE);
      assertThat(begun).hasValueLessThan(500);
    }
  }

  @Test
  void ends_when_the_other_side_has_gone() throws Exception {
    Promise<Buffer> never = Promise.promise();
    Socket socket = connect(limits(10, Duration.ofMinutes(1)), line -> never.future());
    send(socket, "a\n");
    Await.until("the line to be taken", () -> begun.get() > 0);
    socket.close();
    Await.until("the stream to know that the other side has gone", gone::get);
    assertThat(ended.future().isComplete()).as("what was taken is under way").isFalse();

    never.complete(Buffer.buffer("late\n"));

    assertThat(ended().how()).isEqualTo(EndReason.GONE);
  }
}
