package points.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Command.Deduct;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.command.MoveCommand.MoveOut;
import points.ledger.command.OrderCommand.Refund;
import points.ledger.command.OrderCommand.Reverse;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.SaleTerms;
import points.ledger.decide.MoveDecider;
import points.ledger.decide.TransferDecider;
import points.ledger.fixture.NoCluster;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.LapsedLot;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Orders whose points expired in one lot, which PostgreSQL finds however they were undone. */
@WithPostgres
class LapsedIT {

  private static final Origin OFFICE = Origin.office("operator", "wrong");

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey member = tills.member("m");
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.now().minus(Duration.ofDays(1_000)));
  private int requests;

  LapsedIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  private OpenLedger open() {
    return ledgers.open(ledgers.options(), new NoCluster(), () -> now.get(), tills.program());
  }

  @Test
  void no_more_of_a_lot_lapses_than_has_expired_of_it() {
    OpenLedger ledger = open();
    List<Entry> sold = List.of(sell(ledger, "o0"), sell(ledger, "o1"), sell(ledger, "o2"));
    Origin till = Origin.till("store", null, null, "spent");
    accept(ledger, Deduct.of(member, key(), till, 250));
    now.set(Instant.now());

    Entry first = accept(ledger, refund("o0"));
    Entry second = accept(ledger, refund("o1"));
    assertThat(lapsed(first)).isEqualTo(50);
    assertThat(lapsed(second)).isZero();

    accept(ledger, reversal(first)); // so that it lapses for another
    Outcome preview = await(ledger.ledger().preview(reversal(sold.get(2))));
    assertThat(lapsed(((Outcome.Previewed) preview).entry())).isEqualTo(50);
    assertThat(lapsed(accept(ledger, reversal(sold.get(2))))).isEqualTo(50);
    assertThat(lapsed(accept(ledger, refund("o0")))).isZero();
    assertThat(ledger.stateOf(member).orElseThrow().accounts().points().debt()).isEqualTo(250);
  }

  /** A sale that comes back is dated as it was, before the points expired. */
  @Test
  void points_lapsed_for_a_returned_sale_lapse_for_another_only_once_it_has_gone() {
    OpenLedger ledger = open();
    sell(ledger, "x");
    Entry sale = accept(ledger, sale(member, "s", 0, new SaleTerms(100, 0, false, null)));
    Entry out = accept(ledger, moveOut(sale));
    now.set(Instant.now());
    Entry back = accept(ledger, MoveDecider.comingBack(out, sale, member));
    assertThat(lapsed(back)).isEqualTo(100);

    Entry refund = accept(ledger, refund("x"));
    assertThat(lapsed(refund)).isZero();
    assertThat(debt(ledger, member)).isEqualTo(100);

    accept(ledger, reversal(refund));
    assertThat(debt(ledger, member)).isZero();
    accept(ledger, moveOut(back));
    assertThat(lapsed(accept(ledger, refund("x")))).isEqualTo(100);
    assertThat(debt(ledger, member)).isZero();
  }

  @Test
  void expired_points_of_a_merged_member_lapse_for_its_own_orders_only() {
    MemberKey heir = tills.member("heir");
    OpenLedger ledger = open();
    Entry spent = sell(ledger, "spent");
    accept(ledger, Deduct.of(member, key(), Origin.till("store", null, null, "spent"), 100));
    accept(ledger, sale(heir, "heir's", 100, SaleTerms.NONE));
    pass(10);
    Entry kept = sell(ledger, "kept");
    pass(360); // all but what was kept expires
    accept(ledger, tills.adjust(heir, 200));
    Entry merged = accept(ledger, Merge.of(member, key(), OFFICE, heir.memberId()));
    accept(ledger, TransferDecider.merging(merged, heir));
    pass(10);

    assertThat(lapsed(accept(ledger, reversal(spent).decidedOn(heir)))).isZero();
    assertThat(lapsed(accept(ledger, reversal(kept).decidedOn(heir)))).isEqualTo(100);
    assertThat(ledger.stateOf(heir).orElseThrow().accounts().points().lots().total())
        .isEqualTo(100);
    assertThat(debt(ledger, heir)).isZero();
  }

  private void pass(int days) {
    now.set(now.get().plus(Duration.ofDays(days)));
  }

  private static long debt(OpenLedger ledger, MemberKey member) {
    return ledger.stateOf(member).orElseThrow().accounts().points().debt();
  }

  private MoveOut moveOut(Entry sale) {
    Origin origin = Origin.sale("store", null, String.valueOf(sale.origin().orderId()));
    return MoveOut.of(member, key(), origin, sale.sequence(), "other");
  }

  private Entry sell(OpenLedger ledger, String order) {
    return accept(ledger, sale(member, order, 100, SaleTerms.NONE));
  }

  private Accrue sale(MemberKey member, String order, long amount, SaleTerms terms) {
    Origin origin = Origin.sale("store", null, order);
    return Accrue.of(member, key(), origin, now.get(), amount, List.of(), terms);
  }

  private Refund refund(String order) {
    Origin origin = Origin.sale("store", null, order);
    return Refund.of(member, key(), origin, key(), List.of(), null);
  }

  private Reverse reversal(Entry entry) {
    return Reverse.of(member, key(), OFFICE, entry.sequence());
  }

  private static Entry accept(OpenLedger ledger, Command command) {
    return ((Accepted) ledger.answerTo(command)).entry();
  }

  private static long lapsed(Entry undone) {
    return LapsedLot.of(undone).stream().mapToLong(it -> it.lot().points()).sum();
  }

  private String key() {
    return "key" + ++requests;
  }
}
