package points.ledger.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import points.ledger.command.Command;
import points.ledger.command.OrderCommand;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;

/** A command on its way to the node that decides on its member. */
public final class CommandCodec {

  private static final int VERSION = 2;

  /** Of what nodes of the version before would take for less than it is. */
  private static final int VERSION_OF_NEW = 3;

  /**
   * What arrives.
   *
   * @param deadline past which nobody waits for the answer any more, by the cluster's time
   */
  public record Sent(Command command, Instant deadline) {}

  private CommandCodec() {}

  public static byte[] encode(Command command, Instant deadline) {
    var out = new Packer(256);
    out.number(versionOf(command)).number(deadline.toEpochMilli());
    out.text(command.kind().name());
    member(out, command.member());
    request(out, command.request());
    origin(out, command.origin());
    if (versionOf(command) == VERSION_OF_NEW) {
      out.list(List.copyOf(command.origin().metadata().entrySet()), CommandCodec::named);
    }
    CommandBody.write(out, command);
    return out.toBytes();
  }

  /**
   * The oldest that says all of it, so that nodes of the version before go on understanding most.
   */
  private static int versionOf(Command command) {
    boolean isNew =
        (command instanceof OrderCommand.Refund refund && CommandBody.saysMore(refund))
            || (command instanceof Command.Accrue accrue && accrue.terms().offline())
            || (command instanceof OrderCommand.Reverse reverse && reverse.merged() != null)
            || !command.origin().metadata().isEmpty();
    return isNew ? VERSION_OF_NEW : VERSION;
  }

  /**
   * Reads back what {@link #encode} wrote, on this node or another.
   *
   * @throws IllegalArgumentException if this node does not know such a command
   */
  public static Sent decode(byte[] bytes) {
    try {
      var in = new Unpacker(bytes);
      long version = in.number();
      Versions.require(VERSION, VERSION_OF_NEW, version);
      Instant deadline = Instant.ofEpochMilli(in.number());
      Entry.Kind kind = Entry.Kind.valueOf(in.text());
      Command command = command(in, kind, version);
      if (version != versionOf(command)) {
        throw new IllegalArgumentException("a command that says less than was announced");
      }
      return new Sent(command, deadline);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a command that ends too early", e);
    }
  }

  private static Command command(Unpacker in, Entry.Kind kind, long version) {
    MemberKey member = member(in);
    Request request = request(in);
    Origin origin = origin(in);
    if (version == VERSION_OF_NEW) {
      var metadata = new TreeMap<String, String>();
      in.list(CommandCodec::named).forEach(it -> metadata.put(it.getKey(), it.getValue()));
      origin = origin.with(metadata);
    }
    return CommandBody.read(in, kind, member, request, origin);
  }

  private static void named(Packer out, Map.Entry<String, String> named) {
    out.text(named.getKey()).text(named.getValue());
  }

  private static Map.Entry<String, String> named(Unpacker in) {
    return Map.entry(in.text(), in.text());
  }

  static void member(Packer out, MemberKey member) {
    out.text(member.programId()).text(member.memberId());
  }

  static MemberKey member(Unpacker in) {
    return new MemberKey(in.text(), in.text());
  }

  static void request(Packer out, Request request) {
    out.text(request.key()).uuid(request.fingerprint());
  }

  static Request request(Unpacker in) {
    return new Request(in.text(), in.uuid());
  }

  static void origin(Packer out, Origin origin) {
    out.text(origin.storeId()).text(origin.terminalId()).text(origin.orderId());
    out.text(origin.operator()).text(origin.reason());
  }

  static Origin origin(Unpacker in) {
    return new Origin(
        in.textOrNull(), in.textOrNull(), in.textOrNull(), in.textOrNull(), in.textOrNull());
  }

  static void line(Packer out, Line line) {
    out.text(line.lineId()).text(line.productId()).text(line.category());
    out.number(line.quantity()).number(line.amount());
  }

  static Line line(Unpacker in) {
    return new Line(in.text(), in.text(), in.textOrNull(), in.number(), in.number());
  }
}
