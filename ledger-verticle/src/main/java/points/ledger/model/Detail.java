package points.ledger.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;

/** The further fields of entries of some kinds. */
public sealed interface Detail {

  /** The way in which a refund names the parts that come back. */
  enum RefundedBy {
    /** By its lines, or all that is left of all of them. */
    LINES,
    /** By money that belongs to no line. */
    AMOUNT,
    /** By points, where there is no money in the sale. */
    POINTS
  }

  /** Returns the change of earned and spent, for kinds of entries that do not determine it. */
  default LifetimeTotals lifetime() {
    return new LifetimeTotals(0, 0);
  }

  /**
   * Returns the end of what the entry sets aside; null when it has none, or the entry sets nothing
   * aside.
   */
  default @Nullable Instant endsAt() {
    return null;
  }

  /** Returns the lots that had expired unspent of the entry that this one undoes. */
  default List<LapsedLot> lapsedLots() {
    return List.of();
  }

  /**
   * Of a hold, or of what was earned and is pending.
   *
   * @param endsAt see {@link Reservation#endsAt}
   */
  record SetAside(@Nullable Instant endsAt) implements Detail {}

  /**
   * The detail of an offline order that was paid with more than there was.
   *
   * @param endsAt the end of what it set aside, as in {@link SetAside}
   * @param points the missing points
   * @param storedValue the missing stored value, in minor units
   * @param debt the part of the missing points that the member owes
   * @param claim the amount that the store claims for the other missing points and for the missing
   *     stored value, in minor units
   */
  record Uncovered(@Nullable Instant endsAt, long points, long storedValue, long debt, long claim)
      implements Detail {}

  /**
   * The detail of a capture, which spends held points and releases the rest.
   *
   * <p>Example: 100 points were held, 70 are captured. Of the other 30, 20 are available again
   * ({@code released}), and 10 had expired while they were held ({@code expired}).
   *
   * @param points points of the first currency that it spent
   * @param storedValue stored value that it spent, in minor units
   * @param released points that it made available again
   * @param expired points that it released after their expiry
   */
  record Captured(long points, long storedValue, long released, long expired) implements Detail {
    @Override
    public LifetimeTotals lifetime() {
      return new LifetimeTotals(0, points);
    }
  }

  /**
   * The detail of a refund.
   *
   * <p>Example: an order earned 100 points, of which the member has spent 30. Its whole refund
   * takes back 100 ({@code takenBack}): 70 from the balance, and 30 as a debt or as a charge, as
   * the program says.
   *
   * @param refundId the caller's number of the refund, unique in the order
   * @param takenBack earned points that it takes back, by account, with shortfall and debt
   * @param givenBack spent points that it gives back, by account, with expired ones
   * @param expired points that it gives back after their expiry
   * @param debt points that the member owes, since they were spent already
   * @param shortfall points that the store charges, since they were spent already
   * @param charge the value of the shortfall, in minor units
   * @param whole whether nothing of the sale is left
   * @param basis the facts from which these numbers follow; null in entries of versions that did
   *     not keep them
   * @param storeId the store that took the goods back; null if it is the one that sold
   */
  record Refunded(
      String refundId,
      SortedMap<String, Long> takenBack,
      SortedMap<String, Long> givenBack,
      long expired,
      long debt,
      long shortfall,
      long charge,
      boolean whole,
      @Nullable Basis basis,
      @Nullable String storeId)
      implements Detail {

    /**
     * The parts that came back, and their effects account by account.
     *
     * @param orderPart which sale of the order
     * @param by how the caller named the parts
     * @param unnamed the amount that belongs to no line: minor units, or points
     * @param expired of what was given back, the points that had expired meanwhile
     * @param lapsed of what was taken back, the points that had expired unspent
     * @param owed of what was taken back, the points that the member owes
     * @param others the shares of others that took part in the order
     * @param shareOf when this is such a share: its member, as the sale names it; else null
     * @param lapsedLots the lots of the points that had expired unspent; none in entries of
     *     versions that did not keep them
     */
    public record Basis(
        OrderPart orderPart,
        RefundedBy by,
        long unnamed,
        SortedMap<String, Long> expired,
        SortedMap<String, Long> lapsed,
        SortedMap<String, Long> owed,
        List<RefundShare> others,
        @Nullable String shareOf,
        List<LapsedLot> lapsedLots) {

      /** Without the lots of what had expired unspent. */
      public Basis(
          OrderPart orderPart,
          RefundedBy by,
          long unnamed,
          SortedMap<String, Long> expired,
          SortedMap<String, Long> lapsed,
          SortedMap<String, Long> owed,
          List<RefundShare> others,
          @Nullable String shareOf) {
        this(orderPart, by, unnamed, expired, lapsed, owed, others, shareOf, List.of());
      }
    }

    /**
     * Returns the shares of others that took part in the order; they follow once this is committed.
     */
    public List<RefundShare> others() {
      return basis == null ? List.of() : basis.others();
    }

    /**
     * Returns the member to which this share of another entry belongs; null for a refund by itself.
     */
    public @Nullable String shareOf() {
      return basis == null ? null : basis.shareOf();
    }

    @Override
    public List<LapsedLot> lapsedLots() {
      return basis == null ? List.of() : basis.lapsedLots();
    }

    @Override
    public LifetimeTotals lifetime() {
      return new LifetimeTotals(
          -takenBack.getOrDefault(Accounts.POINTS, 0L),
          -givenBack.getOrDefault(Accounts.POINTS, 0L));
    }
  }

  /**
   * The detail of a reversal.
   *
   * @param expired points given back that had expired meanwhile
   * @param debt points owed because they were spent already
   * @param lapsed the points that came in and had expired unspent, by account
   * @param ofMerged the transaction id of the undone entry of a member that was merged into this
   *     one; null when the undone entry is this member's own
   * @param lapsedLots the same as {@code lapsed}, lot by lot
   */
  record Reversed(
      long earned,
      long spent,
      long expired,
      long debt,
      SortedMap<String, Long> lapsed,
      @Nullable String ofMerged,
      List<LapsedLot> lapsedLots)
      implements Detail {

    /** Of an entry of the member's own, of which nothing had expired unspent. */
    public Reversed(long earned, long spent, long expired, long debt) {
      this(earned, spent, expired, debt, Collections.emptySortedMap(), null, List.of());
    }

    @Override
    public LifetimeTotals lifetime() {
      return new LifetimeTotals(earned, spent);
    }
  }

  /**
   * The detail of a sale that was moved from one member to another.
   *
   * <p>Example: entry A-5 is a sale of A. Its move to B writes A-6, whose {@code of} is A-5, and
   * B-2, whose {@code of} is A-6.
   *
   * @param memberId the other member
   * @param of the transaction id of the entry before this one in the move
   * @param endsAt the instant at which the earned points become effective; null if they are
   *     effective, or wait for an event
   * @param lapsedLots the lots that were given back when the sale left, and have expired unspent
   *     since; none unless the sale comes back
   */
  record MovedSale(
      String memberId,
      String of,
      long earned,
      long spent,
      @Nullable Instant endsAt,
      List<LapsedLot> lapsedLots)
      implements Detail {

    /** Nothing has expired unspent. */
    public MovedSale(
        String memberId, String of, long earned, long spent, @Nullable Instant endsAt) {
      this(memberId, of, earned, spent, endsAt, List.of());
    }

    public MovedSale with(List<LapsedLot> lapsed) {
      return new MovedSale(memberId, of, earned, spent, endsAt, lapsed);
    }

    @Override
    public LifetimeTotals lifetime() {
      return new LifetimeTotals(earned, spent);
    }
  }

  /**
   * Of a top-up.
   *
   * @param bonus minor units given on top
   */
  record ToppedUp(long bonus) implements Detail {}

  /**
   * Of a transfer or a merge: the other side.
   *
   * @param memberId the other member
   * @param sequence of the other member's entry; null where that comes later
   * @param endsAt when it becomes effective; null unless pending, and when it waits for an event
   * @param pending whether what came is pending
   * @param storeId where the order was sold that earned what is pending; null when nobody knows
   * @param orderId that order
   */
  record Counterpart(
      String memberId,
      @Nullable Long sequence,
      long earned,
      long spent,
      boolean pending,
      @Nullable Instant endsAt,
      @Nullable String storeId,
      @Nullable String orderId)
      implements Detail {

    /** The order that earned what is pending; else what is known of it. */
    public Origin pendingFor(Origin known) {
      return orderId == null ? known : Origin.sale(String.valueOf(storeId), null, orderId);
    }

    /** Of what no order earned. */
    public Counterpart(
        String memberId,
        @Nullable Long sequence,
        long earned,
        long spent,
        boolean pending,
        @Nullable Instant endsAt) {
      this(memberId, sequence, earned, spent, pending, endsAt, null, null);
    }

    @Override
    public LifetimeTotals lifetime() {
      return new LifetimeTotals(earned, spent);
    }
  }
}
