package points.ledger.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;
import static points.ledger.fixture.OpenLedger.awaitThat;

import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Outcome.Refused;
import points.ledger.command.Refusal;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.refund.RefundResult.Decided;
import points.ledger.refund.RefundResult.Parked;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Refunds of an order whose sale arrives while other refunds of it are parked. */
@WithPostgres
class RefundsWhileParkingIT {

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey buyer = tills.member("buyer");
  private final Origin order = Origin.sale("store", null, "o");

  RefundsWhileParkingIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void a_refund_that_another_node_is_just_parking_is_answered_as_parked() throws SQLException {
    OpenLedger ledger = ledgers.open(tills.program());
    RefundRequest refund = refund("r", null);
    Future<RefundResult> result;
    try (Sql otherNode = ledgers.sql().begin();
        Sql locks = ledgers.sql()) {
      assertThat(otherNode.rows(parking(refund))).hasSize(1);
      sell(ledger);
      result = ledger.ledger().refunds().submit(refund);
      awaitThat("the refund to wait for the other node", () -> someoneWaits(locks));
      otherNode.run("COMMIT");
    }

    assertThat(await(result))
        .isInstanceOfSatisfying(Parked.class, it -> assertThat(it.again()).isTrue());
    assertThat(ledger.entriesOf(buyer)).extracting(Entry::kind).containsExactly(Entry.Kind.ACCRUAL);
  }

  @Test
  void a_refund_comes_after_those_that_were_parked_before_it() {
    OpenLedger ledger = ledgers.open(tills.program());
    assertThat(submit(ledger, refund("parked", 60L))).isInstanceOf(Parked.class);
    sell(ledger);

    RefundResult second = submit(ledger, refund("second", 60L));

    assertThat(second)
        .isInstanceOfSatisfying(
            Decided.class,
            it ->
                assertThat(it.outcome())
                    .isInstanceOfSatisfying(
                        Refused.class,
                        no ->
                            assertThat(no.refusal())
                                .isInstanceOf(Refusal.RefundExceedsOrder.class)));
    assertThat(ledger.entriesOf(buyer)).extracting(it -> it.part()).containsExactly("", "parked");
  }

  private static boolean someoneWaits(Sql locks) {
    try {
      return locks.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RefundResult submit(OpenLedger ledger, RefundRequest refund) {
    return await(ledger.ledger().refunds().submit(refund));
  }

  private void sell(OpenLedger ledger) {
    String key = tills.keyPrefix() + "sale";
    Instant before = Instant.now().minusSeconds(60);
    ledger.answerTo(Accrue.of(buyer, key, order, before, 100, List.of()));
  }

  private RefundRequest refund(String refundId, @Nullable Long amount) {
    return new RefundRequest(
        tills.program().programId(),
        tills.keyPrefix() + "refund " + refundId,
        order,
        refundId,
        List.of(),
        amount,
        null,
        null,
        null,
        new SaleFacts(buyer.memberId(), null, null, null));
  }

  /** The statement by which a node parks a refund. */
  private static String parking(RefundRequest refund) {
    return """
    SELECT number FROM park_refund('%s', '%s', '%s', '%s', NULL, NULL, NULL, '%s', '%s', '%s',
                                   NULL, NULL, NULL, NULL)
    """
        .formatted(
            refund.programId(),
            refund.storeId(),
            refund.orderId(),
            refund.refundId(),
            refund.key(),
            refund.fingerprint(),
            refund.sale().memberId());
  }
}
