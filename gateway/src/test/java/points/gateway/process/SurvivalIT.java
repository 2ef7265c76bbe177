package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.gateway.contract.Contract;
import points.gateway.fixture.Await;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.Invariants;
import points.gateway.fixture.LocalGateway;
import points.gateway.process.Client.Final;
import points.gateway.process.Client.Request;

/**
 * Tills go on selling while the gateway and its PostgreSQL are killed under them. Whatever a till
 * was told has to be in the books, once.
 */
class SurvivalIT {

  private static final Logger LOG = LoggerFactory.getLogger(SurvivalIT.class);
  private static final int TILLS = 64;
  private static final int MEMBERS = 40;
  private static final long SEED = Long.getLong("points.seed", 9);
  private static final int SALES = 2_000;

  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService threads = Executors.newFixedThreadPool(TILLS);
  private final History history = new History();
  private GatewayProcess gateway;
  private Client client;
  private Caller operator;
  private volatile boolean closing;

  @BeforeEach
  void open() throws Exception {
    Path directory = Path.of("target", "it", "survival").toAbsolutePath();
    LocalGateway.deleteTree(directory);
    String key = LocalGateway.OPERATOR_KEY;
    gateway = GatewayProcess.on(directory, Map.of("POINTS_BOOTSTRAP_KEY", key));
    gateway.awaitReady();
    client = new Client(gateway.uri(), key);
    operator = new Caller(gateway::uri, Contract.load(vertx), key);
    var store = new JsonObject().put("storeId", Chain.STORE).put("name", "First");
    operator.post("/v1/stores", store).json(201);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    gateway.close();
    vertx.close().await();
  }

  @Test
  void an_acknowledged_command_is_there_once_whichever_process_was_killed() throws Exception {
    LOG.warn("seed {}", SEED);
    List<Future<Void>> tills = new ArrayList<>();
    for (int till = 0; till < TILLS; till++) {
      int tillNo = till;
      tills.add(threads.submit(() -> sell(tillNo)));
    }

    awaitSales();
    gateway.kill();
    gateway.restart();
    gateway.awaitReady();
    awaitSales();
    ProcessHandle.of(gateway.database().postmaster()).orElseThrow().destroyForcibly();
    awaitSales();
    gateway.kill();
    gateway.restart();
    gateway.awaitReady();
    closing = true;
    for (Future<Void> till : tills) {
      till.get(60, TimeUnit.SECONDS);
    }

    LOG.warn(
        "{} acknowledged, {} refused, {} sent again in doubt",
        history.acknowledged().size(),
        history.refused().size(),
        history.retries());
    assertThat(history.retries()).isPositive();
    assertThat(history.refused()).isNotEmpty();
    history.holdAgainst(gateway.database(), 0);
    Invariants.hold(gateway.database());
    answersStand();
    balancesAreThoseOfTheBooks();
  }

  private void awaitSales() {
    int before = history.acknowledged().size();
    Await.until("sales", () -> history.acknowledged().size() >= before + SALES);
  }

  /** One till: every fourth sends all its requests twice, as if it had not heard the answer. */
  private Void sell(int tillNo) throws InterruptedException {
    Random random = new Random(SEED + tillNo);
    for (int i = 0; !closing; i++) {
      Request request = request("till-" + tillNo + "-" + i, random);
      Final answer = client.send(request);
      history.add(request, answer);
      if (tillNo % 4 == 0 && answer.status() == 201) {
        Final again = client.send(request);
        assertThat(again.replayed()).isTrue();
        assertThat(again.body()).isEqualTo(answer.body());
      }
    }
    return null;
  }

  private static Request request(String key, Random random) {
    String member = "m" + random.nextInt(MEMBERS);
    var body = new JsonObject().put("memberId", member).put("storeId", Chain.STORE);
    if (random.nextInt(100) < 60) {
      body.put("orderId", key)
          .put("occurredAt", Instant.now().toString())
          .put("amount", random.nextInt(1_000));
      return new Request("/v1/accruals", key, member, body.encode());
    }
    // As much as is earned, and half of them of an order: many are refused.
    body.put("points", 1 + random.nextInt(20)).put("reason", "a gift");
    if (random.nextBoolean()) {
      body.put("orderId", key);
    }
    return new Request("/v1/deductions", key, member, body.encode());
  }

  /** The first answers again, byte for byte, from a gateway that never gave them. */
  private void answersStand() throws InterruptedException {
    List<History.Told> all = history.acknowledged();
    for (int i = 0; i < all.size(); i += 1 + all.size() / 200) {
      Final again = client.send(all.get(i).request());
      assertThat(again.replayed()).isTrue();
      assertThat(again.body()).isEqualTo(all.get(i).answer().body());
    }
  }

  private void balancesAreThoseOfTheBooks() throws Exception {
    for (int i = 0; i < MEMBERS; i++) {
      JsonObject balance = operator.get("/v1/members/m" + i + "/balance").json(200);
      String sum = "SELECT sum(points) FROM entry WHERE member_id = 'm%d'".formatted(i);
      assertThat(balance.getLong("available"))
          .isEqualTo(gateway.database().number(sum))
          .isNotNegative();
    }
  }

  @Test
  void sixty_four_tills_spend_a_balance_that_covers_ten_exactly_ten_times() throws Exception {
    earn("hot", 7_000);
    var together = new CyclicBarrier(TILLS);
    List<Callable<Final>> deductions = new ArrayList<>();
    for (int till = 0; till < TILLS; till++) {
      String body = Chain.spending("hot", 7).encode();
      var request = new Request("/v1/deductions", "till-" + till, "hot", body);
      deductions.add(
          () -> {
            together.await(20, TimeUnit.SECONDS);
            Final answer = client.send(request);
            history.add(request, answer);
            return answer;
          });
    }

    List<Future<Final>> answers = deductions.stream().map(threads::submit).toList();
    for (Future<Final> answer : answers) {
      answer.get(60, TimeUnit.SECONDS);
    }

    assertThat(history.acknowledged()).hasSize(10);
    assertThat(history.refused())
        .hasSize(TILLS - 10)
        .allMatch(it -> it.answer().body().contains("insufficient_points"));
    assertThat(operator.get("/v1/members/hot/balance").json(200).getLong("available")).isZero();
    history.holdAgainst(gateway.database(), 1);
    Invariants.hold(gateway.database());
  }

  private void earn(String member, long amount) {
    var order =
        new JsonObject()
            .put("memberId", member)
            .put("storeId", Chain.STORE)
            .put("orderId", "first")
            .put("occurredAt", Instant.now().toString())
            .put("amount", amount);
    operator.post("/v1/accruals", order).json(201);
  }
}
