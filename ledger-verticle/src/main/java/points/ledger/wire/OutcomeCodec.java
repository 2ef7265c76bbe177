package points.ledger.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.EarnedLine;
import points.ledger.domain.Entry;
import points.ledger.domain.Lot;
import points.ledger.domain.Outcome;
import points.ledger.domain.Refusal;
import points.ledger.domain.Request;
import points.ledger.domain.Status;

/** What became of a command, on its way back. */
public final class OutcomeCodec {

  private static final int VERSION = 1;

  private enum Form {
    ACCEPTED,
    REPLAYED,
    REFUSED,
    NOT_APPLIED,
    IN_DOUBT
  }

  private OutcomeCodec() {}

  public static byte[] encode(Outcome outcome) {
    var out = new Packer(256);
    out.number(VERSION);
    if (outcome instanceof Outcome.Accepted accepted) {
      out.text(Form.ACCEPTED.name());
      entry(out, accepted.entry());
    } else if (outcome instanceof Outcome.Replayed replayed) {
      out.text(Form.REPLAYED.name());
      entry(out, replayed.entry());
    } else if (outcome instanceof Outcome.Refused refused) {
      out.text(Form.REFUSED.name());
      refusal(out, refused.refusal());
    } else if (outcome instanceof Outcome.NotApplied notApplied) {
      out.text(Form.NOT_APPLIED.name()).text(notApplied.cause().name());
    } else {
      out.text(Form.IN_DOUBT.name());
    }
    return out.toBytes();
  }

  /**
   * Reads back what {@link #encode} wrote, on this node or another.
   *
   * @throws IllegalArgumentException if this node does not know such an outcome
   */
  public static Outcome decode(byte[] bytes) {
    try {
      var in = new Unpacker(bytes);
      Versions.require(VERSION, in.number());
      return switch (Form.valueOf(in.text())) {
        case ACCEPTED -> new Outcome.Accepted(entry(in));
        case REPLAYED -> new Outcome.Replayed(entry(in));
        case REFUSED -> new Outcome.Refused(refusal(in));
        case NOT_APPLIED -> new Outcome.NotApplied(Outcome.Cause.valueOf(in.text()));
        case IN_DOUBT -> new Outcome.InDoubt();
      };
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("an outcome that ends too early", e);
    }
  }

  private static void refusal(Packer out, Refusal refusal) {
    out.text(refusal.kind().name());
    switch (refusal.kind()) {
      case ALREADY_IN_STATUS -> out.text(((Refusal.AlreadyInStatus) refusal).status().name());
      case INSUFFICIENT_POINTS -> out.number(((Refusal.InsufficientPoints) refusal).available());
      case BALANCE_LIMIT_EXCEEDED ->
          out.number(((Refusal.BalanceLimitExceeded) refusal).available());
      case ORDER_ALREADY_PROCESSED -> entry(out, ((Refusal.OrderAlreadyProcessed) refusal).first());
      case MEMBER_NOT_FOUND, MEMBER_FROZEN, KEY_REUSED -> {
        // the kind says it all
      }
    }
  }

  private static Refusal refusal(Unpacker in) {
    return switch (Refusal.Kind.valueOf(in.text())) {
      case MEMBER_NOT_FOUND -> new Refusal.MemberNotFound();
      case MEMBER_FROZEN -> new Refusal.MemberFrozen();
      case ALREADY_IN_STATUS -> new Refusal.AlreadyInStatus(Status.valueOf(in.text()));
      case INSUFFICIENT_POINTS -> new Refusal.InsufficientPoints(in.number());
      case BALANCE_LIMIT_EXCEEDED -> new Refusal.BalanceLimitExceeded(in.number());
      case ORDER_ALREADY_PROCESSED -> new Refusal.OrderAlreadyProcessed(entry(in));
      case KEY_REUSED -> new Refusal.KeyReused();
    };
  }

  private static void entry(Packer out, Entry entry) {
    CommandCodec.member(out, entry.member());
    out.number(entry.sequence()).text(entry.kind().name());
    out.signed(entry.points()).number(entry.balance());
    out.list(entry.lots(), OutcomeCodec::lot);
    Request request = entry.request();
    out.flag(request != null);
    if (request != null) {
      CommandCodec.request(out, request);
    }
    CommandCodec.origin(out, entry.origin());
    Long amount = entry.amount();
    out.number(amount == null ? 0 : amount + 1);
    out.list(entry.lines(), OutcomeCodec::earned);
    out.instant(entry.occurredAt()).instant(entry.recordedAt());
  }

  private static Entry entry(Unpacker in) {
    return new Entry(
        CommandCodec.member(in),
        in.number(),
        Entry.Kind.valueOf(in.text()),
        in.signed(),
        in.number(),
        in.list(OutcomeCodec::lot),
        in.flag() ? CommandCodec.request(in) : null,
        CommandCodec.origin(in),
        amount(in),
        in.list(OutcomeCodec::earned),
        in.instant(),
        in.instant());
  }

  private static @Nullable Long amount(Unpacker in) {
    long amount = in.number();
    return amount == 0 ? null : amount - 1;
  }

  private static void lot(Packer out, Lot lot) {
    boolean never = lot.expiresAt().equals(Lot.NEVER);
    out.flag(never);
    if (!never) {
      out.instant(lot.expiresAt());
    }
    out.signed(lot.points());
  }

  private static Lot lot(Unpacker in) {
    Instant expiresAt = in.flag() ? Lot.NEVER : in.instant();
    return new Lot(expiresAt, in.signed());
  }

  private static void earned(Packer out, EarnedLine line) {
    CommandCodec.line(out, line.line());
    out.number(line.points());
  }

  private static EarnedLine earned(Unpacker in) {
    return new EarnedLine(CommandCodec.line(in), in.number());
  }
}
