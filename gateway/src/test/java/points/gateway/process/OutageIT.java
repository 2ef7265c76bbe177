package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.Invariants;
import points.gateway.fixture.LocalGateway;

/** A PostgreSQL that is slow, silent or dead: every request ends in time, and all recovers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static final Duration DEADLINE = Duration.ofSeconds(2);

  /** The deadline, the grace of the entrance and some for a busy machine. */
  private static final Duration ANSWERED_WITHIN = DEADLINE.plusSeconds(2);

  private LocalGateway gateway;
  private Chain chain;

  @BeforeAll
  void start() {
    gateway =
        LocalGateway.start(
            "outage",
            Map.of(
                "POINTS_DEADLINE_MS",
                Long.toString(DEADLINE.toMillis()),
                "POINTS_LANE_AGE_MS",
                "1500"));
    chain = Chain.open(gateway, "outage");
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void answers_in_time_while_a_member_is_locked_and_then_goes_on() throws Exception {
    String locked = chain.memberWith(10);
    JsonObject order = chain.order(locked, 100);
    String key = Caller.newKey();
    try (Connection connection = gateway.database().connect();
        Statement lock = connection.createStatement()) {
      connection.setAutoCommit(false);
      lock.execute(
          "SELECT FROM member WHERE program_id = '%s' AND member_id = '%s' FOR UPDATE"
              .formatted(chain.programId(), locked));

      timed(() -> chain.admin().post("/v1/accruals", key, order))
          .isProblem(504, "deadline_exceeded");

      connection.rollback();
    }

    Answer answer = until(201, () -> chain.admin().post("/v1/accruals", key, order));
    assertThat(answer.json(201).getLong("balance")).isEqualTo(11);
    assertThat(chain.entries(locked)).isEqualTo(2);
    awaitReady(true);
    Invariants.hold(gateway.database());
  }

  @Test
  void answers_in_time_while_postgresql_is_silent_and_recovers_by_itself() throws Exception {
    String member = chain.memberWith(10);
    JsonObject order = chain.order(member, 100);
    String key = Caller.newKey();
    List<ProcessHandle> postgres = postgres();
    Signal.STOP.to(postgres);
    try {
      Answer written = timed(() -> chain.admin().post("/v1/accruals", key, order));
      assertThat(written.status()).isIn(503, 504);
      Answer other = timed(() -> chain.admin().post("/v1/accruals", chain.order("new", 100)));
      assertThat(other.status()).isIn(503, 504);
      Answer read = timed(() -> chain.admin().get("/v1/members/nobody-yet"));
      assertThat(read.status()).isIn(503, 504);
      Answer setUp = timed(() -> chain.admin().post("/v1/stores", store("silent")));
      assertThat(setUp.status()).isIn(503, 504);
      assertThat(timed(() -> gateway.caller("pk_never_seen").get("/v1/program")).status())
          .isIn(503, 504);
      awaitReady(false);
    } finally {
      Signal.CONT.to(postgres);
    }

    awaitReady(true);
    Answer answer = until(201, () -> chain.admin().post("/v1/accruals", key, order));
    assertThat(answer.json(201).getLong("balance")).isEqualTo(11);
    assertThat(chain.entries(member)).isEqualTo(2);
    Invariants.hold(gateway.database());
  }

  @Test
  void says_that_nothing_was_applied_while_postgresql_is_dead_and_recovers_by_itself()
      throws Exception {
    String member = chain.memberWith(10);
    long postmaster = gateway.database().postmaster();
    ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();

    Answer earned =
        until(201, () -> timed(() -> chain.admin().post("/v1/accruals", chain.order(member, 100))));

    assertThat(earned.status()).isEqualTo(201);
    awaitReady(true);
    assertThat(gateway.database().postmaster()).isNotEqualTo(postmaster);
    until(201, () -> chain.admin().post("/v1/stores", store("revived")));
    Invariants.hold(gateway.database());
  }

  private static JsonObject store(String storeId) {
    return new JsonObject().put("storeId", storeId).put("name", storeId);
  }

  private List<ProcessHandle> postgres() {
    ProcessHandle postmaster = ProcessHandle.of(gateway.database().postmaster()).orElseThrow();
    return new ArrayList<>(Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList());
  }

  private static Answer timed(Supplier<Answer> call) {
    long since = System.nanoTime();
    Answer answer = call.get();
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(ANSWERED_WITHIN);
    return answer;
  }

  private static Answer until(int status, Supplier<Answer> call) {
    var answer = new AtomicReference<Answer>();
    Await.until(
        "the answer " + status,
        () -> {
          Answer now = call.get();
          assertThat(now.status()).as(now.body()).isIn(status, 503, 504);
          answer.set(now);
          return now.status() == status;
        });
    return Objects.requireNonNull(answer.get());
  }

  private void awaitReady(boolean ready) {
    var request =
        HttpRequest.newBuilder(URI.create(gateway.managementUri() + "/health/ready")).build();
    int expected = ready ? 200 : 503;
    Await.until(
        "readiness " + expected,
        () -> CLIENT.send(request, BodyHandlers.discarding()).statusCode() == expected);
  }
}
