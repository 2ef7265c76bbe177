package points.ledger.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.command.Outcome;
import points.ledger.decide.TimeEffects;
import points.ledger.fixture.NoCluster;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.RichTerms;
import points.ledger.fixture.Sql;
import points.ledger.model.Entry;
import points.ledger.model.MemberState;
import points.ledger.model.Reservation;
import points.ledger.program.Program;
import points.ledger.program.Validity;
import points.ledger.random.ModelLedger;
import points.ledger.random.RandomHistory;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Rounding;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/**
 * Hundreds of random histories in a zone whose clocks change, in PostgreSQL's figures and in those
 * of {@link FigureModel}. A failure names its seed; {@code -Dseed=} runs it again.
 */
@WithPostgres
class FiguresOfRandomHistoriesIT {

  private static final Logger LOG = LoggerFactory.getLogger(FiguresOfRandomHistoriesIT.class);
  private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
  private static final int HISTORIES = 300;
  private static final int WAVES = 12;

  private static final String HOURS =
      """
      SELECT concat_ws('|', business_day,
                       to_char(hour_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), store_id,
                       channel, terminal_id, cashier_id, '')
             || array_to_json(
                  ARRAY[orders, turnover, refunds, refunded, points_earned, points_spent, points_expired,
                        points_given_back, points_taken_back, stored_value_in, stored_value_out])
        FROM figure_hour
       WHERE (orders, turnover, refunds, refunded, points_earned, points_spent, points_expired,
              points_given_back, points_taken_back, stored_value_in, stored_value_out)
             <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
      """;

  private static final String SERVED =
      "SELECT concat_ws('|', business_day, store_id, members_served) FROM figure_day";

  private static final String OUTSTANDING =
      """
      SELECT concat_ws('|', account, place,
                       CASE expires_at WHEN 'infinity' THEN 'never'
                            ELSE (extract(epoch FROM expires_at) * 1000000)::bigint::text END,
                       points)
        FROM figure_outstanding WHERE points <> 0
      """;

  private static final int INSTANTS = 50;

  /** As the liability is read, of all places. */
  private static final String OWED =
      """
      SELECT account, sum(CASE place WHEN 'DEBT' THEN -points ELSE points END)
        FROM figure_outstanding WHERE expires_at > '%s'
       GROUP BY 1 HAVING sum(CASE place WHEN 'DEBT' THEN -points ELSE points END) <> 0
       ORDER BY 1
      """;

  /** Days whose sums are not those of their hours. */
  private static final String WRONG_DAYS =
      """
      SELECT * FROM figure_store_day d FULL JOIN (
               SELECT program_id, business_day, store_id, channel, sum(orders) AS orders,
                      sum(turnover) AS turnover, sum(refunds) AS refunds, sum(refunded) AS refunded,
                      sum(points_earned) AS earned, sum(points_spent) AS spent,
                      sum(points_expired) AS expired, sum(points_given_back) AS given_back,
                      sum(points_taken_back) AS taken_back, sum(stored_value_in) AS value_in,
                      sum(stored_value_out) AS value_out, sum(new_members) AS new_members
                 FROM figure_hour GROUP BY 1, 2, 3, 4) h USING (program_id, business_day, store_id, channel)
       WHERE (d.orders, d.turnover, d.refunds, d.refunded, d.points_earned, d.points_spent, d.points_expired,
              d.points_given_back, d.points_taken_back, d.stored_value_in, d.stored_value_out, d.new_members)
             IS DISTINCT FROM (h.orders, h.turnover, h.refunds, h.refunded, h.earned, h.spent, h.expired,
              h.given_back, h.taken_back, h.value_in, h.value_out, h.new_members)
      """;

  @RegisterExtension final OpenLedgers ledgers;

  private final long seed = Long.getLong("seed", 9);
  private final Random random = new Random(seed);
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2009-09-22T10:00:00.123456Z"));

  FiguresOfRandomHistoriesIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void are_what_the_entries_add_up_to() throws SQLException {
    LOG.warn("-Dseed={}", seed);
    Program program =
        new Program(
            "random",
            "random",
            "BRL",
            ZONE,
            new EarningRule(3, 7, Rounding.CEILING),
            new Validity.Rolling(Period.ofDays(20)),
            true,
            RichTerms.of(true, Period.ofDays(5)));
    OpenLedger ledger = ledgers.open(ledgers.options(), new NoCluster(), now::get, program);
    var model = new ModelLedger();
    model.rule(program);
    var histories = new ArrayList<RandomHistory>();
    for (int i = 0; i < HISTORIES; i++) {
      histories.add(new RandomHistory(random, model, program.programId(), "h" + i));
    }
    for (int wave = 0; wave < WAVES; wave++) {
      run(ledger, histories);
      Duration pause = Duration.ofMinutes(random.nextInt(60 * 24 * 6));
      now.updateAndGet(it -> it.plus(pause));
    }
    List<Entry> entries =
        histories.stream()
            .flatMap(it -> it.members().stream())
            .flatMap(it -> model.entriesOf(it).stream())
            .toList();
    var expected = new FigureModel(ZONE, entries);

    try (Sql sql = ledgers.sql()) {
      sql.run("SELECT number_feed(1000000)");
      addInParts(sql);

      assertThat(entries).hasSizeGreaterThan(HISTORIES);
      assertThat(sql.rows(HOURS))
          .as("-Dseed=%s", seed)
          .containsExactlyInAnyOrderElementsOf(expected.hours());
      assertThat(sql.rows(SERVED))
          .as("-Dseed=%s", seed)
          .containsExactlyInAnyOrderElementsOf(expected.served());
      assertThat(sql.rows(OUTSTANDING))
          .as("-Dseed=%s", seed)
          .containsExactlyInAnyOrderElementsOf(expected.outstanding());
      assertThat(sql.rows(WRONG_DAYS)).as("-Dseed=%s", seed).isEmpty();
      outstandingIsWhatMembersHave(sql, histories, model);
    }
  }

  /** At many instants, though nothing is written down of what time does until then. */
  private void outstandingIsWhatMembersHave(
      Sql sql, List<RandomHistory> histories, ModelLedger model) throws SQLException {
    List<MemberState> states =
        histories.stream()
            .flatMap(it -> it.members().stream())
            .map(model::stateOf)
            .flatMap(Optional::stream)
            .toList();
    for (int i = 0; i < INSTANTS; i++) {
      Instant at = now.get().plus(Duration.ofMinutes(random.nextInt(60 * 24 * 40)));
      var sums = new TreeMap<String, Long>();
      for (MemberState state : states) {
        MemberState then = TimeEffects.at(state, at);
        then.accounts()
            .forEach(
                (name, account) ->
                    sums.merge(name, account.lots().total() - account.debt(), Long::sum));
        for (Reservation reserve : then.reserves()) {
          reserve.lots().forEach((name, lots) -> sums.merge(name, lots.total(), Long::sum));
        }
      }
      sums.values().removeIf(sum -> sum == 0);
      assertThat(sql.rows(OWED.formatted(at)))
          .as("%s at %s", seed, at)
          .isEqualTo(
              sums.entrySet().stream().map(it -> it.getKey() + "|" + it.getValue()).toList());
    }
  }

  private void run(OpenLedger ledger, List<RandomHistory> histories) {
    var given = new ArrayList<Future<Outcome>>();
    for (RandomHistory history : histories) {
      for (RandomHistory.Step step : history.wave(now.get(), random.nextInt(8))) {
        given.add(ledger.submit(step.command()));
      }
    }
    given.forEach(OpenLedger::await);
  }

  /** So that what belongs together is in different parts at times. */
  private void addInParts(Sql sql) throws SQLException {
    long first = sql.number("SELECT min(position) FROM feed");
    long last = sql.number("SELECT max(position) FROM feed");
    for (long after = first - 1; after < last; ) {
      long upTo = Math.min(last, after + 1 + random.nextInt(20));
      sql.run(
          "SELECT add_figures(%d, %d)".formatted(after, upTo),
          "UPDATE feed_consumer SET last_position = %d WHERE name = 'figures'".formatted(upTo));
      after = upTo;
    }
  }
}
