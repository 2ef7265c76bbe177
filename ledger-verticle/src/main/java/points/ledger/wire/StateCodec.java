package points.ledger.wire;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import points.ledger.model.Account;
import points.ledger.model.Accounts;
import points.ledger.model.Lot;
import points.ledger.model.Lots;
import points.ledger.model.MemberState;
import points.ledger.model.Movement.Place;
import points.ledger.model.Reservation;
import points.ledger.model.Status;

/**
 * A member's state in few bytes, for the cluster to hold: version, status, then numbers of variable
 * length, expiries as the difference to the one before. A member with three lots takes about 30.
 */
public final class StateCodec {

  /** Points that can be spent, and nothing else: what most members have, and older nodes read. */
  private static final int PLAIN = 1;

  /** All that there can be. */
  private static final int FULL = 2;

  private static final long FOR_EVER = -1;

  private StateCodec() {}

  public static byte[] encode(MemberState state) {
    boolean plain = isPlain(state);
    var out = new Packer(32 + 8 * state.lots().byExpiry().size());
    out.number(plain ? PLAIN : FULL);
    if (plain) {
      out.flag(state.status() == Status.FROZEN);
    } else {
      out.text(state.status().name());
    }
    out.number(state.sequence()).number(state.lifetimeEarned()).number(state.lifetimeSpent());
    lots(out, state.lots());
    if (!plain) {
      out.number(state.accounts().points().debt());
      out.list(List.copyOf(state.accounts().others().entrySet()), StateCodec::account);
      out.list(state.reserves(), StateCodec::reserve);
      out.text(state.mergedInto());
    }
    return out.toBytes();
  }

  private static boolean isPlain(MemberState state) {
    return state.accounts().others().isEmpty()
        && state.accounts().points().debt() == 0
        && state.reserves().isEmpty()
        && state.mergedInto() == null
        && (state.status() == Status.ACTIVE || state.status() == Status.FROZEN);
  }

  private static void account(Packer out, Map.Entry<String, Account> account) {
    out.text(account.getKey()).number(account.getValue().debt());
    lots(out, account.getValue().lots());
  }

  private static void reserve(Packer out, Reservation reserve) {
    out.number(reserve.sequence()).text(reserve.place().name());
    out.flag(reserve.endsAt() != null);
    if (reserve.endsAt() != null) {
      out.instant(reserve.endsAt());
    }
    out.text(reserve.storeId()).text(reserve.orderId());
    out.list(
        List.copyOf(reserve.lots().entrySet()),
        (to, lots) -> lots(to.text(lots.getKey()), lots.getValue()));
  }

  private static void lots(Packer out, Lots lots) {
    out.number(lots.byExpiry().size());
    long before = 0;
    for (Lot lot : lots.byExpiry()) {
      boolean never = lot.expiresAt().equals(Lot.NEVER);
      long second = never ? before : lot.expiresAt().getEpochSecond();
      out.signed(never ? FOR_EVER : second - before).number(lot.points());
      before = second;
    }
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
    long version = in.number();
    boolean plain = version == PLAIN;
    if (!plain) {
      Versions.require(FULL, version);
    }
    Status status = plain ? (in.flag() ? Status.FROZEN : Status.ACTIVE) : Status.valueOf(in.text());
    long sequence = in.number();
    long earned = in.number();
    long spent = in.number();
    Lots points = lots(in);
    if (plain) {
      return new MemberState(status, sequence, earned, spent, points);
    }
    var account = new Account(points, in.number());
    var others = new HashMap<String, Account>();
    in.list(StateCodec::account).forEach(it -> others.put(it.getKey(), it.getValue()));
    return new MemberState(
        status,
        sequence,
        earned,
        spent,
        Accounts.of(account, others),
        List.copyOf(in.list(StateCodec::reserve)),
        in.textOrNull());
  }

  private static Map.Entry<String, Account> account(Unpacker in) {
    String name = in.text();
    long debt = in.number();
    return Map.entry(name, new Account(lots(in), debt));
  }

  private static Reservation reserve(Unpacker in) {
    long sequence = in.number();
    Place place = Place.valueOf(in.text());
    Instant endsAt = in.flag() ? in.instant() : null;
    String storeId = in.textOrNull();
    String orderId = in.textOrNull();
    var lots = new HashMap<String, Lots>();
    in.list(from -> Map.entry(from.text(), lots(from)))
        .forEach(it -> lots.put(it.getKey(), it.getValue()));
    return Reservation.of(sequence, place, endsAt, storeId, orderId, lots);
  }

  private static Lots lots(Unpacker in) {
    int count = in.length();
    List<Lot> lots = new ArrayList<>(count);
    long before = 0;
    for (int i = 0; i < count; i++) {
      long step = in.signed();
      before = before + step;
      Instant expiresAt = step == FOR_EVER ? Lot.NEVER : Instant.ofEpochSecond(before);
      lots.add(new Lot(expiresAt, in.number()));
    }
    return Lots.of(lots);
  }
}
