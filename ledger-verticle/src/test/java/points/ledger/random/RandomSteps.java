package points.ledger.random;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.command.Command;
import points.ledger.command.MoveCommand;
import points.ledger.command.TransferCommand;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;

/** Second steps of transfers, merges and moves, as if another member had done the first. */
public final class RandomSteps {

  private final RandomValues values;

  public RandomSteps(RandomValues values) {
    this.values = values;
  }

  /** As if another had been given the sale before. */
  public Command moveIn(MemberKey member, Instant now) {
    Entry.Kind kind = values.random.nextBoolean() ? Entry.Kind.MOVE_IN : Entry.Kind.MOVE_RETURN;
    String out = "somebody-" + values.next() + "/" + values.keyPrefix;
    var print = new UUID(values.random.nextLong(), values.random.nextLong());
    long paid = values.random.nextInt(3);
    var movements = new ArrayList<Movement>();
    movements.add(new Movement(Accounts.POINTS, Place.AVAILABLE, 0, Lot.NEVER, 7));
    if (paid > 0) {
      movements.add(new Movement(Accounts.POINTS, Place.AVAILABLE, 0, Lot.NEVER, -paid));
    }
    return new MoveCommand.MoveIn(
        member,
        new Request("move of " + out, print),
        Origin.sale("store0", null, values.newOrder()),
        kind,
        values.paidAt(now).truncatedTo(ChronoUnit.MICROS),
        700,
        List.of(),
        movements,
        values.random.nextBoolean(),
        new Detail.MovedSale("somebody", out, 7, paid, null),
        null,
        null);
  }

  public Command receive(MemberKey member) {
    Entry.Kind[] kinds = {Entry.Kind.TRANSFER_IN, Entry.Kind.TRANSFER_RETURN, Entry.Kind.MERGE_IN};
    Entry.Kind kind = kinds[values.random.nextInt(kinds.length)];
    boolean pending = kind == Entry.Kind.MERGE_IN && values.random.nextBoolean();
    Place place = pending ? Place.PENDING : Place.AVAILABLE;
    var other = new Detail.Counterpart("somebody", (long) values.next(), 9, 1, pending, null);
    var movements = new ArrayList<Movement>();
    movements.add(new Movement(Accounts.POINTS, place, pending ? 3 : 0, Lot.NEVER, 5));
    if (kind == Entry.Kind.MERGE_IN && !pending) {
      movements.add(new Movement(Accounts.POINTS, Place.DEBT, 0, Lot.NEVER, 3));
      movements.add(new Movement(Accounts.STORED_VALUE, Place.AVAILABLE, 0, Lot.NEVER, 9));
    }
    return TransferCommand.Receive.of(
        member, kind, Origin.NONE, movements, other, "/" + values.keyPrefix);
  }
}
