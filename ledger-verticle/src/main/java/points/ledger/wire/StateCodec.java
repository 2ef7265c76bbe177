package points.ledger.wire;

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
  private static final long FOR_EVER = -1;

  private StateCodec() {}

  public static byte[] encode(MemberState state) {
    List<Lot> lots = state.lots().byExpiry();
    var out = new Packer(32 + 8 * lots.size());
    out.number(VERSION).flag(state.status() == Status.FROZEN);
    out.number(state.sequence()).number(state.lifetimeEarned()).number(state.lifetimeSpent());
    out.number(lots.size());
    long before = 0;
    for (Lot lot : lots) {
      boolean never = lot.expiresAt().equals(Lot.NEVER);
      long second = never ? before : lot.expiresAt().getEpochSecond();
      out.signed(never ? FOR_EVER : second - before).number(lot.points());
      before = second;
    }
    return out.toBytes();
  }

  /**
   * Reads back what {@link #encode} wrote, on this node or another.
   *
   * @throws IllegalArgumentException if the bytes are of a version that this node does not know
   */
  public static MemberState decode(byte[] bytes) {
    try {
      return decode(new Unpacker(bytes));
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a state that ends too early", e);
    }
  }

  private static MemberState decode(Unpacker in) {
    Versions.require(VERSION, in.number());
    Status status = in.flag() ? Status.FROZEN : Status.ACTIVE;
    long sequence = in.number();
    long earned = in.number();
    long spent = in.number();
    int count = in.length();
    List<Lot> lots = new ArrayList<>(count);
    long before = 0;
    for (int i = 0; i < count; i++) {
      long step = in.signed();
      before = before + step;
      Instant expiresAt = step == FOR_EVER ? Lot.NEVER : Instant.ofEpochSecond(before);
      lots.add(new Lot(expiresAt, in.number()));
    }
    return new MemberState(status, sequence, earned, spent, Lots.of(lots));
  }
}
