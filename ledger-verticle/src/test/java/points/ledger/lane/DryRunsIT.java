package points.ledger.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command.Accrue;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.command.MoveCommand.MoveOut;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.Outcome.NotApplied;
import points.ledger.command.Outcome.Previewed;
import points.ledger.command.Outcome.Refused;
import points.ledger.command.Refusal;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.refund.RefundRequest;
import points.ledger.refund.SaleFacts;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** A dry run says what would be, by the same lane, and leaves everything as it is. */
@WithPostgres
class DryRunsIT {

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey member = tills.member("m");
  private final MemberKey other = tills.member("other");
  private OpenLedger ledger;

  DryRunsIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @BeforeEach
  void bothHavePoints() {
    ledger = ledgers.open(tills.program());
    ledger.answersTo(List.of(tills.accrue(member, 10), tills.accrue(other, 10)));
  }

  @Test
  void a_dry_run_leaves_no_entry_and_no_key() {
    Accrue sale = tills.accrue(member, 7);

    assertThat(pointsOf(await(ledger.ledger().preview(sale)))).isEqualTo(7);
    assertThat(ledger.entriesOf(member)).hasSize(1);
    assertThat(ledger.answerTo(sale)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_dry_run_of_an_unknown_member_enrols_nobody() {
    MemberKey nobody = tills.member("nobody");

    assertThat(pointsOf(await(ledger.ledger().preview(tills.accrue(nobody, 7))))).isEqualTo(7);
    assertThat(ledger.stateOf(nobody)).isEmpty();
  }

  /** The order in a preview is a draft; what was booked under its number does not matter. */
  @Test
  void a_dry_run_does_not_look_for_its_key_or_order() {
    Accrue sale = tills.accrue(member, 7);
    ledger.answerTo(sale);

    assertThat(pointsOf(await(ledger.ledger().preview(sale)))).isEqualTo(7);
  }

  @Test
  void a_dry_run_is_refused_as_the_command_would_be() {
    assertThat(await(ledger.ledger().preview(tills.deduct(member, 11))))
        .isEqualTo(new Refused(new Refusal.InsufficientPoints(10)));
  }

  @Test
  void a_refund_waits_until_the_points_of_its_merged_member_have_arrived() {
    Accrue sale = tills.accrue(member, 7);
    ledger.answerTo(sale);
    assertThat(ledger.answerTo(Merge.of(member, key("merge"), office(), other.memberId())))
        .isInstanceOf(Accepted.class);

    Outcome waits = await(ledger.ledger().preview(refund(sale)));
    assertThat(waits).isInstanceOf(NotApplied.class);
  }

  @Test
  void a_refund_waits_while_its_sale_is_on_its_way_to_another_member() {
    Accrue sale = tills.accrue(member, 7);
    Entry sold = ((Accepted) ledger.answerTo(sale)).entry();
    assertThat(await(ledger.ledger().preview(refund(sale)))).isInstanceOf(Previewed.class);
    var origin = new Origin("store", null, sale.origin().orderId(), "amy", "wrong member");
    MoveOut move = MoveOut.of(member, key("move"), origin, sold.sequence(), other.memberId());
    assertThat(ledger.answerTo(move)).isInstanceOf(Accepted.class);

    assertThat(await(ledger.ledger().preview(refund(sale)))).isInstanceOf(NotApplied.class);
    assertThat(await(ledger.ledger().preview(refund(tills.accrue(member, 1)))))
        .isEqualTo(new Refused(new Refusal.OrderNotFound()));
  }

  private RefundRequest refund(Accrue sale) {
    return new RefundRequest(
        member.programId(),
        key("refund"),
        sale.origin(),
        "r",
        List.of(),
        null,
        null,
        null,
        null,
        new SaleFacts(null, null, null, null));
  }

  private static long pointsOf(Outcome outcome) {
    return ((Previewed) outcome).entry().points();
  }

  private static Origin office() {
    return Origin.office("amy", "twice");
  }

  private String key(String name) {
    return name + " of " + member.programId();
  }
}
