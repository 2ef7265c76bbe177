package points.ledger.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.cluster.timing.PollingLoop;
import points.ledger.account.Accounts;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Command.Deduct;
import points.ledger.command.MoveCommand.MoveOut;
import points.ledger.command.OrderCommand.Refund;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.Outcome.NotApplied;
import points.ledger.command.Outcome.Refused;
import points.ledger.command.Refusal;
import points.ledger.database.Pools;
import points.ledger.decide.MoveDecider;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Tills;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.refund.RefundResult.Decided;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** An order that gets another member while its refund is on the way to the one it had. */
@WithPostgres
class RefundsOfLateSalesIT {

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey payer = tills.member("payer");
  private final MemberKey shopper = tills.member("shopper");
  private final Origin order = Origin.sale("store", null, "o");

  RefundsOfLateSalesIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void is_refunded_on_the_member_of_an_accrual_that_has_just_come() {
    OpenLedger ledger = ledgers.open(ledgers.options(false), tills.program());
    ledger.answerTo(tills.accrue(payer, 1_000));
    Origin offset = Origin.till("store", null, "o", "offset");
    ledger.answerTo(Deduct.of(payer, key("paid"), offset, 300));

    Entry refund = refund(ledger, () -> ledger.submit(sale(shopper)));

    assertThat(refund.member()).isEqualTo(shopper);
    var detail = (Detail.Refunded) Objects.requireNonNull(refund.detail());
    assertThat(detail.takenBack()).containsEntry(Accounts.POINTS, 100L);
    assertThat(detail.others()).extracting(it -> it.memberId()).containsExactly("payer");
    assertThat(ledger.stateOf(shopper).orElseThrow().lots().total()).isZero();
    assertThat(ledger.entriesOf(payer)).hasSize(2);
  }

  @Test
  void is_refunded_on_the_new_member_of_a_sale_that_has_just_moved() {
    OpenLedger ledger = ledgers.open(ledgers.options(false), tills.program());
    ledger.answerTo(tills.accrue(shopper, 5));
    Entry sale = ((Accepted) ledger.answerTo(sale(payer))).entry();
    Origin office = new Origin("store", null, "o", "amy", "wrong card");
    MoveOut move = MoveOut.of(payer, key("move"), office, sale.sequence(), "shopper");

    Entry refund =
        refund(
            ledger,
            () ->
                ledger
                    .submit(move)
                    .map(left -> ((Accepted) left).entry())
                    .compose(left -> ledger.submit(MoveDecider.arriving(left, sale, shopper))));

    assertThat(refund.member()).isEqualTo(shopper);
    assertThat(ledger.stateOf(shopper).orElseThrow().lots().total()).isEqualTo(5);
    assertThat(ledger.stateOf(payer).orElseThrow().accounts().points().debt()).isZero();
  }

  @Test
  void waits_for_its_sale_when_it_names_the_sales_next_member() {
    OpenLedger ledger = ledgers.open(ledgers.options(false), tills.program());
    ledger.answerTo(tills.accrue(shopper, 5));
    Entry sale = ((Accepted) ledger.answerTo(sale(payer))).entry();
    Origin office = new Origin("store", null, "o", "amy", "wrong card");
    ledger.answerTo(MoveOut.of(payer, key("move"), office, sale.sequence(), "shopper"));

    assertThat(refund(ledger, ledger::submit, shopper)).isInstanceOf(NotApplied.class);
    Outcome strangers = refund(ledger, ledger::submit, tills.member("stranger"));
    assertThat(strangers)
        .isInstanceOfSatisfying(
            Refused.class,
            it -> assertThat(it.refusal()).isInstanceOf(Refusal.OrderMismatch.class));
  }

  private Accrue sale(MemberKey member) {
    return Accrue.of(member, key("sale"), order, Instant.now(), 100, List.of());
  }

  private String key(String what) {
    return tills.keyPrefix() + what;
  }

  /**
   * Refunds the order, of which something becomes when it is known whose it is and nothing is
   * decided.
   */
  private Entry refund(OpenLedger ledger, Supplier<Future<Outcome>> meanwhile) {
    var isDone = new AtomicBoolean();
    Function<Command, Future<Outcome>> submit =
        command ->
            command instanceof Refund && isDone.compareAndSet(false, true)
                ? meanwhile.get().compose(done -> ledger.submit(command))
                : ledger.submit(command);
    Outcome outcome = refund(ledger, submit, null);
    assertThat(outcome).isInstanceOf(Accepted.class);
    return ((Accepted) outcome).entry();
  }

  private Outcome refund(
      OpenLedger ledger, Function<Command, Future<Outcome>> submit, @Nullable MemberKey named) {
    Pools pools = ledger.pools();
    var refunds =
        new RefundService(
            RefundTables.of(pools, InstantSource.system()),
            ledger.ledger().entries(),
            submit,
            wanted -> true,
            PollingLoop.pausesOf(ledgers.vertx()),
            new SimpleMeterRegistry());
    var facts = new SaleFacts(named == null ? null : named.memberId(), null, null, null);
    var wanted =
        new RefundRequest(
            tills.program().programId(),
            key("refund"),
            order,
            "r",
            List.of(),
            null,
            null,
            null,
            null,
            facts);
    return ((Decided) await(refunds.submit(wanted))).outcome();
  }
}
