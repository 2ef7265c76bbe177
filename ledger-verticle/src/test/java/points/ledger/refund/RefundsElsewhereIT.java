package points.ledger.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Tills;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.refund.RefundResult.Decided;
import points.ledger.refund.RefundResult.Unknown;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** A store that may not take back what another sold learns nothing of that. */
@WithPostgres
class RefundsElsewhereIT {

  private static final Refusal NOT_ALLOWED = new Refusal.RefundStoreNotAllowed();
  private static final RefundResult NOTHING = new Decided(new Outcome.Refused(NOT_ALLOWED));

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey buyer = tills.member("buyer");
  private final Origin order = Origin.sale("store", null, "o");

  RefundsElsewhereIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void only_a_store_that_may_take_back_learns_the_member_of_an_order() {
    OpenLedger ledger = open();

    for (String guess : List.of("somebody", buyer.memberId())) {
      RefundRequest elsewhere = refund("r", order, "other store", guess);
      assertThat(await(ledger.ledger().preview(elsewhere)))
          .isEqualTo(new Outcome.Refused(NOT_ALLOWED));
      assertThat(became(ledger, elsewhere)).isEqualTo(NOTHING);
    }
    RefundRequest here = refund("r", order, null, "somebody");
    Refusal mismatch = new Refusal.OrderMismatch("memberId");
    assertThat(await(ledger.ledger().preview(here))).isEqualTo(new Outcome.Refused(mismatch));
    assertThat(became(ledger, here)).isEqualTo(new Decided(new Outcome.Refused(mismatch)));
  }

  @Test
  void only_a_store_that_may_take_back_learns_that_an_order_exists() {
    OpenLedger ledger = open();
    Origin none = Origin.sale("store", null, "none");

    for (Origin guess : List.of(none, order)) {
      RefundRequest elsewhere = refund("r", guess, "other store", null);
      assertThat(await(ledger.ledger().preview(elsewhere)))
          .isEqualTo(new Outcome.Refused(NOT_ALLOWED));
      assertThat(became(ledger, elsewhere)).isEqualTo(NOTHING);
    }
    assertThat(became(ledger, refund("r", none, null, null))).isInstanceOf(Unknown.class);
  }

  @Test
  void only_a_store_that_may_take_back_learns_of_earlier_refunds() {
    OpenLedger ledger = open();
    assertThat(became(ledger, refund("done", order, null, null)))
        .isInstanceOfSatisfying(
            Decided.class, it -> assertThat(it.outcome()).isInstanceOf(Outcome.Accepted.class));

    Origin early = Origin.sale("store", null, "to come");
    assertThat(became(ledger, refund("parked", early, null, "buyer")))
        .isInstanceOf(RefundResult.Parked.class);

    for (RefundRequest guess :
        List.of(
            refund("done", order, "other store", null),
            refund("again", order, "other store", null),
            refund("parked", early, "other store", "buyer"))) {
      assertThat(became(ledger, guess)).isEqualTo(NOTHING);
    }
  }

  @Test
  void a_refund_from_when_the_store_was_allowed_is_replayed() {
    OpenLedger ledger = open();
    RefundRequest here = refund("done", order, null, null);
    Outcome first = outcome(ledger, here);

    RefundRequest again = refund("done", order, null, null);
    assertThat(outcome(ledger, again))
        .isEqualTo(new Outcome.Replayed(((Outcome.Accepted) first).entry()));
    RefundRequest other =
        new RefundRequest(
            here.programId(),
            here.key(),
            order,
            "other",
            List.of(),
            null,
            null,
            null,
            "other store",
            SaleFacts.NONE);
    assertThat(outcome(ledger, other)).isEqualTo(new Outcome.Refused(new Refusal.KeyReused()));
  }

  private OpenLedger open() {
    OpenLedger ledger = ledgers.open(ledgers.options(false), tills.program());
    String key = tills.keyPrefix() + "sale";
    ledger.answersTo(List.of(Accrue.of(buyer, key, order, Instant.now(), 100, List.of())));
    return ledger;
  }

  private RefundRequest refund(
      String refundId, Origin of, @Nullable String store, @Nullable String member) {
    return new RefundRequest(
        tills.program().programId(),
        tills.keyPrefix() + "refund " + refundId + (store == null ? "" : " at " + store),
        of,
        refundId,
        List.of(),
        null,
        null,
        null,
        store,
        new SaleFacts(member, null, null, null));
  }

  private static Outcome outcome(OpenLedger ledger, RefundRequest wanted) {
    return ((Decided) became(ledger, wanted)).outcome();
  }

  private static RefundResult became(OpenLedger ledger, RefundRequest wanted) {
    return await(ledger.ledger().refunds().submit(wanted));
  }
}
