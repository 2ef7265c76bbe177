package points.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command;
import points.ledger.command.Command.Deduct;
import points.ledger.command.MembershipCommand;
import points.ledger.command.MoveCommand.MoveOut;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.Outcome.Refused;
import points.ledger.command.Outcome.Replayed;
import points.ledger.command.Precondition;
import points.ledger.command.Precondition.ReceiverActive;
import points.ledger.command.Precondition.SaleCanArrive;
import points.ledger.command.Precondition.SharesPool;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.command.TransferCommand.Send;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Status;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** A precondition refuses a command that is new, and never one that has its entry already. */
@WithPostgres
class PreconditionsIT {

  private static final Origin OFFICE = Origin.office("amy", "gift");

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey sender = tills.member("sender");
  private final MemberKey receiver = tills.member("receiver");
  private final Precondition active = new ReceiverActive(receiver);
  private OpenLedger ledger;

  PreconditionsIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @BeforeEach
  void bothHavePoints() {
    ledger = ledgers.open(tills.program());
    ledger.answersTo(List.of(tills.accrue(sender, 10), tills.accrue(receiver, 10)));
  }

  @Test
  void a_command_is_accepted_when_its_precondition_holds() {
    assertThat(answerTo(send("key", 3), active)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_new_command_is_refused_and_writes_nothing_unless_its_precondition_holds() {
    freezeReceiver();

    assertThat(answerTo(send("key", 3), active))
        .isEqualTo(
            new Refused(
                new Refusal.ReceiverUnable(receiver.memberId(), new Refusal.MemberFrozen())));
    assertThat(answerTo(send("key", 3), new ReceiverActive(tills.member("nobody"))))
        .isEqualTo(
            new Refused(
                new Refusal.ReceiverUnable(
                    tills.member("nobody").memberId(), new Refusal.MemberNotFound())));
    assertThat(ledger.entriesOf(sender)).hasSize(1);
  }

  @Test
  void a_precondition_is_refused_before_the_state_of_the_member_is_looked_at() {
    freezeReceiver();

    assertThat(answerTo(send("key", 1_000), active))
        .isInstanceOfSatisfying(
            Refused.class,
            it -> assertThat(it.refusal()).isInstanceOf(Refusal.ReceiverUnable.class));
  }

  @Test
  void the_same_command_gets_its_first_answer_after_the_receiver_has_left() {
    Send command = send("key", 3);
    assertThat(answerTo(command, active)).isInstanceOf(Accepted.class);
    Entry first = newestOf(sender);
    freezeReceiver();

    assertThat(answerTo(command, active)).isEqualTo(new Replayed(first));
    assertThat(answerTo(send("key", 4), active)).isEqualTo(new Refused(new Refusal.KeyReused()));
  }

  @Test
  void the_same_order_under_another_key_gets_its_first_answer() {
    var shares = new SharesPool(tills.member("no pool"), "whoever");
    assertThat(ledger.answerTo(deduct("key 1", 2))).isInstanceOf(Accepted.class);
    Entry first = newestOf(sender);

    assertThat(answerTo(deduct("key 2", 2), shares)).isEqualTo(new Replayed(first));
    assertThat(answerTo(deduct("key 3", 3), shares))
        .isEqualTo(new Refused(new Refusal.OrderAlreadyProcessed(first)));
  }

  @Test
  void a_command_on_an_unknown_member_is_refused_by_its_precondition() {
    freezeReceiver();
    Send command = Send.of(tills.member("nobody"), key("key"), OFFICE, receiver.memberId(), 1);

    assertThat(answerTo(command, active))
        .isEqualTo(
            new Refused(
                new Refusal.ReceiverUnable(receiver.memberId(), new Refusal.MemberFrozen())));
    assertThat(ledger.stateOf(tills.member("nobody"))).isEmpty();
  }

  @Test
  void a_sale_does_not_leave_when_the_receiver_cannot_pay_for_it() {
    ledger.answerTo(tills.accrue(sender, 90));
    Entry sale = accepted(ledger.answerTo(paidWith(50)));
    MoveOut move = move(sale);

    assertThat(answerTo(move, new SaleCanArrive(sale, receiver)))
        .isEqualTo(new Refused(new Refusal.InsufficientPoints(10)));
    ledger.answerTo(tills.accrue(receiver, 90));
    assertThat(answerTo(move, new SaleCanArrive(sale, receiver))).isInstanceOf(Accepted.class);
    freezeReceiver();
    assertThat(answerTo(move, new SaleCanArrive(sale, receiver))).isInstanceOf(Replayed.class);
  }

  private Outcome answerTo(Command command, Precondition precondition) {
    return await(ledger.ledger().submit(command, precondition));
  }

  private void freezeReceiver() {
    var frozen = MembershipCommand.ChangeStatus.of(receiver, key("freeze"), OFFICE, Status.FROZEN);
    assertThat(ledger.answerTo(frozen)).isInstanceOf(Accepted.class);
  }

  private Send send(String key, long points) {
    return Send.of(sender, key(key), OFFICE, receiver.memberId(), points);
  }

  private Deduct deduct(String key, long points) {
    return Deduct.of(sender, key(key), Origin.till("store", "till", "order", "gift"), points);
  }

  private Command paidWith(long points) {
    return Command.Accrue.of(
        sender,
        key("paid"),
        Origin.sale("store", "till", "paid"),
        Instant.parse("2026-11-22T10:00:00Z"),
        5,
        List.of(),
        new SaleTerms(points, 0, false, null));
  }

  private MoveOut move(Entry sale) {
    var origin = new Origin("store", null, "paid", "amy", "wrong member");
    return MoveOut.of(sender, key("move"), origin, sale.sequence(), receiver.memberId());
  }

  private String key(String name) {
    return name + " of " + sender.programId();
  }

  private static Entry accepted(Outcome outcome) {
    return ((Accepted) outcome).entry();
  }

  private Entry newestOf(MemberKey member) {
    List<Entry> all = ledger.entriesOf(member);
    return all.get(all.size() - 1);
  }
}
