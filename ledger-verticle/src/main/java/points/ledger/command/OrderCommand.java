package points.ledger.command;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.Fingerprint;
import points.ledger.model.MemberKey;
import points.ledger.model.OrderPart;
import points.ledger.model.Origin;
import points.ledger.model.RefundShare;
import points.ledger.model.Request;

/** Commands that undo an order or an entry, whole or in part. */
public sealed interface OrderCommand extends Command {

  /**
   * A line of an order that comes back.
   *
   * @param amount minor units; null for all that is left of the line
   */
  record RefundedLine(String lineId, @Nullable Long amount) {}

  /**
   * Takes back points that an order earned and gives back points that it spent.
   *
   * <p>It does so by lines, by an amount, or for the whole order when there is neither.
   *
   * @param origin with the order
   * @param refundId unique in the order
   * @param amount minor units; null when not by an amount
   * @param points null unless of a sale without an amount, of which so many points come back
   * @param orderPart which sale of the order; null for the goods, or the top-up when there are none
   * @param refundStoreId the store that takes back, where that is not the one that sold; else null
   * @param share the other member's share of a refund, when it carries one out; else null
   * @param onlyOf the member on whom the order's refunds are to be decided, as its sale names that
   *     member; null when that is not known before
   */
  record Refund(
      MemberKey member,
      Request request,
      Origin origin,
      String refundId,
      List<RefundedLine> lines,
      @Nullable Long amount,
      @Nullable Long points,
      @Nullable OrderPart orderPart,
      @Nullable String refundStoreId,
      @Nullable RefundShare share,
      @Nullable String onlyOf)
      implements OrderCommand {

    /** Makes the command and its fingerprint. */
    public static Refund of(
        MemberKey member,
        String key,
        Origin origin,
        String refundId,
        List<RefundedLine> lines,
        @Nullable Long amount) {
      return new Refund(
          member,
          new Request(key, fingerprint(member.programId(), origin, refundId, lines, amount)),
          origin,
          refundId,
          lines,
          amount,
          null,
          null,
          null,
          null,
          null);
    }

    /**
     * Makes the command that carries out another member's share of a refund.
     *
     * @param member the member, or the one into which it was merged
     */
    public static Refund of(Entry refund, RefundShare share, MemberKey member) {
      var detail = (Detail.Refunded) Objects.requireNonNull(refund.detail());
      Origin origin = refund.origin();
      String key =
          "refund of %s %s %s for %s"
              .formatted(origin.storeId(), origin.orderId(), detail.refundId(), share.memberId());
      var request = new Request(key, Fingerprint.of("share of a refund").and(key).toUuid());
      OrderPart part = detail.basis() == null ? null : detail.basis().orderPart();
      return new Refund(
          member,
          request,
          origin,
          detail.refundId(),
          List.of(),
          null,
          null,
          part,
          detail.storeId(),
          share,
          null);
    }

    /**
     * Returns the same refund of some points or of one part of the order; null for no restriction.
     * Both are in the fingerprint.
     */
    public Refund restrictedTo(@Nullable Long some, @Nullable OrderPart named) {
      if (some == null && named == null) {
        return this;
      }
      UUID print = fingerprint(request.fingerprint(), some, named);
      return new Refund(
          member,
          new Request(request.key(), print),
          origin,
          refundId,
          lines,
          amount,
          some,
          named,
          refundStoreId,
          share,
          onlyOf);
    }

    /** Returns the same refund under another request, taken back by this store. */
    public Refund requestedBy(Request other, @Nullable String storeId) {
      return new Refund(
          member, other, origin, refundId, lines, amount, points, orderPart, storeId, share,
          onlyOf);
    }

    /** The same, refused as of no order when its refunds are decided on another member by now. */
    public Refund onlyOf(MemberKey owner) {
      return new Refund(
          member,
          request,
          origin,
          refundId,
          lines,
          amount,
          points,
          orderPart,
          refundStoreId,
          share,
          owner.memberId());
    }

    private static UUID fingerprint(
        UUID print, @Nullable Long points, @Nullable OrderPart orderPart) {
      return Fingerprint.of("refund of points or a part")
          .and(print.toString())
          .and(points == null ? -1 : points)
          .and(orderPart == null ? null : orderPart.name())
          .toUuid();
    }

    /** Without the member: who that is, the caller does not say. */
    public static UUID fingerprint(
        String programId,
        Origin origin,
        String refundId,
        List<RefundedLine> lines,
        @Nullable Long amount) {
      Fingerprint print =
          Fingerprint.of("refund")
              .and(programId)
              .and(origin.storeId())
              .and(origin.terminalId())
              .and(origin.orderId())
              .and(refundId)
              .and(amount == null ? -1 : amount);
      lines.forEach(
          line -> print.and(line.lineId()).and(line.amount() == null ? -1 : line.amount()));
      return CommandFingerprint.seller(print, origin).toUuid();
    }

    /** Returns whether the store that takes back is not the one that sold. */
    public boolean isElsewhere() {
      return refundStoreId != null && !refundStoreId.equals(origin.storeId());
    }

    @Override
    public HistoryQuery.OfOrder neededHistory() {
      return order();
    }

    public HistoryQuery.OfOrder order() {
      return new HistoryQuery.OfOrder(
          member.programId(),
          Objects.requireNonNull(origin.storeId()),
          Objects.requireNonNull(origin.orderId()),
          member.memberId());
    }

    @Override
    public String part() {
      return OrderPart.ofRefund(refundId, share == null ? null : share.memberId());
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.REFUND;
    }

    @Override
    public boolean isWithinLimits() {
      return (amount == null || (lines.isEmpty() && isAmount(amount)))
          && (points == null || (lines.isEmpty() && amount == null && Command.isMovable(points)))
          && lines.stream().allMatch(line -> line.amount() == null || isAmount(line.amount()));
    }

    private static boolean isAmount(long amount) {
      return amount >= 0 && amount <= Limits.AMOUNT_MAX;
    }
  }

  /**
   * Undoes one entry by a new one.
   *
   * @param reversed the entry's sequence
   * @param merged the entry's member, when that was merged into this one; else null
   */
  record Reverse(
      MemberKey member, Request request, Origin origin, long reversed, @Nullable String merged)
      implements OrderCommand {

    /** Makes the command and its fingerprint. */
    public static Reverse of(MemberKey member, String key, Origin origin, long reversed) {
      UUID print = Command.begin("reversal", member, origin).and(reversed).toUuid();
      return new Reverse(member, new Request(key, print), origin, reversed, null);
    }

    /** The same request, decided on a member into which that of the entry was merged. */
    public Reverse decidedOn(MemberKey other) {
      MemberKey of = memberOfEntry();
      return new Reverse(other, request, origin, reversed, of.equals(other) ? null : of.memberId());
    }

    public MemberKey memberOfEntry() {
      return merged == null ? member : new MemberKey(member.programId(), merged);
    }

    /** The transaction id of an entry of a merged member; null when it is the member's own. */
    public @Nullable String ofMerged() {
      return merged == null ? null : merged + "-" + reversed;
    }

    @Override
    public String part() {
      return Objects.requireNonNullElse(ofMerged(), "");
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.REVERSAL;
    }

    @Override
    public boolean isWithinLimits() {
      return reversed >= 1;
    }
  }
}
