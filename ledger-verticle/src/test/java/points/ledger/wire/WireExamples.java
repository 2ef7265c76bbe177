package points.ledger.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Lot;
import points.ledger.account.Movement;
import points.ledger.command.Command;
import points.ledger.command.HoldCommand;
import points.ledger.command.MembershipCommand;
import points.ledger.command.MoveCommand;
import points.ledger.command.OrderCommand;
import points.ledger.command.OrderCommand.RefundedLine;
import points.ledger.command.Outcome;
import points.ledger.command.PendingCommand;
import points.ledger.command.Refusal;
import points.ledger.command.SaleTerms;
import points.ledger.command.StoredValueCommand;
import points.ledger.command.TransferCommand;
import points.ledger.model.Detail;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;
import points.ledger.model.Status;

/** Commands, outcomes and entries that use each form of each field that travels. */
final class WireExamples {

  static final MemberKey MEMBER = new MemberKey("default", "M-会员");
  static final Origin SALE = Origin.sale("S-1", "T-1", "O-1");
  static final Instant PAID = Instant.parse("2026-06-18T12:30:00.123456789Z");
  static final Instant DEADLINE = Instant.parse("2026-06-18T12:30:05.250Z");
  static final Request REQUEST = new Request("key-1", new UUID(-1, 7));
  static final List<Line> LINES =
      List.of(new Line("1", "P-1", "drinks", 2, 700), new Line("2", "P-2", null, 0, 300));

  private WireExamples() {}

  static Stream<Command> commands() {
    return Stream.of(
        Command.Accrue.of(MEMBER, "key-1", SALE, PAID, 1_000, LINES),
        Command.Accrue.of(MEMBER, "k", SALE, PAID, Limits.AMOUNT_MAX, List.of()),
        Command.Accrue.of(MEMBER, "k", SALE, PAID, -5, List.of()),
        Command.Deduct.of(MEMBER, "key-2", Origin.till("S-1", null, null, "gift"), 30),
        Command.Adjust.of(MEMBER, "key-3", Origin.office("amy", "goodwill"), -Limits.POINTS_MAX),
        MembershipCommand.ChangeStatus.of(
            MEMBER, "key-4", Origin.office("amy", "lost"), Status.FROZEN),
        MembershipCommand.ChangeStatus.of(
            MEMBER, "key-5", Origin.office("amy", "found"), Status.ACTIVE),
        Command.ApplyTimeEffects.of(MEMBER),
        Command.Accrue.of(MEMBER, "k", SALE, PAID, 5, List.of(), new SaleTerms(1, 2, true, PAID)),
        Command.Accrue.of(MEMBER, "k", SALE, PAID, 5, List.of(), new SaleTerms(0, 0, true, null)),
        Command.Accrue.of(
            MEMBER, "k", SALE, PAID, 5, List.of(), new SaleTerms(1, 2, true, PAID, true)),
        Command.Deduct.of(MEMBER, "k", SALE, "stars", 3),
        Command.Deduct.of(MEMBER, "k", SALE.with(Map.of("单号", "7", "a", "b")), "stars", 3),
        Command.Adjust.of(MEMBER, "k", SALE, "growth", 3),
        HoldCommand.Place.of(MEMBER, "k", SALE, 3, 4, Duration.ofMinutes(15)),
        HoldCommand.Capture.of(MEMBER, "k", SALE, 7, null, 3L),
        HoldCommand.Capture.of(MEMBER, "k", SALE, 7, 0L, null),
        HoldCommand.Release.of(MEMBER, "k", SALE, 7),
        OrderCommand.Refund.of(MEMBER, "k", SALE, "R-1", List.of(), 30L),
        OrderCommand.Refund.of(
            MEMBER,
            "k",
            SALE,
            "R-1",
            List.of(new RefundedLine("1", null), new RefundedLine("2", 4L)),
            null),
        elsewhere(OrderCommand.Refund.of(MEMBER, "k", SALE, "R-1", List.of(), null)),
        OrderCommand.Refund.of(MEMBER, "k", SALE, "R-1", List.of(), null).onlyOf(MEMBER),
        OrderCommand.Reverse.of(MEMBER, "k", Origin.office("amy", "wrong"), 12),
        OrderCommand.Reverse.of(MEMBER, "k", Origin.office("amy", "wrong"), 12)
            .decidedOn(new MemberKey(MEMBER.programId(), "M-2")),
        StoredValueCommand.TopUp.of(MEMBER, "k", SALE, PAID, 100, 5L),
        StoredValueCommand.TopUp.of(MEMBER, "k", SALE, PAID, 100, null),
        StoredValueCommand.Pay.of(MEMBER, "k", SALE, 100),
        StoredValueCommand.Exchange.of(MEMBER, "k", SALE, "points", "stars", 100),
        PendingCommand.of(MEMBER, "k", SALE, 3, true),
        PendingCommand.of(MEMBER, "k", SALE, 3, false),
        TransferCommand.Send.of(MEMBER, "k", SALE, "M-2", 10),
        TransferCommand.Receive.of(
            MEMBER,
            Entry.Kind.MERGE_IN,
            Origin.NONE,
            List.of(
                new Movement("points", Movement.Place.AVAILABLE, 0, Lot.NEVER, 5),
                new Movement("points", Movement.Place.PENDING, 3, PAID, 5)),
            new Detail.Counterpart("M-2", 9L, 1, 2, true, PAID, "S1", "O-1"),
            "/3"),
        MoveCommand.MoveOut.of(MEMBER, "k", SALE, 7, "M-2"),
        new MoveCommand.MoveIn(
            MEMBER,
            new Request("move of M-2-8", UUID.randomUUID()),
            SALE,
            Entry.Kind.MOVE_IN,
            PAID,
            1_000,
            List.of(new EarnedLine(new Line("1", "P", null, 1, 1_000), 5)),
            List.of(
                new Movement("points", Movement.Place.AVAILABLE, 0, PAID, -3),
                new Movement("points", Movement.Place.PENDING, 7, Lot.NEVER, 5)),
            true,
            new Detail.MovedSale("M-2", "M-2-8", 5, 3, PAID),
            null,
            null),
        MembershipCommand.Merge.of(MEMBER, "k", Origin.office("amy", "twice"), "M-2"),
        MembershipCommand.Close.of(MEMBER, "k", Origin.office("amy", "left")),
        MembershipCommand.Close.of(MEMBER, "k", Origin.office("amy", "left")).asOf(7),
        MembershipCommand.Open.of(MEMBER, "k", Origin.office("amy", "import"), 1, PAID, 2, 3),
        MembershipCommand.Open.of(MEMBER, "k", Origin.office("amy", "import"), 1, null, 2, 3));
  }

  static Stream<Outcome> outcomes() {
    Entry first = accrual();
    return Stream.of(
        new Outcome.Accepted(first),
        new Outcome.Replayed(deduction()),
        new Outcome.Refused(new Refusal.MemberNotFound()),
        new Outcome.Refused(new Refusal.MemberFrozen()),
        new Outcome.Refused(new Refusal.AlreadyInStatus(Status.FROZEN)),
        new Outcome.Refused(new Refusal.InsufficientPoints(0)),
        new Outcome.Refused(new Refusal.BalanceLimitExceeded(Limits.POINTS_MAX)),
        new Outcome.Refused(new Refusal.OrderAlreadyProcessed(first)),
        new Outcome.Refused(new Refusal.KeyReused()),
        new Outcome.Refused(new Refusal.MemberClosed()),
        new Outcome.Refused(new Refusal.MemberMerged("M-2")),
        new Outcome.Refused(new Refusal.MemberHasHolds(2)),
        new Outcome.Refused(new Refusal.InsufficientStoredValue(3)),
        new Outcome.Refused(new Refusal.TooManyReservations()),
        new Outcome.Refused(new Refusal.HoldNotFound()),
        new Outcome.Refused(new Refusal.HoldEnded(Refusal.End.RAN_OUT)),
        new Outcome.Refused(new Refusal.CaptureExceedsHold(1, 2)),
        new Outcome.Refused(new Refusal.PendingNotFound()),
        new Outcome.Refused(new Refusal.PendingEnded(Refusal.End.CANCELLED)),
        new Outcome.Refused(new Refusal.OrderNotFound()),
        new Outcome.Refused(new Refusal.OrderMismatch("sale/amount")),
        new Outcome.Refused(new Refusal.RefundStoreNotAllowed()),
        new Outcome.Refused(new Refusal.OrderOfSeveralMembers()),
        new Outcome.Refused(new Refusal.OrderAlreadyRefunded()),
        new Outcome.Refused(new Refusal.OrderTooLong()),
        new Outcome.Refused(new Refusal.LineNotFound("7")),
        new Outcome.Refused(new Refusal.RefundExceedsOrder(null, 5)),
        new Outcome.Refused(new Refusal.RefundNotByPoints()),
        new Outcome.Refused(new Refusal.TransactionNotFound()),
        new Outcome.Refused(new Refusal.NotReversible(Entry.Kind.HOLD, false)),
        new Outcome.Refused(new Refusal.NotMovable(Refusal.Unmovable.SPENT)),
        new Outcome.Refused(new Refusal.AlreadyReversed("M-1-7")),
        new Outcome.Refused(new Refusal.UnknownCurrency("moons")),
        new Outcome.Refused(new Refusal.NoExchangeRate()),
        new Outcome.Refused(new Refusal.ExchangeNotWhole(100)),
        new Outcome.Refused(new Refusal.ReceiverUnable("M-2", new Refusal.MemberMerged("M-3"))),
        new Outcome.Refused(new Refusal.PoolNotFound()),
        new Outcome.Refused(new Refusal.NotInPool("M-2")),
        new Outcome.Refused(new Refusal.UnknownTier("tin")),
        new Outcome.Refused(new Refusal.TierEndPassed()),
        new Outcome.Refused(new Refusal.TierNotGiven("gold")),
        new Outcome.Refused(new Refusal.TierNotForSale("gold")),
        new Outcome.Refused(new Refusal.TierNotHigher("gold")),
        new Outcome.Refused(new Refusal.LimitReached("fast")),
        new Outcome.Refused(new Refusal.UnderReview(List.of("fast"))),
        new Outcome.Refused(new Refusal.PriceChanged(500)),
        new Outcome.TimeApplied(3),
        new Outcome.NotApplied(Outcome.Cause.OVERLOADED),
        new Outcome.NotApplied(Outcome.Cause.STOPPING),
        new Outcome.Previewed(first),
        new Outcome.NoEntry(),
        new Outcome.Outdated(),
        new Outcome.InDoubt());
  }

  private static OrderCommand.Refund elsewhere(OrderCommand.Refund it) {
    return it.requestedBy(it.request(), "S-2");
  }

  static Stream<Command> commandsOfEachType() {
    return Samples.ofEach(Command.class, 3);
  }

  static Stream<Outcome> outcomesOfEachType() {
    return Stream.concat(
        Samples.ofEach(Outcome.class, 20),
        Samples.ofEach(Refusal.class, 3).map(Outcome.Refused::new));
  }

  static byte[] encode(Command command) {
    return WireFormat.COMMAND.encode(new SentCommand(command, DEADLINE));
  }

  static Entry withDetail(Entry entry, Detail detail) {
    return new Entry(
        entry.member(),
        entry.sequence(),
        entry.kind(),
        entry.points(),
        entry.balance(),
        entry.movements(),
        entry.balances(),
        entry.request(),
        entry.origin(),
        entry.amount(),
        entry.lines(),
        entry.refersTo(),
        detail,
        entry.awarded(),
        entry.changedFacts(),
        entry.occurredAt(),
        entry.recordedAt());
  }

  static Entry accrual() {
    return new Entry(
        MEMBER,
        4_711,
        Entry.Kind.ACCRUAL,
        10,
        1_010,
        List.of(
            Movement.available(
                Accounts.POINTS, new Lot(Instant.parse("2027-06-19T00:00:00Z"), 10))),
        Collections.emptySortedMap(),
        REQUEST,
        SALE,
        0L,
        List.of(new EarnedLine(LINES.get(0), 7), new EarnedLine(LINES.get(1), 3)),
        null,
        null,
        null,
        null,
        PAID,
        Instant.parse("2026-06-18T12:30:01.000001Z"));
  }

  static Entry deduction() {
    return new Entry(
        MEMBER,
        1,
        Entry.Kind.DEDUCTION,
        -30,
        0,
        List.of(new Lot(Lot.NEVER, -20), new Lot(PAID, -10)).stream()
            .map(lot -> Movement.available(Accounts.POINTS, lot))
            .toList(),
        Collections.emptySortedMap(),
        null,
        Origin.NONE,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        PAID,
        PAID);
  }
}
