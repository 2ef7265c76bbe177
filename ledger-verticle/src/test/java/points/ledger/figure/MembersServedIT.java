package points.ledger.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command;
import points.ledger.fixture.NoCluster;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Who was served is known for some weeks, and counted for good. */
@WithPostgres
class MembersServedIT {

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();

  MembersServedIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  /** Rows of who was served would grow without end; counts of old days stay as they are. */
  @Test
  void who_was_served_is_forgotten_when_nothing_can_count_there_any_more() throws SQLException {
    var now = new AtomicReference<>(Instant.parse("2026-03-01T04:00:00Z"));
    OpenLedger ledger = ledgers.open(ledgers.options(), new NoCluster(), now::get, tills.program());
    ledger.answerTo(sale("a", "2026-03-01T03:00:00Z"));
    addAll();
    now.set(Instant.parse("2026-04-05T02:00:00Z"));
    ledger.answerTo(sale("a", "2026-03-01T03:30:00Z")); // still known
    ledger.answerTo(sale("b", "2026-03-01T03:30:00Z"));
    addAll();
    now.set(Instant.parse("2026-04-09T02:00:00Z"));
    ledger.answerTo(sale("c", "2026-03-01T03:30:00Z")); // too late to count
    addAll();

    try (Sql sql = ledgers.sql()) {
      assertThat(sql.rows("SELECT * FROM figure_served")).isEmpty();
      String counted =
          "SELECT store_id, members_served FROM figure_day WHERE business_day = '2026-03-01' AND "
              + own()
              + " ORDER BY 1";
      assertThat(sql.rows(counted)).containsExactly("|2", "store|2");
      assertThat(sql.number("SELECT sum(orders) FROM figure_hour WHERE " + own())).isEqualTo(4);
    }
  }

  private Command sale(String memberId, String occurredAt) {
    Command.Accrue like = tills.accrue(tills.member(memberId), 5);
    return Command.Accrue.of(
        like.member(),
        like.request().key(),
        like.origin(),
        Instant.parse(occurredAt),
        5,
        List.of());
  }

  /** What the feed's consumer does, at once. */
  private void addAll() throws SQLException {
    try (Sql sql = ledgers.sql()) {
      sql.run("SELECT number_feed(1000)");
      sql.run(
          """
          SELECT add_figures(c.last_position, h.last_position) FROM feed_consumer c, feed_head h
           WHERE c.name = 'figures'
          """,
          "UPDATE feed_consumer SET last_position = h.last_position FROM feed_head h");
    }
  }

  private String own() {
    return "program_id = '" + tills.program().programId() + "'";
  }
}
