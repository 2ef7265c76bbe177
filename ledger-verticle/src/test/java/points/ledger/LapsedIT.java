package points.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.OpenLedger.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.ledger.domain.Command;
import points.ledger.domain.Command.Accrue;
import points.ledger.domain.Command.Deduct;
import points.ledger.domain.Decision;
import points.ledger.domain.Entry;
import points.ledger.domain.LapsedLot;
import points.ledger.domain.MemberKey;
import points.ledger.domain.OrderCommand.Refund;
import points.ledger.domain.OrderCommand.Reverse;
import points.ledger.domain.Origin;
import points.ledger.domain.Outcome.Accepted;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Orders whose points expired in one lot, which PostgreSQL finds however they were undone. */
@WithPostgres
class LapsedIT {

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey member = tills.member("m");
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.now().minus(Duration.ofDays(1_000)));
  private int requests;

  LapsedIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void no_more_of_a_lot_lapses_than_has_expired_of_it() {
    OpenLedger ledger =
        ledgers.open(ledgers.options(), new NoCluster(), () -> now.get(), tills.program());
    List<Entry> sold = List.of(sell(ledger, "o0"), sell(ledger, "o1"), sell(ledger, "o2"));
    Origin till = Origin.till("store", null, null, "spent");
    accept(ledger, Deduct.of(member, key(), till, 250));
    now.set(Instant.now());

    Entry first = accept(ledger, refund("o0"));
    Entry second = accept(ledger, refund("o1"));
    assertThat(lapsed(first)).isEqualTo(50);
    assertThat(lapsed(second)).isZero();

    accept(ledger, reversal(first)); // so that it lapses for another
    Decision preview = await(ledger.ledger().preview(reversal(sold.get(2))));
    assertThat(lapsed(((Decision.Accepted) preview).answer())).isEqualTo(50);
    assertThat(lapsed(accept(ledger, reversal(sold.get(2))))).isEqualTo(50);
    assertThat(lapsed(accept(ledger, refund("o0")))).isZero();
    assertThat(ledger.stateOf(member).orElseThrow().accounts().points().debt()).isEqualTo(250);
  }

  private Entry sell(OpenLedger ledger, String order) {
    Origin origin = Origin.sale("store", null, order);
    return accept(ledger, Accrue.of(member, key(), origin, now.get(), 100, List.of()));
  }

  private Refund refund(String order) {
    Origin origin = Origin.sale("store", null, order);
    return Refund.of(member, key(), origin, key(), List.of(), null);
  }

  private Reverse reversal(Entry entry) {
    return Reverse.of(member, key(), Origin.office("operator", "wrong"), entry.sequence());
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
