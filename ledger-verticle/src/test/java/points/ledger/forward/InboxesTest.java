package points.ledger.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import points.cluster.peer.NoOtherPeers;
import points.cluster.peer.Peers;
import points.ledger.command.Submission.Mode;
import points.ledger.fixture.LoggedLines;

/** What a node of another version sends is turned away, and does not fill the log. */
class InboxesTest {

  private static final Peers PEERS = new NoOtherPeers("one");

  private final Vertx vertx = Vertx.vertx();

  @BeforeEach
  void open() throws Exception {
    var commands =
        new CommandInbox(
            PEERS, (submission, patience) -> Future.failedFuture("none"), Duration.ofSeconds(1));
    var leases =
        new LeaseInbox(
            vertx, PEERS, members -> Future.succeededFuture(), new SimpleMeterRegistry());
    await(Future.all(commands.open(vertx), leases.start()));
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void a_thousand_commands_that_are_not_understood_make_one_line_of_the_log() throws Exception {
    try (var log = new LoggedLines(CommandInbox.class)) {
      assertThat(refusals(CommandInbox.addressOf("one", Mode.COMMIT))).isEqualTo(1_000);
      assertThat(log.lines()).singleElement().asString().contains("not understood");
    }
  }

  @Test
  void a_thousand_requests_for_leases_that_are_not_understood_make_one_line() throws Exception {
    try (var log = new LoggedLines(LeaseInbox.class)) {
      assertThat(refusals(LeaseInbox.addressOf("one"))).isEqualTo(1_000);
      assertThat(log.lines()).singleElement().asString().contains("not understood");
    }
  }

  @Test
  void an_inbox_that_cannot_take_one_mode_takes_none() {
    var names = new AtomicInteger();
    Peers failing =
        (Peers)
            Proxy.newProxyInstance(
                Peers.class.getClassLoader(),
                new Class<?>[] {Peers.class},
                (proxy, method, arguments) -> {
                  if (names.incrementAndGet() == Mode.values().length) {
                    throw new IllegalStateException("no name");
                  }
                  return method.invoke(new NoOtherPeers("two"), arguments);
                });
    var inbox =
        new CommandInbox(
            failing, (submission, patience) -> Future.failedFuture("none"), Duration.ofSeconds(1));

    assertThatThrownBy(() -> await(inbox.open(vertx))).hasMessageContaining("no name");

    for (Mode mode : Mode.values()) {
      assertThatThrownBy(
              () -> await(vertx.eventBus().request(CommandInbox.addressOf("two", mode), "")))
          .hasRootCauseInstanceOf(ReplyException.class)
          .hasMessageContaining("No handlers");
    }
  }

  /** Sends what nobody understands, and returns how often that was said. */
  private long refusals(String address) throws Exception {
    var answers =
        Collections.nCopies(1_000, Buffer.buffer("not CBOR")).stream()
            .map(
                body ->
                    vertx
                        .eventBus()
                        .request(address, body)
                        .map(answer -> "")
                        .otherwise(cause -> String.valueOf(cause.getMessage())))
            .toList();
    await(Future.all(answers));
    return answers.stream().filter(it -> it.result().equals("not understood")).count();
  }

  private static void await(Future<?> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
