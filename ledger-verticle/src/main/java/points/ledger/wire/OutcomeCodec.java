package points.ledger.wire;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Outcome;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.Lot;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;
import points.ledger.store.json.DetailJson;
import points.ledger.store.json.ExtraJson;

/** What became of a command, on its way back. */
public final class OutcomeCodec {

  private static final int VERSION = 2;

  private enum Form {
    ACCEPTED,
    SETTLED,
    REPLAYED,
    REFUSED,
    NOT_APPLIED,
    IN_DOUBT,
    PREVIEWED,
    NO_ENTRY
  }

  private OutcomeCodec() {}

  public static byte[] encode(Outcome outcome) {
    var out = new Packer(256);
    out.number(VERSION);
    if (outcome instanceof Outcome.Accepted accepted) {
      out.text(Form.ACCEPTED.name());
      entry(out, accepted.entry());
    } else if (outcome instanceof Outcome.TimeApplied settled) {
      out.text(Form.SETTLED.name()).number(settled.entries());
    } else if (outcome instanceof Outcome.Replayed replayed) {
      out.text(Form.REPLAYED.name());
      entry(out, replayed.entry());
    } else if (outcome instanceof Outcome.Refused refused) {
      out.text(Form.REFUSED.name());
      RefusalCodec.write(out, refused.refusal());
    } else if (outcome instanceof Outcome.NotApplied notApplied) {
      out.text(Form.NOT_APPLIED.name()).text(notApplied.cause().name());
    } else if (outcome instanceof Outcome.Previewed previewed) {
      out.text(Form.PREVIEWED.name());
      entry(out, previewed.entry());
    } else if (outcome instanceof Outcome.NoEntry) {
      out.text(Form.NO_ENTRY.name());
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
        case SETTLED -> new Outcome.TimeApplied((int) in.number());
        case REPLAYED -> new Outcome.Replayed(entry(in));
        case REFUSED -> new Outcome.Refused(RefusalCodec.read(in));
        case NOT_APPLIED -> new Outcome.NotApplied(Outcome.Cause.valueOf(in.text()));
        case IN_DOUBT -> new Outcome.InDoubt();
        case PREVIEWED -> new Outcome.Previewed(entry(in));
        case NO_ENTRY -> new Outcome.NoEntry();
      };
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("an outcome that ends too early", e);
    }
  }

  static void entry(Packer out, Entry entry) {
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
    out.number(entry.refersTo() == null ? 0 : entry.refersTo());
    JsonObject extra = ExtraJson.of(entry);
    out.text(extra == null ? null : extra.encode());
    out.instant(entry.occurredAt()).instant(entry.recordedAt());
  }

  static Entry entry(Unpacker in) {
    MemberKey member = CommandCodec.member(in);
    long sequence = in.number();
    Entry.Kind kind = Entry.Kind.valueOf(in.text());
    long points = in.signed();
    long balance = in.number();
    List<Lot> lots = in.list(OutcomeCodec::lot);
    Request request = in.flag() ? CommandCodec.request(in) : null;
    Origin origin = CommandCodec.origin(in);
    Long amount = amount(in);
    List<EarnedLine> lines = in.list(OutcomeCodec::earned);
    long refersTo = in.number();
    String text = in.textOrNull();
    JsonObject extra = text == null ? null : new JsonObject(text);
    return new Entry(
        member,
        sequence,
        kind,
        points,
        balance,
        ExtraJson.movements(lots, extra),
        ExtraJson.balances(extra),
        request,
        origin.with(ExtraJson.metadata(extra)),
        amount,
        lines,
        refersTo == 0 ? null : refersTo,
        DetailJson.read(kind, extra),
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

  static void earned(Packer out, EarnedLine line) {
    CommandCodec.line(out, line.line());
    out.number(line.points());
  }

  static EarnedLine earned(Unpacker in) {
    return new EarnedLine(CommandCodec.line(in), in.number());
  }
}
