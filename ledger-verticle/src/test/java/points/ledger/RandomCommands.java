package points.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Accounts;
import points.ledger.domain.Command;
import points.ledger.domain.Command.Accrue;
import points.ledger.domain.Command.Adjust;
import points.ledger.domain.Command.ChangeStatus;
import points.ledger.domain.Command.Deduct;
import points.ledger.domain.Detail;
import points.ledger.domain.Entry;
import points.ledger.domain.HoldCommand;
import points.ledger.domain.Limits;
import points.ledger.domain.Line;
import points.ledger.domain.Lot;
import points.ledger.domain.MemberKey;
import points.ledger.domain.MemberState;
import points.ledger.domain.MembershipCommand;
import points.ledger.domain.MoveCommand;
import points.ledger.domain.Movement;
import points.ledger.domain.Movement.Place;
import points.ledger.domain.OrderCommand;
import points.ledger.domain.OrderCommand.RefundedLine;
import points.ledger.domain.OrderPart;
import points.ledger.domain.Origin;
import points.ledger.domain.PendingCommand;
import points.ledger.domain.Request;
import points.ledger.domain.Reserve;
import points.ledger.domain.SaleTerms;
import points.ledger.domain.Status;
import points.ledger.domain.StoredValueCommand;
import points.ledger.domain.TransferCommand;

/** Commands of every kind, and such as were sent before with this or that changed. */
public final class RandomCommands {

  /** A point currency that a program may have besides the first. */
  public static final String STARS = "stars";

  /** An order that was sent, whatever became of it. */
  private record Sale(String store, String order, List<Line> lines, long amount) {}

  private final Random random;
  private final String keyPrefix;
  private final Map<MemberKey, List<Sale>> sales = new HashMap<>();
  private int made;

  public RandomCommands(Random random, String keyPrefix) {
    this.random = random;
    this.keyPrefix = keyPrefix;
  }

  /**
   * A command with a key and, where it has one, an order of its own. It often names what the member
   * has: an order of before, a hold, an entry.
   *
   * @param state the member's; null when it is not enrolled
   */
  public Command fresh(MemberKey member, Instant now, @Nullable MemberState state) {
    MemberState known = state == null ? MemberState.ENROLLED : state.at(now);
    long available = known.lots().total();
    if (holds(known) && random.nextInt(4) == 0) {
      return random.nextInt(6) > 0
          ? capture(member, known)
          : MembershipCommand.Close.of(member, newKey(), office());
    }
    return switch (random.nextInt(42)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 -> accrual(member, newKey(), newOrder(), now, known);
      case 11, 12, 13, 14, 15 -> deduction(member, newKey(), available);
      case 16 -> Adjust.of(member, newKey(), office(), anyAccount(), positive(available));
      case 17 -> Adjust.of(member, newKey(), office(), anyAccount(), -positive(available));
      case 18, 19 -> ChangeStatus.of(member, newKey(), office(), Status.ACTIVE);
      case 20 -> changeStatus(member);
      case 21, 22, 23 -> hold(member, known);
      case 24, 25 -> capture(member, known);
      case 26 -> HoldCommand.Release.of(member, newKey(), till(null), setAside(known, Place.HELD));
      case 27, 28, 29, 30 -> refund(member);
      case 31 -> OrderCommand.Reverse.of(member, newKey(), office(), anyEntry(known));
      case 32, 33 -> topUp(member, now);
      case 34 -> pay(member, known);
      case 35 -> exchange(member, known);
      case 36 -> endPending(member, known);
      case 37 -> transfer(member, available);
      case 38 -> Command.Settle.of(member);
      case 39 -> moveOut(member, known);
      case 40 -> moveIn(member, now);
      default -> membership(member, now);
    };
  }

  private Command changeStatus(MemberKey member) {
    Status wanted = random.nextInt(3) == 0 ? Status.FROZEN : Status.ACTIVE;
    return ChangeStatus.of(member, newKey(), office(), wanted);
  }

  private Command hold(MemberKey member, MemberState known) {
    long stored = known.accounts().of(Accounts.STORED_VALUE).lots().total();
    long storedValue = random.nextInt(3) == 0 ? positive(stored) : 0;
    long points = storedValue > 0 && random.nextBoolean() ? 0 : positive(known.lots().total());
    Duration ttl = Duration.ofSeconds(1 + random.nextInt((int) Limits.HOLD_MAX.toSeconds()));
    return HoldCommand.Place.of(
        member, newKey(), till(mayBe(newOrder())), points, storedValue, ttl);
  }

  private Command capture(MemberKey member, MemberState known) {
    long hold = setAside(known, Place.HELD);
    Reserve reserve = known.reserve(hold, Place.HELD).orElse(null);
    String order = reserve == null ? null : reserve.orderId();
    String store = reserve == null ? null : reserve.storeId();
    if (order != null) {
      remember(member, new Sale(String.valueOf(store), order, List.of(), 0));
    }
    long held = reserve == null ? 10 : reserve.of(Accounts.POINTS).total();
    Long points =
        switch (random.nextInt(5)) {
          case 0, 1 -> null;
          case 2 -> Math.min(held + 1, Limits.POINTS_MAX);
          default -> positive(held) - 1;
        };
    Origin origin = store == null ? till(null) : Origin.till(store, null, order, "captured");
    return HoldCommand.Capture.of(member, newKey(), origin, hold, points, null);
  }

  private Command refund(MemberKey member) {
    List<Sale> made = sales.getOrDefault(member, List.of());
    Sale sale =
        made.isEmpty() || random.nextInt(20) == 0
            ? new Sale("store0", newOrder(), List.of(), 100)
            : made.get(Math.max(0, made.size() - 1 - random.nextInt(4)));
    Origin origin = Origin.sale(sale.store(), mayBe("till"), sale.order());
    String refundId = "refund" + ++this.made;
    List<RefundedLine> lines = List.of();
    Long amount = null;
    if (!sale.lines().isEmpty() && random.nextBoolean()) {
      Line line = sale.lines().get(random.nextInt(sale.lines().size()));
      Long part = random.nextBoolean() ? null : (Long) (long) random.nextInt(3_000);
      String id = random.nextInt(20) == 0 ? "unknown" : line.lineId();
      lines = List.of(new RefundedLine(id, part));
    } else if (random.nextInt(3) > 0) {
      amount = 1 + (long) (random.nextDouble() * sale.amount() * 0.5);
    }
    OrderCommand.Refund refund =
        OrderCommand.Refund.of(member, newKey(), origin, refundId, lines, amount);
    if (random.nextInt(20) == 0) {
      return refund.of(refund.request(), "store9");
    }
    boolean isOfPoints = lines.isEmpty() && amount == null && random.nextBoolean();
    return isOfPoints ? refund.of(1L + random.nextInt(200), OrderPart.GOODS) : refund;
  }

  private Command topUp(MemberKey member, Instant now) {
    String order = newOrder();
    String store = "store" + random.nextInt(2);
    long amount = 1L + random.nextInt(50_000);
    remember(member, new Sale(store, order, List.of(), amount));
    Long bonus = random.nextBoolean() ? null : (Long) (long) random.nextInt(500);
    Origin origin = Origin.sale(store, mayBe("till"), order);
    return StoredValueCommand.TopUp.of(member, newKey(), origin, paidAt(now), amount, bonus);
  }

  private Command pay(MemberKey member, MemberState known) {
    String order = newOrder();
    String store = "store" + random.nextInt(2);
    long amount = positive(known.accounts().of(Accounts.STORED_VALUE).lots().total());
    remember(member, new Sale(store, order, List.of(), amount));
    return StoredValueCommand.Pay.of(member, newKey(), Origin.sale(store, null, order), amount);
  }

  private Command exchange(MemberKey member, MemberState known) {
    boolean there = random.nextInt(3) > 0;
    String from = there ? Accounts.POINTS : STARS;
    String to = there ? STARS : Accounts.POINTS;
    long points = positive(known.accounts().of(from).lots().total());
    long whole = random.nextInt(4) == 0 ? points : Math.max(10, points / 10 * 10);
    return StoredValueCommand.Exchange.of(member, newKey(), till(null), from, to, whole);
  }

  private Command endPending(MemberKey member, MemberState known) {
    long earnedBy = setAside(known, Place.PENDING);
    return PendingCommand.of(member, newKey(), till(null), earnedBy, random.nextInt(3) > 0);
  }

  private Command transfer(MemberKey member, long available) {
    if (random.nextBoolean()) {
      return TransferCommand.Send.of(member, newKey(), office(), "somebody", positive(available));
    }
    Entry.Kind[] kinds = {Entry.Kind.TRANSFER_IN, Entry.Kind.TRANSFER_RETURN, Entry.Kind.MERGE_IN};
    Entry.Kind kind = kinds[random.nextInt(kinds.length)];
    boolean pending = kind == Entry.Kind.MERGE_IN && random.nextBoolean();
    Place place = pending ? Place.PENDING : Place.AVAILABLE;
    var other = new Detail.Counterpart("somebody", (long) ++made, 9, 1, pending, null);
    var movements = new ArrayList<Movement>();
    movements.add(new Movement(Accounts.POINTS, place, pending ? 3 : 0, Lot.NEVER, 5));
    if (kind == Entry.Kind.MERGE_IN && !pending) {
      movements.add(new Movement(Accounts.POINTS, Place.DEBT, 0, Lot.NEVER, 3));
      movements.add(new Movement(Accounts.STORED_VALUE, Place.AVAILABLE, 0, Lot.NEVER, 9));
    }
    return TransferCommand.Receive.of(member, kind, Origin.NONE, movements, other, "/" + keyPrefix);
  }

  private Command moveOut(MemberKey member, MemberState known) {
    List<Sale> before = sales.getOrDefault(member, List.of());
    Sale sale = before.isEmpty() ? null : before.get(random.nextInt(before.size()));
    Origin origin =
        sale == null
            ? Origin.sale("store0", null, newOrder())
            : Origin.sale(sale.store(), null, sale.order());
    long entry = known.sequence() == 0 ? 1 : 1 + random.nextInt((int) known.sequence());
    return MoveCommand.MoveOut.of(member, newKey(), origin, entry, "somebody");
  }

  /** As if another had been given the sale before. */
  private Command moveIn(MemberKey member, Instant now) {
    Entry.Kind kind = random.nextBoolean() ? Entry.Kind.MOVE_IN : Entry.Kind.MOVE_RETURN;
    String out = "somebody-" + ++made + "/" + keyPrefix;
    var print = new UUID(random.nextLong(), random.nextLong());
    long paid = random.nextInt(3);
    var movements = new ArrayList<Movement>();
    movements.add(new Movement(Accounts.POINTS, Place.AVAILABLE, 0, Lot.NEVER, 7));
    if (paid > 0) {
      movements.add(new Movement(Accounts.POINTS, Place.AVAILABLE, 0, Lot.NEVER, -paid));
    }
    return new MoveCommand.MoveIn(
        member,
        new Request("move of " + out, print),
        Origin.sale("store0", null, newOrder()),
        kind,
        paidAt(now).truncatedTo(ChronoUnit.MICROS),
        700,
        List.of(),
        movements,
        random.nextBoolean(),
        new Detail.MovedSale("somebody", out, 7, paid, null));
  }

  private Command membership(MemberKey member, Instant now) {
    return switch (random.nextInt(8)) {
      case 0 -> MembershipCommand.Merge.of(member, newKey(), office(), "somebody");
      case 1 -> MembershipCommand.Close.of(member, newKey(), office());
      default ->
          MembershipCommand.Open.of(
              member,
              newKey(),
              office(),
              random.nextInt(500),
              random.nextBoolean() ? null : now.plus(Duration.ofDays(random.nextInt(90))),
              random.nextInt(500),
              random.nextInt(50));
    };
  }

  private static boolean holds(MemberState known) {
    return known.reserves().stream().anyMatch(it -> it.place() == Place.HELD);
  }

  private String anyAccount() {
    String[] accounts = {Accounts.POINTS, Accounts.POINTS, Accounts.GROWTH, Accounts.STORED_VALUE};
    return random.nextInt(8) == 0 ? STARS : accounts[random.nextInt(accounts.length)];
  }

  private long anyEntry(MemberState known) {
    return 1 + (long) (random.nextDouble() * (known.sequence() + 1));
  }

  /** Mostly what is set aside there, at times any entry. */
  private long setAside(MemberState known, Place place) {
    List<Reserve> reserves = known.reserves().stream().filter(it -> it.place() == place).toList();
    return reserves.isEmpty() || random.nextInt(6) == 0
        ? anyEntry(known)
        : reserves.get(random.nextInt(reserves.size())).sequence();
  }

  private Map<String, String> metadata() {
    return random.nextInt(8) > 0 ? Map.of() : Map.of("receipt", "№ " + made, "收银", "\"'");
  }

  private Origin till(@Nullable String order) {
    return Origin.till("store" + random.nextInt(2), mayBe("till"), order, "at the till");
  }

  private void remember(MemberKey member, Sale sale) {
    sales.computeIfAbsent(member, none -> new ArrayList<>()).add(sale);
  }

  /** The same content under another key. */
  public Command underAnotherKey(Command command) {
    return withKeyOf(command, newKey());
  }

  /** The same content under the key of another. */
  public Command underKeyOf(Command other, Command command) {
    // The key of what nobody asks for has a blank in it, so no caller can send it.
    return other instanceof Command.Settle ? command : withKeyOf(command, other.request().key());
  }

  /** The same key, and the same order if it has one, with another content. */
  public Command withAnotherContent(Command command, MemberKey member, Instant now) {
    return command instanceof Command.Settle
        ? command
        : other(command, member, command.request().key(), now);
  }

  /** The same order, if it has one, under another key and with another content. */
  public Command anotherOfTheOrder(Command command, MemberKey member, Instant now) {
    return other(command, member, newKey(), now);
  }

  private Command other(Command command, MemberKey member, String key, Instant now) {
    if (command instanceof Accrue accrue) {
      Instant occurredAt = random.nextBoolean() ? accrue.occurredAt() : now;
      return Accrue.of(
          member, key, accrue.origin(), occurredAt, accrue.amount() / 2 + 1, List.of());
    } else if (command instanceof Deduct deduct) {
      return Deduct.of(member, key, deduct.origin(), deduct.points() / 2 + 1);
    }
    return Adjust.of(member, key, office(), 1 + random.nextInt(50));
  }

  private static Command withKeyOf(Command command, String key) {
    return Requests.as(new Request(key, command.request().fingerprint()), command);
  }

  private Accrue accrual(
      MemberKey member, String key, String order, Instant now, MemberState known) {
    List<Line> lines = random.nextInt(3) > 0 ? List.of() : lines();
    long amount = lines.isEmpty() ? amount() : lines.stream().mapToLong(Line::amount).sum();
    String store = "store" + random.nextInt(2);
    remember(member, new Sale(store, order, lines, amount));
    Origin origin = Origin.sale(store, mayBe("till"), order).with(metadata());
    return Accrue.of(member, key, origin, paidAt(now), amount, lines, terms(known, now));
  }

  private SaleTerms terms(MemberState known, Instant now) {
    long stored = known.accounts().of(Accounts.STORED_VALUE).lots().total();
    return switch (random.nextInt(10)) {
      case 0 -> new SaleTerms(positive(known.lots().total()), 0, false, null);
      case 1 -> new SaleTerms(0, positive(stored), false, null);
      case 2 -> new SaleTerms(0, 0, true, now.plus(Duration.ofDays(random.nextInt(40))));
      case 3 -> new SaleTerms(random.nextInt(3), 0, true, null);
      case 4 ->
          new SaleTerms(
              positive(known.lots().total() + 20), positive(stored + 5), false, null, true);
      default -> SaleTerms.NONE;
    };
  }

  private Deduct deduction(MemberKey member, String key, long available) {
    String order = mayBe(newOrder());
    String store = "store" + random.nextInt(2);
    List<Sale> known = sales.getOrDefault(member, List.of());
    if (order != null && random.nextBoolean() && !known.isEmpty()) {
      Sale sale = known.get(known.size() - 1);
      order = sale.order();
      store = sale.store();
    } else if (order != null) {
      remember(member, new Sale(store, order, List.of(), 0));
    }
    String account = random.nextInt(12) == 0 ? STARS : Accounts.POINTS;
    Origin origin =
        Origin.till(store, mayBe("till"), order, "reason — 理由 " + made).with(metadata());
    return Deduct.of(member, key, origin, account, positive(available));
  }

  private List<Line> lines() {
    var lines = new ArrayList<Line>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      long amount = random.nextInt(4) == 0 ? 0 : random.nextInt(5_000);
      lines.add(new Line("line" + i, "product" + i, mayBe("Obst & \"Gemüse\""), i, amount));
    }
    return lines;
  }

  private long amount() {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> Limits.AMOUNT_MAX - random.nextInt(2);
      default -> random.nextInt(30_000);
    };
  }

  /** Near what there is, as often as not. */
  private long positive(long available) {
    return switch (random.nextInt(8)) {
      case 0 -> Math.max(1, Math.min(available, Limits.POINTS_MAX));
      case 1 -> Math.max(1, Math.min(available + 1, Limits.POINTS_MAX));
      case 2 -> Limits.POINTS_MAX;
      default -> 1 + (long) (random.nextDouble() * Math.min(1_000, available));
    };
  }

  /** Mostly just now; at times days or years late, or by a clock that runs ahead. */
  private Instant paidAt(Instant now) {
    return switch (random.nextInt(6)) {
      case 0 -> now.minus(Duration.ofDays(random.nextInt(1_200)));
      case 1 -> now.minus(Duration.ofHours(random.nextInt(60))).plusNanos(random.nextInt(1_000));
      case 2 -> now.plus(Duration.ofHours(random.nextInt(24)));
      default -> now.minusMillis(random.nextInt(5_000));
    };
  }

  private Origin office() {
    return Origin.office("operator" + random.nextInt(3), "by hand");
  }

  private String newKey() {
    return keyPrefix + "-" + ++made;
  }

  private String newOrder() {
    return keyPrefix + "-order-" + ++made;
  }

  private @Nullable String mayBe(String text) {
    return random.nextBoolean() ? text : null;
  }
}
