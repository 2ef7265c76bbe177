package points.ledger.store;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import points.ledger.domain.Lot;
import points.ledger.domain.Lots;
import points.ledger.domain.MemberState;
import points.ledger.domain.Status;

/**
 * A member's state in few bytes, for the cluster to hold: version, status, then numbers of variable
 * length, expiries as the difference to the one before. A member with three lots takes about 30.
 */
public final class StateCodec {

  private static final int VERSION = 1;
  private static final int ACTIVE = 0;
  private static final int FROZEN = 1;
  private static final long FOR_EVER = -1;

  private StateCodec() {}

  public static byte[] encode(MemberState state) {
    ByteBuf out = Unpooled.buffer(32 + 8 * state.lots().byExpiry().size());
    out.writeByte(VERSION);
    out.writeByte(state.status() == Status.FROZEN ? FROZEN : ACTIVE);
    writeNumber(out, state.sequence());
    writeNumber(out, state.lifetimeEarned());
    writeNumber(out, state.lifetimeSpent());
    writeNumber(out, state.lots().byExpiry().size());
    long before = 0;
    for (Lot lot : state.lots().byExpiry()) {
      boolean never = lot.expiresAt().equals(Lot.NEVER);
      long second = never ? before : lot.expiresAt().getEpochSecond();
      writeNumber(out, zigZag(never ? FOR_EVER : second - before));
      writeNumber(out, lot.points());
      before = second;
    }
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  /**
   * Reads back what {@link #encode} wrote, on this node or another.
   *
   * @throws IllegalArgumentException if the bytes are of a version that this node does not know
   */
  public static MemberState decode(byte[] bytes) {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException("state of version " + version + ", this node knows 1");
    }
    Status status = in.readByte() == FROZEN ? Status.FROZEN : Status.ACTIVE;
    long sequence = readNumber(in);
    long earned = readNumber(in);
    long spent = readNumber(in);
    int count = (int) readNumber(in);
    List<Lot> lots = new ArrayList<>(count);
    long before = 0;
    for (int i = 0; i < count; i++) {
      long step = unZigZag(readNumber(in));
      before = before + step;
      Instant expiresAt = step == FOR_EVER ? Lot.NEVER : Instant.ofEpochSecond(before);
      lots.add(new Lot(expiresAt, readNumber(in)));
    }
    return new MemberState(status, sequence, earned, spent, Lots.of(lots));
  }

  private static long zigZag(long number) {
    return (number << 1) ^ (number >> 63);
  }

  private static long unZigZag(long number) {
    return (number >>> 1) ^ -(number & 1);
  }

  private static void writeNumber(ByteBuf out, long number) {
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static long readNumber(ByteBuf in) {
    long number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.readByte();
      number |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IllegalArgumentException("number longer than 64 bits");
  }
}
