package points.ledger.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Command.Deduct;
import points.ledger.command.MembershipCommand.Close;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.command.MoveCommand.MoveOut;
import points.ledger.command.OrderCommand.Refund;
import points.ledger.command.OrderCommand.Reverse;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.Outcome.NotApplied;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Status;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** What waits in the outbox while its members and its order come to an end. */
@WithPostgres
class OutboxOfEndedIT {

  private static final Origin OFFICE = Origin.office("amy", "asked for it");

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey source = tills.member("source");
  private final MemberKey other = tills.member("other");
  private final MemberKey target = tills.member("target");
  private int requests;

  OutboxOfEndedIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void a_member_does_not_close_while_a_sale_may_come_back_to_one_that_was_merged_into_it()
      throws SQLException {
    OpenLedger first = ledgers.open(ledgers.options(false), tills.program());
    first.answersTo(List.of(tills.accrue(other, 5), tills.accrue(target, 1)));
    Entry sale = accepted(first, sale(source));
    Origin moving = new Origin("store", null, "o", "amy", "wrong card");
    Entry out =
        accepted(first, MoveOut.of(source, key(), moving, sale.sequence(), other.memberId()));
    first.answerTo(tills.change(other, Status.FROZEN));
    first.answerTo(Merge.of(source, key(), OFFICE, target.memberId()));
    await(first.ledger().stop());

    run("UPDATE outbox SET due_at = now() + interval '1 hour' WHERE sequence = " + out.sequence());
    OpenLedger again = ledgers.open(ledgers.options(true));
    awaitThat("only the move to wait", () -> outboxRows() == 1);
    Close close = Close.of(target, key(), OFFICE);
    assertThat(again.answerTo(close)).isInstanceOf(NotApplied.class);

    run("UPDATE outbox SET due_at = now()");
    awaitThat("the sale to come back", () -> outboxRows() == 0);
    assertThat(again.stateOf(target).orElseThrow().lots().total()).isEqualTo(101);
    accepted(again, close);
  }

  @Test
  void a_member_does_not_close_while_a_merge_is_on_its_way_to_one_that_was_merged_into_it()
      throws SQLException {
    OpenLedger first = ledgers.open(ledgers.options(false), tills.program());
    first.answersTo(
        List.of(tills.accrue(source, 100), tills.accrue(other, 5), tills.accrue(target, 1)));
    Entry out = accepted(first, Merge.of(source, key(), OFFICE, other.memberId()));
    first.answerTo(Merge.of(other, key(), OFFICE, target.memberId()));
    await(first.ledger().stop());

    run(
        "UPDATE outbox SET due_at = now() + interval '1 hour' WHERE member_id = '%s'"
            .formatted(out.member().memberId()));
    OpenLedger again = ledgers.open(ledgers.options(true));
    awaitThat("only the first merge to wait", () -> outboxRows() == 1);
    Close close = Close.of(target, key(), OFFICE);
    assertThat(again.answerTo(close)).isInstanceOf(NotApplied.class);

    run("UPDATE outbox SET due_at = now()");
    awaitThat("the merge to arrive", () -> outboxRows() == 0);
    assertThat(again.stateOf(target).orElseThrow().lots().total()).isEqualTo(106);
    accepted(again, close);
  }

  @Test
  void a_share_of_an_order_with_nothing_left_waits_no_longer() throws SQLException {
    OpenLedger first = ledgers.open(ledgers.options(false), tills.program());
    first.answerTo(tills.accrue(other, 300));
    Entry sale = accepted(first, sale(source));
    Origin offset = Origin.till("store", null, "o", "offset");
    Entry paid = accepted(first, Deduct.of(other, key(), offset, 200));
    Origin order = Origin.sale("store", null, "o");
    Entry refund = accepted(first, Refund.of(source, key(), order, "r", List.of(), null));
    for (Entry wrong : List.of(refund, sale, paid)) {
      accepted(first, Reverse.of(wrong.member(), key(), OFFICE, wrong.sequence()));
    }
    assertThat(outboxRows()).isEqualTo(1);
    await(first.ledger().stop());

    OpenLedger again = ledgers.open(ledgers.options(true));
    awaitThat("the share to be done with", () -> outboxRows() == 0);

    assertThat(again.stateOf(other).orElseThrow().lots().total()).isEqualTo(300);
  }

  @Test
  void a_share_waits_for_a_sale_on_its_way() throws SQLException {
    OpenLedger first = ledgers.open(ledgers.options(false), tills.program());
    first.answersTo(List.of(tills.accrue(other, 300), tills.accrue(target, 1)));
    Entry sale = accepted(first, sale(source));
    Origin offset = Origin.till("store", null, "o", "offset");
    Entry paid = accepted(first, Deduct.of(other, key(), offset, 200));
    Origin order = Origin.sale("store", null, "o");
    Entry refund = accepted(first, Refund.of(source, key(), order, "r", List.of(), null));
    accepted(first, Reverse.of(source, key(), OFFICE, refund.sequence()));
    accepted(first, Reverse.of(other, key(), OFFICE, paid.sequence()));
    Origin moving = new Origin("store", null, "o", "amy", "wrong card");
    Entry out =
        accepted(first, MoveOut.of(source, key(), moving, sale.sequence(), target.memberId()));
    await(first.ledger().stop());

    run("UPDATE outbox SET due_at = now() + interval '1 hour' WHERE sequence = " + out.sequence());
    OpenLedger again = ledgers.open(ledgers.options(true));
    awaitThat("a failure", () -> again.meters().counter("points.outbox.failures").count() > 0);
    assertThat(outboxRows()).isEqualTo(2);

    run("UPDATE outbox SET due_at = now()");
    awaitThat("both to be done with", () -> outboxRows() == 0);
    assertThat(again.stateOf(other).orElseThrow().lots().total()).isEqualTo(300);
  }

  private Accrue sale(MemberKey member) {
    return Accrue.of(member, key(), Origin.sale("store", null, "o"), Instant.now(), 100, List.of());
  }

  private static Entry accepted(OpenLedger ledger, Command command) {
    var outcome = ledger.answerTo(command);
    assertThat(outcome).isInstanceOf(Accepted.class);
    return ((Accepted) outcome).entry();
  }

  private String key() {
    return tills.keyPrefix() + "ended-" + ++requests;
  }

  private void run(String statement) throws SQLException {
    try (Sql sql = ledgers.sql()) {
      sql.run(statement);
    }
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
