package points.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Command.Adjust;
import points.ledger.command.HoldCommand;
import points.ledger.command.OrderCommand;
import points.ledger.command.Outcome;
import points.ledger.command.SaleTerms;
import points.ledger.command.StoredValueCommand;
import points.ledger.model.Accounts;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;

/** Members with something in every place of every account, and commands that put it there. */
final class AllPlaces {

  private static final Origin OFFICE = Origin.office("operator", "by hand");

  private final OpenLedger ledger;
  private final String prefix;
  private int made;

  AllPlaces(OpenLedger ledger, String prefix) {
    this.ledger = ledger;
    this.prefix = prefix;
  }

  /** Available, held and pending points, growth value, stored value available and held. */
  void fill(MemberKey member, Instant now) {
    accept(accrual(member, now, 100, SaleTerms.NONE));
    accept(accrual(member, now, 40, new SaleTerms(0, 0, true, null)));
    accept(Adjust.of(member, key(), OFFICE, Accounts.GROWTH, 10));
    accept(topUp(member, now, 5_000));
    accept(hold(member, 20, 300, Duration.ofDays(1)));
  }

  /** Points that are owed. */
  void indebt(MemberKey member, Instant now) {
    Accrue sale = accrual(member, now, 70, SaleTerms.NONE);
    accept(sale);
    accept(Adjust.of(member, key(), OFFICE, Accounts.POINTS, -50));
    accept(refund(member, sale));
  }

  Accrue accrual(MemberKey member, Instant paidAt, long amount, SaleTerms terms) {
    String key = key();
    Origin origin = Origin.sale("store", null, "order of " + key);
    return Accrue.of(member, key, origin, paidAt, amount, List.of(), terms);
  }

  Command topUp(MemberKey member, Instant paidAt, long amount) {
    String key = key();
    Origin origin = Origin.sale("store", null, "top-up " + key);
    return StoredValueCommand.TopUp.of(member, key, origin, paidAt, amount, null);
  }

  Command hold(MemberKey member, long points, long storedValue, Duration ttl) {
    Origin origin = new Origin("store", null, null, null, null);
    return HoldCommand.Place.of(member, key(), origin, points, storedValue, ttl);
  }

  Command capture(MemberKey member, long hold, @Nullable Long points) {
    Origin origin = new Origin("store", null, null, null, null);
    return HoldCommand.Capture.of(member, key(), origin, hold, points, null);
  }

  Command refund(MemberKey member, Accrue sale) {
    String key = key();
    return OrderCommand.Refund.of(member, key, sale.origin(), "refund " + key, List.of(), null);
  }

  Command adjust(MemberKey member, long points) {
    return Adjust.of(member, key(), OFFICE, points);
  }

  void accept(Command command) {
    assertThat(ledger.answerTo(command)).isInstanceOf(Outcome.Accepted.class);
  }

  private String key() {
    return prefix + "-" + ++made;
  }
}
