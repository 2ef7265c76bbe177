package points.ledger.wire;

import java.util.Collection;
import java.util.List;

/** Names of members, as one node asks another for their leases. */
public final class NamesCodec {

  private static final int VERSION = 1;

  private NamesCodec() {}

  public static byte[] encode(Collection<String> names) {
    return new Packer(16 + 32 * names.size())
        .number(VERSION)
        .list(List.copyOf(names), Packer::text)
        .toBytes();
  }

  /**
   * Reads back what {@link #encode} wrote, on this node or another.
   *
   * @throws IllegalArgumentException if this node does not know such a message
   */
  public static List<String> decode(byte[] bytes) {
    try {
      var in = new Unpacker(bytes);
      Versions.require(VERSION, in.number());
      return in.list(Unpacker::text);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("names that end too early", e);
    }
  }
}
