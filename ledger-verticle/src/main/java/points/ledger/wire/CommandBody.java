package points.ledger.wire;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.HoldCommand;
import points.ledger.command.MembershipCommand;
import points.ledger.command.MoveCommand;
import points.ledger.command.OrderCommand;
import points.ledger.command.OrderCommand.Refund;
import points.ledger.command.OrderCommand.RefundedLine;
import points.ledger.command.PendingCommand;
import points.ledger.command.SaleTerms;
import points.ledger.command.StoredValueCommand;
import points.ledger.command.TransferCommand;
import points.ledger.model.Entry;
import points.ledger.model.Lot;
import points.ledger.model.MemberKey;
import points.ledger.model.Movement;
import points.ledger.model.OrderPart;
import points.ledger.model.Origin;
import points.ledger.model.Request;
import points.ledger.model.Status;
import points.ledger.store.json.DetailJson;

/** What commands of each kind say besides what all do. */
final class CommandBody {

  private CommandBody() {}

  static void write(Packer out, Command command) {
    if (command instanceof Command.Accrue it) {
      out.instant(it.occurredAt()).number(it.amount()).list(it.lines(), CommandCodec::line);
      terms(out, it.terms());
    } else if (command instanceof Command.Deduct it) {
      out.text(it.account()).number(it.points());
    } else if (command instanceof Command.Adjust it) {
      out.text(it.account()).signed(it.points());
    } else if (command instanceof HoldCommand.Place it) {
      out.number(it.points()).number(it.storedValue()).number(it.ttl().toSeconds());
    } else if (command instanceof HoldCommand.Capture it) {
      out.number(it.hold());
      optional(out, it.points());
      optional(out, it.storedValue());
    } else if (command instanceof HoldCommand.Release it) {
      out.number(it.hold());
    } else if (command instanceof Refund it) {
      refund(out, it);
    } else if (command instanceof OrderCommand.Reverse it) {
      out.number(it.reversed());
      if (it.merged() != null) {
        out.text(it.merged());
      }
    } else if (command instanceof StoredValueCommand.TopUp it) {
      out.instant(it.occurredAt()).number(it.amount());
      optional(out, it.bonus());
    } else if (command instanceof StoredValueCommand.Pay it) {
      out.number(it.amount());
    } else if (command instanceof StoredValueCommand.Exchange it) {
      out.text(it.from()).text(it.to()).number(it.points());
    } else if (command instanceof PendingCommand it) {
      out.number(it.earnedBy());
    } else if (command instanceof TransferCommand.Send it) {
      out.text(it.to()).number(it.points());
    } else if (command instanceof TransferCommand.Receive it) {
      out.list(it.movements(), CommandBody::movement);
      out.text(DetailJson.write(it.other()).encode());
    } else if (command instanceof MoveCommand.MoveOut it) {
      out.number(it.sale()).text(it.to());
    } else if (command instanceof MoveCommand.MoveIn it) {
      out.instant(it.occurredAt()).number(it.amount()).list(it.lines(), OutcomeCodec::earned);
      out.list(it.movements(), CommandBody::movement).flag(it.pending());
      out.text(DetailJson.write(it.moved()).encode());
    } else if (command instanceof MembershipCommand.Merge it) {
      out.text(it.into());
    } else if (command instanceof MembershipCommand.Open it) {
      out.number(it.points());
      optionalTime(out, it.expiresAt());
      out.number(it.storedValue()).number(it.growth());
    } else if (!isBare(command)) {
      throw new IllegalStateException("a command that cannot be sent: " + command.kind());
    }
  }

  private static boolean isBare(Command command) {
    return command instanceof Command.ChangeStatus
        || command instanceof Command.ApplyTimeEffects
        || command instanceof MembershipCommand.Close;
  }

  static Command read(
      Unpacker in, Entry.Kind kind, MemberKey member, Request request, Origin origin) {
    return switch (kind) {
      case ACCRUAL ->
          new Command.Accrue(
              member,
              request,
              origin,
              in.instant(),
              in.number(),
              in.list(CommandCodec::line),
              terms(in));
      case DEDUCTION -> new Command.Deduct(member, request, origin, in.text(), in.number());
      case ADJUSTMENT -> new Command.Adjust(member, request, origin, in.text(), in.signed());
      case FREEZE -> new Command.ChangeStatus(member, request, origin, Status.FROZEN);
      case UNFREEZE -> new Command.ChangeStatus(member, request, origin, Status.ACTIVE);
      case EXPIRY -> new Command.ApplyTimeEffects(member, request);
      case HOLD ->
          new HoldCommand.Place(
              member, request, origin, in.number(), in.number(), Duration.ofSeconds(in.number()));
      case CAPTURE ->
          new HoldCommand.Capture(member, request, origin, in.number(), optional(in), optional(in));
      case RELEASE -> new HoldCommand.Release(member, request, origin, in.number());
      case REFUND ->
          refund(
              in,
              new Refund(
                  member, request, origin, "", List.of(), null, null, null, null, null, null));
      case REVERSAL ->
          new OrderCommand.Reverse(
              member, request, origin, in.number(), in.isAtEnd() ? null : in.text());
      case TOP_UP ->
          new StoredValueCommand.TopUp(
              member, request, origin, in.instant(), in.number(), optional(in));
      case PAYMENT -> new StoredValueCommand.Pay(member, request, origin, in.number());
      case EXCHANGE ->
          new StoredValueCommand.Exchange(
              member, request, origin, in.text(), in.text(), in.number());
      case ACTIVATION -> new PendingCommand(member, request, origin, in.number(), true);
      case CANCELLATION -> new PendingCommand(member, request, origin, in.number(), false);
      case TRANSFER_OUT ->
          new TransferCommand.Send(member, request, origin, in.text(), in.number());
      case TRANSFER_IN, TRANSFER_RETURN, MERGE_IN -> {
        List<Movement> movements = in.list(CommandBody::movement);
        var other = DetailJson.counterpart(new JsonObject(in.text()));
        yield new TransferCommand.Receive(member, request, origin, kind, movements, other);
      }
      case MOVE_OUT -> new MoveCommand.MoveOut(member, request, origin, in.number(), in.text());
      case MOVE_IN, MOVE_RETURN ->
          new MoveCommand.MoveIn(
              member,
              request,
              origin,
              kind,
              in.instant(),
              in.number(),
              in.list(OutcomeCodec::earned),
              in.list(CommandBody::movement),
              in.flag(),
              DetailJson.movedSale(new JsonObject(in.text())));
      case MERGE_OUT -> new MembershipCommand.Merge(member, request, origin, in.text());
      case CLOSING -> new MembershipCommand.Close(member, request, origin);
      case OPENING ->
          new MembershipCommand.Open(
              member, request, origin, in.number(), optionalTime(in), in.number(), in.number());
    };
  }

  /** 0 for none, 1 for those of a till that asks in time, 2 for those of an offline one. */
  private static void terms(Packer out, SaleTerms terms) {
    boolean none = terms.equals(SaleTerms.NONE);
    out.number(none ? 0 : terms.offline() ? 2 : 1);
    if (!none) {
      out.number(terms.points()).number(terms.storedValue()).flag(terms.pending());
      optionalTime(out, terms.effectiveAt());
    }
  }

  private static SaleTerms terms(Unpacker in) {
    long form = in.number();
    return form == 0
        ? SaleTerms.NONE
        : new SaleTerms(in.number(), in.number(), in.flag(), optionalTime(in), form == 2);
  }

  private static void refund(Packer out, Refund refund) {
    out.text(refund.refundId()).list(refund.lines(), CommandBody::refunded);
    optional(out, refund.amount());
    if (saysMore(refund)) {
      optional(out, refund.points());
      out.text(refund.orderPart() == null ? null : refund.orderPart().name());
      out.text(refund.refundStoreId());
      out.text(refund.share() == null ? null : DetailJson.share(refund.share()).encode());
      out.text(refund.onlyOf());
    }
  }

  /** Whether there is something to a refund that earlier versions did not know. */
  static boolean saysMore(Refund refund) {
    return refund.points() != null
        || refund.orderPart() != null
        || refund.refundStoreId() != null
        || refund.share() != null
        || refund.onlyOf() != null;
  }

  private static Refund refund(Unpacker in, Refund of) {
    String refundId = in.text();
    List<RefundedLine> lines = in.list(CommandBody::refunded);
    Long amount = optional(in);
    boolean more = !in.isAtEnd();
    Long points = more ? optional(in) : null;
    String orderPart = more ? in.textOrNull() : null;
    String refundStoreId = more ? in.textOrNull() : null;
    String share = more ? in.textOrNull() : null;
    String onlyOf = more ? in.textOrNull() : null;
    return new Refund(
        of.member(),
        of.request(),
        of.origin(),
        refundId,
        lines,
        amount,
        points,
        orderPart == null ? null : OrderPart.valueOf(orderPart),
        refundStoreId,
        share == null ? null : DetailJson.share(new JsonObject(share)),
        onlyOf);
  }

  private static void refunded(Packer out, RefundedLine line) {
    out.text(line.lineId());
    optional(out, line.amount());
  }

  private static RefundedLine refunded(Unpacker in) {
    return new RefundedLine(in.text(), optional(in));
  }

  private static void movement(Packer out, Movement movement) {
    out.text(movement.account()).text(movement.place().name()).number(movement.reserve());
    optionalTime(out, movement.expiresAt().equals(Lot.NEVER) ? null : movement.expiresAt());
    out.signed(movement.points());
  }

  private static Movement movement(Unpacker in) {
    String account = in.text();
    var place = Movement.Place.valueOf(in.text());
    long reserve = in.number();
    Instant expiresAt = optionalTime(in);
    return new Movement(
        account, place, reserve, expiresAt == null ? Lot.NEVER : expiresAt, in.signed());
  }

  private static void optional(Packer out, @Nullable Long number) {
    out.number(number == null ? 0 : number + 1);
  }

  private static @Nullable Long optional(Unpacker in) {
    long number = in.number();
    return number == 0 ? null : number - 1;
  }

  private static void optionalTime(Packer out, @Nullable Instant time) {
    out.flag(time != null);
    if (time != null) {
      out.instant(time);
    }
  }

  private static @Nullable Instant optionalTime(Unpacker in) {
    return in.flag() ? in.instant() : null;
  }
}
