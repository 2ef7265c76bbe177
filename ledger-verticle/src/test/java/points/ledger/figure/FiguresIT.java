package points.ledger.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command;
import points.ledger.feed.Feed;
import points.ledger.figure.FigureQuery.By;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.MemberKey;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Figures are what the ledger has, added up by other means. */
@WithPostgres
class FiguresIT {

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  FiguresIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void add_up_what_happened_once() throws SQLException {
    OpenLedger ledger = ledgers.open(tills.program());
    var commands = new ArrayList<Command>();
    for (int i = 0; i < 300; i++) {
      commands.add(tills.accrue(tills.member("m" + i % 20), 100));
    }
    ledger.answersTo(commands);
    for (int i = 0; i < 20; i++) {
      ledger.answerTo(tills.deduct(tills.member("m" + i), 40));
    }
    Feed feed = Feed.start(ledgers.vertx(), ledger.pools(), meters, InstantSource.system());
    Figures figures = start(ledger);
    Figures other = start(ledger);
    untilTaken();

    assertFigures(ledger, figures);
    await(figures.stop());
    await(other.stop());
    await(feed.stop());
  }

  private void assertFigures(OpenLedger ledger, Figures figures) {
    ZoneId zone = tills.program().timeZone();
    LocalDate today = LocalDate.ofInstant(Instant.now(), zone);
    var query =
        new FigureQuery(
            tills.program().programId(),
            By.STORE,
            today.minusDays(1),
            today,
            Set.of("store"),
            null,
            10);
    FigureReport report = await(figures.read(query));

    assertThat(report.figures()).hasSize(1);
    Figure store = report.figures().get(0);
    assertThat(store.orders()).isEqualTo(300);
    assertThat(store.turnover()).isEqualTo(30_000);
    assertThat(store.pointsEarned()).isEqualTo(30_000);
    assertThat(store.pointsSpent()).isEqualTo(800);
    assertThat(store.newMembers()).isEqualTo(20);
    assertThat(store.membersServed()).isEqualTo(20);
    assertThat(report.total().turnover()).isEqualTo(30_000);

    String programId = tills.program().programId();
    List<Liability> owed = await(figures.outstanding(programId, Instant.now())).accounts();
    long balances = 0;
    for (int i = 0; i < 20; i++) {
      MemberKey member = tills.member("m" + i);
      balances += ledger.stateOf(member).orElseThrow().lots().total();
    }
    assertThat(owed).containsExactly(owed(balances));
    assertThat(
            await(figures.outstanding(programId, Instant.now().plusSeconds(400L * 86_400)))
                .accounts())
        .as("what has expired is not owed, though nobody wrote it down")
        .containsExactly(owed(0));
  }

  private static Liability owed(long points) {
    BigInteger none = BigInteger.ZERO;
    return new Liability("points", BigInteger.valueOf(points), none, none, none);
  }

  @Test
  void a_day_has_the_hours_that_its_clocks_show() throws SQLException {
    ledgers.open(tills.program());
    try (Sql sql = ledgers.sql()) {
      String hours =
          """
          SELECT count(DISTINCT hour_start(at, 'Europe/Berlin'))
            FROM generate_series(timestamptz '%s 00:00 Europe/Berlin',
                                 timestamptz '%s 23:59 Europe/Berlin', '10 minutes') at
          """;
      assertThat(sql.number(hours.formatted("2026-03-29", "2026-03-29"))).isEqualTo(23);
      assertThat(sql.number(hours.formatted("2026-10-25", "2026-10-25"))).isEqualTo(25);
      assertThat(sql.number(hours.formatted("2026-11-25", "2026-11-25"))).isEqualTo(24);
    }
  }

  private Figures start(OpenLedger ledger) {
    return Figures.start(ledgers.vertx(), ledger.pool(), ledger.pool(), meters);
  }

  /** Waits until everything that was written is in the figures. */
  private void untilTaken() throws SQLException {
    try (Sql sql = ledgers.sql()) {
      awaitThat(
          "the figures to be up to date",
          () -> {
            try {
              return sql.number("SELECT count(*) FROM feed_unnumbered") == 0
                  && sql.number(
                          "SELECT count(*) FROM feed WHERE position >"
                              + " (SELECT last_position FROM feed_consumer WHERE name = 'figures')")
                      == 0;
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }
}
