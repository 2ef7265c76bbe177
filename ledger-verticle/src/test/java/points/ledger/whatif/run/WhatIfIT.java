package points.ledger.whatif.run;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.command.Outcome;
import points.ledger.feed.Feed;
import points.ledger.fixture.NoCluster;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.rulebook.Books;
import points.ledger.rulebook.Draft;
import points.ledger.store.BeforePeriod;
import points.ledger.store.RecordedPeriod;
import points.ledger.whatif.run.Simulation.State;
import points.ledger.whatif.run.SimulationClaims.Claimed;
import points.ledger.whatif.run.SimulationRun.Ended;
import points.postgres.Await;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Simulations of rule books over what two nodes have recorded. */
@WithPostgres
class WhatIfIT {

  private static final Duration AGO = Duration.ofDays(80);

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(
          Instant.now().minus(AGO).plusSeconds(60).truncatedTo(ChronoUnit.MICROS));
  private final List<OpenLedger> nodes = new ArrayList<>();
  private long heard;

  WhatIfIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  private String programId() {
    return tills.program().programId();
  }

  private void open() {
    nodes.add(ledgers.open(ledgers.options(true), new NoCluster(), now::get, tills.program()));
    nodes.add(ledgers.open(ledgers.options(), new NoCluster(), now::get, tills.program()));
  }

  private void publish(JsonObject document, int number, Duration ago) {
    String id = document.getString("ruleBookId");
    var books = new Books(nodes.get(0), programId());
    books.create(new Draft(programId(), id, null, document.encode(), "key:k"));
    Books.done(books.publish(id, ago, null));
    nodes.forEach(it -> new Books(it, programId()).awaitKnown(number));
  }

  private void live(RandomDay days, int rounds) throws SQLException {
    for (int i = 0; i < rounds; i++) {
      var asked = new ArrayList<Future<Outcome>>();
      for (int each = days.together(); each > 0; each--) {
        asked.add(nodes.get(each % 2).submit(days.next(now.get())));
      }
      for (Future<Outcome> it : asked) {
        if (await(it) instanceof Outcome.Accepted accepted) {
          days.remember(accepted.entry());
        }
      }
      awaitHeard();
      now.set(now.get().plusSeconds(days.pause()));
    }
    OpenLedger.awaitThat("all to be in its lanes' past", () -> nodes.get(0).depth() == 0);
  }

  /** Hours pass in no time, and nodes hear within a second that a budget has stopped. */
  private void awaitHeard() throws SQLException {
    try (Sql sql = ledgers.sql()) {
      long stopped = sql.number("SELECT count(*) FROM budget WHERE stopped_at IS NOT NULL");
      if (stopped != heard) {
        heard = stopped;
        Await.letPass("nodes to hear that a budget has stopped", Duration.ofSeconds(3));
      }
    }
  }

  private void number() throws SQLException {
    Feed feed =
        Feed.start(
            ledgers.vertx(),
            nodes.get(0).pools(),
            new SimpleMeterRegistry(),
            InstantSource.system());
    try (Sql sql = ledgers.sql()) {
      OpenLedger.awaitThat(
          "the outbox to be empty and the feed to have numbered all",
          () -> {
            try {
              return sql.number(
                          "SELECT count(*) FROM feed_unnumbered WHERE program_id = '%s'"
                              .formatted(programId()))
                      == 0
                  && sql.rows("SELECT * FROM outbox WHERE program_id = '%s'".formatted(programId()))
                      .isEmpty();
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });
    }
    await(feed.stop());
  }

  private Ended simulate(JsonObject document, Instant from, Instant to) {
    var draft =
        new Draft(programId(), document.getString("ruleBookId"), null, document.encode(), null);
    var asked =
        new Simulation(
            "s",
            draft.ruleBookId(),
            draft.hash(),
            from,
            to,
            List.of(40, 60, 80),
            State.RUNNING,
            0,
            0,
            null,
            null,
            null,
            null,
            from,
            null,
            null);
    OpenLedger node = nodes.get(0);
    var run =
        new SimulationRun(
            ledgers.vertx(),
            new RecordedPeriod(node.pool()),
            new BeforePeriod(node.pool()),
            node.registry().programs(),
            node.registry().timelines(),
            new Claimed(programId(), asked, draft.document(), "Asia/Shanghai"),
            new SimulationLimits(100_000, 100_000, 100_000, 0),
            (done, total) -> Future.succeededFuture(true));
    return await(run.run());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void a_published_book_differs_by_nothing_over_its_own_period(long seed) throws SQLException {
    open();
    var days = new RandomDay(seed, tills);
    JsonObject old = days.book("old");
    publish(old, 1, AGO);
    live(days, 30);
    Instant from = now.get();
    JsonObject own = days.book("own");
    publish(own, 2, Duration.between(from, Instant.now()).plusSeconds(40));
    Instant since = inForce();
    now.set(since.plusSeconds(5));
    live(days, 120);
    Instant to = now.get();
    number();

    Ended ended = simulate(own, since, to);

    JsonObject result = ended.result();
    assertThat(result.getLong("ordersRated")).as("%s", result.encodePrettily()).isGreaterThan(200);
    assertThat(result.getJsonObject("takenBack").getLong("before")).isPositive();
    assertThat(result.getBoolean("same")).as("%s", result.encodePrettily()).isTrue();
    assertThat(simulate(own, since, to)).isEqualTo(ended);

    Ended other =
        simulate(
            days.book("other").put("base", new JsonObject().put("points", 9).put("perAmount", 70)),
            since,
            to);
    assertThat(other.result().getBoolean("same")).isFalse();
    assertThat(other.hash()).isNotEqualTo(ended.hash());
  }

  private Instant inForce() throws SQLException {
    try (Sql sql = ledgers.sql()) {
      return Instant.parse(
          sql.rows(
                  "SELECT to_char(max(in_force_from) AT TIME ZONE 'UTC',"
                      + " 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
                      + " FROM rule_book_publication WHERE program_id = '%s'"
                          .formatted(programId()))
              .get(0));
    }
  }
}
