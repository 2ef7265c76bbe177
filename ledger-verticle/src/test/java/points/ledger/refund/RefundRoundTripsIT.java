package points.ledger.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Command.Deduct;
import points.ledger.command.Outcome.Accepted;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.SentStatements;
import points.ledger.fixture.Tills;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.refund.RefundResult.Decided;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/**
 * A refund of a known order sends three statements to PostgreSQL: one looks the order up, one reads
 * the member's state with the order's entries, one writes the batch.
 */
@WithPostgres
class RefundRoundTripsIT {

  private static final int TRIPS_MAX = 3;

  @RegisterExtension final OpenLedgers ledgers;

  private final SentStatements statements = new SentStatements();
  private final Tills tills = new Tills();
  private final MemberKey payer = tills.member("payer");
  private final MemberKey shopper = tills.member("shopper");

  RefundRoundTripsIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database, statements.vertx());
  }

  @Test
  void of_a_member_in_memory_takes_three() {
    OpenLedger ledger = open();
    sell(ledger, "o");

    refundsInThreeTrips(ledger, "o", SaleFacts.NONE);
  }

  @Test
  void of_a_member_that_this_node_has_never_seen_takes_three() {
    sell(open(), "o");
    OpenLedger fresh = open(tills.member("another"));

    refundsInThreeTrips(fresh, "o", SaleFacts.NONE);
  }

  @Test
  void with_member_and_receipt_takes_three() {
    OpenLedger ledger = open();
    Entry sale = sell(ledger, "o");

    refundsInThreeTrips(
        ledger, "o", new SaleFacts(shopper.memberId(), sale.occurredAt(), 100L, null));
  }

  @Test
  void of_an_order_that_two_members_paid_takes_three() {
    OpenLedger ledger = open();
    ledger.answerTo(tills.accrue(payer, 1_000));
    sell(ledger, "o");
    Origin offset = Origin.till("store", null, "o", "offset");
    ledger.answerTo(Deduct.of(payer, tills.keyPrefix() + "paid", offset, 30));

    Entry refund = refundsInThreeTrips(ledger, "o", SaleFacts.NONE);

    assertThat(refund.member()).isEqualTo(shopper);
    var detail = (Detail.Refunded) Objects.requireNonNull(refund.detail());
    assertThat(detail.others()).hasSize(1);
  }

  /** A ledger whose connections have prepared the statements of a refund. */
  private OpenLedger open() {
    return open(tills.member("first"));
  }

  private OpenLedger open(MemberKey warm) {
    OpenLedger ledger = ledgers.open(ledgers.options(), tills.program());
    String order = "of " + warm.memberId();
    sell(ledger, warm, order);
    refund(ledger, order, SaleFacts.NONE);
    return ledger;
  }

  private Entry sell(OpenLedger ledger, String order) {
    return sell(ledger, shopper, order);
  }

  private Entry sell(OpenLedger ledger, MemberKey member, String order) {
    String key = tills.keyPrefix() + "sale " + order;
    Origin origin = Origin.sale("store", null, order);
    Accrue sale = Accrue.of(member, key, origin, Instant.now(), 100, List.of());
    return ((Accepted) ledger.answerTo(sale)).entry();
  }

  private Entry refundsInThreeTrips(OpenLedger ledger, String order, SaleFacts facts) {
    long batchesBefore = batches(ledger);
    statements.clear();
    Entry refund = refund(ledger, order, facts);
    long batches = batches(ledger) - batchesBefore;
    assertThat(batches).isEqualTo(1);
    assertThat(statements.all()).hasSizeLessThanOrEqualTo(TRIPS_MAX - 1);
    return refund;
  }

  private static long batches(OpenLedger ledger) {
    return ledger.meters().find("points.lane.commit").timers().stream()
        .mapToLong(it -> it.count())
        .sum();
  }

  private Entry refund(OpenLedger ledger, String order, SaleFacts facts) {
    var request =
        new RefundRequest(
            tills.program().programId(),
            tills.keyPrefix() + "refund " + order,
            Origin.sale("store", null, order),
            "r",
            List.of(),
            null,
            null,
            null,
            null,
            facts);
    var result = (Decided) await(ledger.ledger().refunds().submit(request));
    return ((Accepted) result.outcome()).entry();
  }
}
