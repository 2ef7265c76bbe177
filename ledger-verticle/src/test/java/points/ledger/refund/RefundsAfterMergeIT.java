package points.ledger.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Command.Deduct;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.refund.RefundResult.Decided;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** An order of a member that was merged is refunded where its points are. */
@WithPostgres
class RefundsAfterMergeIT {

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey source = tills.member("source");
  private final MemberKey target = tills.member("target");

  RefundsAfterMergeIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  /**
   * The other has not earned and not spent what the order did before it is handed over; what would
   * be taken back of it would be owed, or charged, though it is on its way.
   */
  @Test
  void waits_until_the_merge_has_arrived() throws SQLException {
    OpenLedger first = ledgers.open(ledgers.options(false), tills.program());
    Origin order = Origin.sale("store", null, "o");
    Origin offset = Origin.till("store", null, "o", "offset");
    first.answersTo(
        List.of(
            tills.accrue(source, 50),
            Accrue.of(source, tills.keyPrefix() + "sale", order, Instant.now(), 100, List.of()),
            Deduct.of(source, tills.keyPrefix() + "paid", offset, 20),
            tills.accrue(target, 5)));
    String key = tills.keyPrefix() + "merge";
    first.answerTo(Merge.of(source, key, Origin.office("amy", "twice"), target.memberId()));

    assertThat(refund(first)).isEqualTo(new Outcome.NotApplied(Outcome.Cause.OVERLOADED));
    assertThat(first.entriesOf(target)).hasSize(1);
    await(first.ledger().stop());

    OpenLedger again = ledgers.open(ledgers.options(true));
    awaitThat("the merge to arrive", () -> outboxRows() == 0);
    Entry entry = ((Accepted) refund(again)).entry();
    assertThat(entry.member()).isEqualTo(target);
    MemberState state = again.stateOf(target).orElseThrow();
    assertThat(state.lots().total()).isEqualTo(55);
    assertThat(state.accounts().points().debt()).isZero();
    assertThat(state.lifetimeEarned()).isEqualTo(55);
    assertThat(state.lifetimeSpent()).isZero();
    await(again.ledger().stop());
  }

  private Outcome refund(OpenLedger ledger) {
    var wanted =
        new RefundRequest(
            tills.program().programId(),
            tills.keyPrefix() + "refund",
            Origin.sale("store", null, "o"),
            "r",
            List.of(),
            null);
    return ((Decided) await(ledger.ledger().refunds().submit(wanted))).outcome();
  }

  private long outboxRows() {
    try (Sql sql = ledgers.sql()) {
      return sql.number(
          "SELECT count(*) FROM outbox WHERE program_id = '%s'"
              .formatted(tills.program().programId()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
