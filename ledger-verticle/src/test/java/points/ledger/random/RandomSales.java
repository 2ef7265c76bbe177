package points.ledger.random;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Movement.Place;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Command.Deduct;
import points.ledger.command.HoldCommand;
import points.ledger.command.MoveCommand;
import points.ledger.command.OrderCommand;
import points.ledger.command.OrderCommand.RefundedLine;
import points.ledger.command.SaleTerms;
import points.ledger.command.StoredValueCommand;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.OrderPart;
import points.ledger.model.Origin;
import points.ledger.model.Reservation;

/** Orders of every kind, and what is done to orders of before. */
public final class RandomSales {

  /** An order that was sent, whatever became of it. */
  private record Sale(String store, String order, List<Line> lines, long amount) {}

  private final RandomValues values;
  private final Map<MemberKey, List<Sale>> sales = new HashMap<>();

  public RandomSales(RandomValues values) {
    this.values = values;
  }

  public Accrue accrual(
      MemberKey member, String key, String order, Instant now, MemberState known) {
    List<Line> lines = values.random.nextInt(3) > 0 ? List.of() : lines();
    long amount = lines.isEmpty() ? values.amount() : lines.stream().mapToLong(Line::amount).sum();
    String store = "store" + values.random.nextInt(2);
    remember(member, new Sale(store, order, lines, amount));
    Origin origin =
        values.sent(Origin.sale(store, values.mayBe("till"), order).with(values.metadata()));
    return Accrue.of(member, key, origin, values.paidAt(now), amount, lines, terms(known, now));
  }

  private SaleTerms terms(MemberState known, Instant now) {
    long stored = known.accounts().of(Accounts.STORED_VALUE).lots().total();
    return switch (values.random.nextInt(10)) {
      case 0 -> new SaleTerms(values.positive(known.lots().total()), 0, false, null);
      case 1 -> new SaleTerms(0, values.positive(stored), false, null);
      case 2 -> new SaleTerms(0, 0, true, now.plus(Duration.ofDays(values.random.nextInt(40))));
      case 3 -> new SaleTerms(values.random.nextInt(3), 0, true, null);
      case 4 ->
          new SaleTerms(
              values.positive(known.lots().total() + 20),
              values.positive(stored + 5),
              false,
              null,
              true);
      default -> SaleTerms.NONE;
    };
  }

  public Deduct deduction(MemberKey member, String key, long available) {
    String order = values.mayBe(values.newOrder());
    String store = "store" + values.random.nextInt(2);
    List<Sale> known = sales.getOrDefault(member, List.of());
    if (order != null && values.random.nextBoolean() && !known.isEmpty()) {
      Sale sale = known.get(known.size() - 1);
      order = sale.order();
      store = sale.store();
    } else if (order != null) {
      remember(member, new Sale(store, order, List.of(), 0));
    }
    String account = values.random.nextInt(12) == 0 ? RandomCommands.STARS : Accounts.POINTS;
    Origin origin =
        values.sent(
            Origin.till(store, values.mayBe("till"), order, "reason — 理由 " + values.next())
                .with(values.metadata()));
    return Deduct.of(
        member,
        key,
        origin.terminalId() == null ? origin.actingFor("sharer") : origin,
        account,
        values.positive(available));
  }

  private List<Line> lines() {
    var lines = new ArrayList<Line>();
    for (int i = values.random.nextInt(5); i >= 0; i--) {
      long amount = values.random.nextInt(4) == 0 ? 0 : values.random.nextInt(5_000);
      lines.add(new Line("line" + i, "product" + i, values.mayBe("Obst & \"Gemüse\""), i, amount));
    }
    return lines;
  }

  public Command refund(MemberKey member) {
    List<Sale> made = sales.getOrDefault(member, List.of());
    Sale sale =
        made.isEmpty() || values.random.nextInt(20) == 0
            ? new Sale("store0", values.newOrder(), List.of(), 100)
            : made.get(Math.max(0, made.size() - 1 - values.random.nextInt(4)));
    Origin origin = values.sent(Origin.sale(sale.store(), values.mayBe("till"), sale.order()));
    String refundId = "refund" + values.next();
    List<RefundedLine> lines = List.of();
    Long amount = null;
    if (!sale.lines().isEmpty() && values.random.nextBoolean()) {
      Line line = sale.lines().get(values.random.nextInt(sale.lines().size()));
      Long part = values.random.nextBoolean() ? null : (Long) (long) values.random.nextInt(3_000);
      String id = values.random.nextInt(20) == 0 ? "unknown" : line.lineId();
      lines = List.of(new RefundedLine(id, part));
    } else if (values.random.nextInt(3) > 0) {
      amount = 1 + (long) (values.random.nextDouble() * sale.amount() * 0.5);
    }
    OrderCommand.Refund refund =
        OrderCommand.Refund.of(member, values.newKey(), origin, refundId, lines, amount);
    if (values.random.nextInt(20) == 0) {
      return refund.requestedBy(refund.request(), "store9");
    }
    boolean isOfPoints = lines.isEmpty() && amount == null && values.random.nextBoolean();
    return isOfPoints
        ? refund.restrictedTo(1L + values.random.nextInt(200), OrderPart.GOODS)
        : refund;
  }

  public Command topUp(MemberKey member, Instant now) {
    String order = values.newOrder();
    String store = "store" + values.random.nextInt(2);
    long amount = 1L + values.random.nextInt(50_000);
    remember(member, new Sale(store, order, List.of(), amount));
    Long bonus = values.random.nextBoolean() ? null : (Long) (long) values.random.nextInt(500);
    Origin origin = Origin.sale(store, values.mayBe("till"), order);
    return StoredValueCommand.TopUp.of(
        member, values.newKey(), origin, values.paidAt(now), amount, bonus);
  }

  public Command pay(MemberKey member, MemberState known) {
    String order = values.newOrder();
    String store = "store" + values.random.nextInt(2);
    long amount = values.positive(known.accounts().of(Accounts.STORED_VALUE).lots().total());
    remember(member, new Sale(store, order, List.of(), amount));
    return StoredValueCommand.Pay.of(
        member, values.newKey(), Origin.sale(store, null, order), amount);
  }

  public Command moveOut(MemberKey member, MemberState known, String to) {
    List<Sale> before = sales.getOrDefault(member, List.of());
    Sale sale = before.isEmpty() ? null : before.get(values.random.nextInt(before.size()));
    Origin origin =
        sale == null
            ? Origin.sale("store0", null, values.newOrder())
            : Origin.sale(sale.store(), null, sale.order());
    long entry = known.sequence() == 0 ? 1 : 1 + values.random.nextInt((int) known.sequence());
    return MoveCommand.MoveOut.of(member, values.newKey(), origin, entry, to);
  }

  public Command capture(MemberKey member, MemberState known) {
    long hold = values.setAside(known, Place.HELD);
    Reservation reserve = known.reserve(hold, Place.HELD).orElse(null);
    String order = reserve == null ? null : reserve.orderId();
    String store = reserve == null ? null : reserve.storeId();
    if (order != null) {
      remember(member, new Sale(String.valueOf(store), order, List.of(), 0));
    }
    long held = reserve == null ? 10 : reserve.of(Accounts.POINTS).total();
    Long points =
        switch (values.random.nextInt(5)) {
          case 0, 1 -> null;
          case 2 -> Math.min(held + 1, Limits.POINTS_MAX);
          default -> values.positive(held) - 1;
        };
    Origin origin = store == null ? values.till(null) : Origin.till(store, null, order, "captured");
    return HoldCommand.Capture.of(member, values.newKey(), origin, hold, points, null);
  }

  public Command hold(MemberKey member, MemberState known) {
    long stored = known.accounts().of(Accounts.STORED_VALUE).lots().total();
    long storedValue = values.random.nextInt(3) == 0 ? values.positive(stored) : 0;
    long points =
        storedValue > 0 && values.random.nextBoolean() ? 0 : values.positive(known.lots().total());
    Duration ttl = Duration.ofSeconds(1 + values.random.nextInt((int) Limits.HOLD_MAX.toSeconds()));
    return HoldCommand.Place.of(
        member,
        values.newKey(),
        values.till(values.mayBe(values.newOrder())),
        points,
        storedValue,
        ttl);
  }

  private void remember(MemberKey member, Sale sale) {
    sales.computeIfAbsent(member, none -> new ArrayList<>()).add(sale);
  }
}
