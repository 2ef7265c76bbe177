package points.ledger.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Two nodes that follow the feed under one name do each part of it once. */
@WithPostgres
class FeedConsumerIT {

  private static final int ROUNDS = 3;

  /** Work that takes longer than the other node's pause, so that it comes while this goes on. */
  private static final String SLOWLY =
      "INSERT INTO part_of_race SELECT $1, $2 FROM pg_sleep(0.8) nothing";

  private static final String LEFT =
      """
      SELECT (SELECT count(*) FROM feed_unnumbered)
             + (SELECT count(*) FROM feed WHERE position >
                 (SELECT coalesce(max(last_position), 0) FROM feed_consumer WHERE name = 'race'))
      """;

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  FeedConsumerIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void does_each_part_once_when_two_nodes_race() throws SQLException {
    OpenLedger ledger = ledgers.open(tills.program());
    Feed feed = Feed.start(ledgers.vertx(), ledger.pools(), meters, InstantSource.system());
    try (Sql sql = ledgers.sql()) {
      sql.run("CREATE TABLE part_of_race (after bigint, up_to bigint)");
      ledger.answerTo(tills.accrue(tills.member("m"), 100));
      FeedConsumer one = consumer(ledger);
      FeedConsumer other = consumer(ledger);
      for (int i = 0; i < ROUNDS; i++) {
        ledger.answerTo(tills.accrue(tills.member("m" + i), 100));
        awaitThat("the feed to be taken", () -> number(sql, LEFT) == 0);
      }
      await(one.stop());
      await(other.stop());
      List<String> parts =
          sql.rows(
              """
              SELECT after = lag(up_to, 1, 0::bigint) OVER (ORDER BY up_to, after) FROM part_of_race
              """);

      assertThat(parts).hasSizeGreaterThanOrEqualTo(ROUNDS).containsOnly("t");
    }
    await(feed.stop());
  }

  /** Its work and its place are one transaction: work whose place is not kept is undone. */
  @Test
  void does_each_part_once_when_its_place_could_not_be_kept() throws SQLException {
    OpenLedger ledger = ledgers.open(tills.program());
    Feed feed = Feed.start(ledgers.vertx(), ledger.pools(), meters, InstantSource.system());
    try (Sql sql = ledgers.sql()) {
      sql.run(
          "CREATE TABLE part_of_unlucky (after bigint, up_to bigint)",
          "CREATE SEQUENCE tries_of_unlucky",
          """
          CREATE FUNCTION refuse_twice() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            IF nextval('tries_of_unlucky') < 3 THEN
              RAISE EXCEPTION 'not yet';
            END IF;
            RETURN NEW;
          END $$
          """,
          """
          CREATE TRIGGER unlucky BEFORE UPDATE ON feed_consumer
            FOR EACH ROW WHEN (NEW.name = 'unlucky') EXECUTE FUNCTION refuse_twice()
          """);
      ledger.answerTo(tills.accrue(tills.member("m"), 100));
      var consumer =
          new FeedConsumer(ledgers.vertx(), ledger.pool(), "unlucky", FeedConsumerIT::quickly);
      consumer.start(meters);
      awaitThat("the feed to be taken", () -> number(sql, LEFT.replace("race", "unlucky")) == 0);
      await(consumer.stop());

      assertThat(sql.number("SELECT last_value FROM tries_of_unlucky")).isGreaterThanOrEqualTo(3);
      assertThat(
              sql.rows(
                  """
                  SELECT after = lag(up_to, 1, 0::bigint) OVER (ORDER BY up_to, after)
                    FROM part_of_unlucky
                  """))
          .isNotEmpty()
          .containsOnly("t");
    }
    await(feed.stop());
  }

  private static Future<Void> quickly(SqlClient transaction, long after, long upTo) {
    return transaction
        .preparedQuery("INSERT INTO part_of_unlucky VALUES ($1, $2)")
        .execute(Tuple.of(after, upTo))
        .mapEmpty();
  }

  private FeedConsumer consumer(OpenLedger ledger) {
    var consumer = new FeedConsumer(ledgers.vertx(), ledger.pool(), "race", FeedConsumerIT::slowly);
    consumer.start(meters);
    return consumer;
  }

  private static Future<Void> slowly(SqlClient transaction, long after, long upTo) {
    return transaction.preparedQuery(SLOWLY).execute(Tuple.of(after, upTo)).mapEmpty();
  }

  private static long number(Sql sql, String query) {
    try {
      return sql.number(query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
