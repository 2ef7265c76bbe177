package points.ledger.model;

import static points.ledger.model.EntryTrait.COUNTS_AGAINST_EARNED;
import static points.ledger.model.EntryTrait.COUNTS_AS_EARNED;
import static points.ledger.model.EntryTrait.COUNTS_AS_SPENT;
import static points.ledger.model.EntryTrait.COUNTS_BY_DETAIL;
import static points.ledger.model.EntryTrait.EFFECT;
import static points.ledger.model.EntryTrait.ENROLS;
import static points.ledger.model.EntryTrait.ENROLS_BUYERS;
import static points.ledger.model.EntryTrait.MOVABLE;
import static points.ledger.model.EntryTrait.REVERSIBLE;
import static points.ledger.model.EntryTrait.SALE;
import static points.ledger.model.EntryTrait.STOPPED_BY_FREEZE;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.account.Movement;
import points.ledger.account.Movement.Place;
import points.ledger.award.Awarded;
import points.ledger.award.FactsChange;

/**
 * One immutable line of the ledger: the effect of one accepted command on one member.
 *
 * @param sequence goes up by one per member, without gaps, from 1
 * @param points signed: the change of the member's points of the first currency, be they available,
 *     held, pending or no longer owed; the worth of its movements there
 * @param balance available points of the first point currency after this entry
 * @param movements all that it changed
 * @param balances the available points after it in the other accounts that it touched
 * @param request null for entries that no caller asked for, such as an expiry
 * @param amount minor units; null where there is no money in it
 * @param lines the order's lines with their share of the points
 * @param refersTo the sequence of the member's entry that this one ends or undoes; null mostly
 * @param detail fields that only entries of this kind have
 * @param awarded the awards of the rule book by which an order earned; null without a published one
 * @param changedFacts see {@link #factsChange}; null for none
 * @param occurredAt when it happened in the shop, as the caller says
 * @param recordedAt when the ledger decided on it, to the microsecond
 */
public record Entry(
    MemberKey member,
    long sequence,
    Kind kind,
    long points,
    long balance,
    List<Movement> movements,
    SortedMap<String, Long> balances,
    @Nullable Request request,
    Origin origin,
    @Nullable Long amount,
    List<EarnedLine> lines,
    @Nullable Long refersTo,
    @Nullable Detail detail,
    @Nullable Awarded awarded,
    @Nullable FactsChange changedFacts,
    Instant occurredAt,
    Instant recordedAt) {

  /** The kind of command, or effect of time, that an entry records, with the traits of the kind. */
  public enum Kind {
    ACCRUAL(
        "points.earned",
        ENROLS_BUYERS,
        STOPPED_BY_FREEZE,
        SALE,
        REVERSIBLE,
        MOVABLE,
        COUNTS_AS_EARNED),
    DEDUCTION("points.spent", STOPPED_BY_FREEZE, SALE, REVERSIBLE, COUNTS_AS_SPENT),
    ADJUSTMENT("points.adjusted", REVERSIBLE),
    GIFT("points.gifted", REVERSIBLE),
    EXPIRY("points.expired"),
    FREEZE("member.frozen"),
    UNFREEZE("member.unfrozen"),
    /** Points or stored value are reserved. */
    HOLD("hold.placed", STOPPED_BY_FREEZE),
    /** All or part of a hold is spent, the rest released. */
    CAPTURE("hold.captured", STOPPED_BY_FREEZE, SALE, REVERSIBLE, COUNTS_BY_DETAIL),
    /** A hold ends unspent. */
    RELEASE("hold.released"),
    REFUND("refund.done", REVERSIBLE, EFFECT, COUNTS_BY_DETAIL),
    REVERSAL("reversal.done", COUNTS_BY_DETAIL),
    TOP_UP(
        "storedvalue.loaded", ENROLS_BUYERS, STOPPED_BY_FREEZE, SALE, REVERSIBLE, COUNTS_AS_EARNED),
    PAYMENT("storedvalue.spent", STOPPED_BY_FREEZE, SALE, REVERSIBLE),
    EXCHANGE("points.exchanged", STOPPED_BY_FREEZE, REVERSIBLE),
    /** Pending points become available. */
    ACTIVATION("points.activated"),
    /** Pending points are taken back. */
    CANCELLATION("points.cancelled", COUNTS_AGAINST_EARNED),
    TRANSFER_OUT("transfer.sent", STOPPED_BY_FREEZE, EFFECT),
    TRANSFER_IN("transfer.received", STOPPED_BY_FREEZE),
    /** A transfer comes back, because the other member could not have it. */
    TRANSFER_RETURN("transfer.returned"),
    MERGE_OUT("member.merged", EFFECT),
    MERGE_IN("member.absorbed", COUNTS_BY_DETAIL),
    CLOSING("member.closed", EFFECT),
    /** The balance that a member brought along from another system. */
    OPENING("balance.opened", ENROLS, REVERSIBLE),
    /** The member's level is looked at: it stays, or changes. */
    TIER_REVIEW("tier.reviewed"),
    /** A level is given by hand. */
    TIER_GRANT("tier.granted"),
    /** A level that was given or bought is taken away. */
    TIER_WITHDRAWAL("tier.withdrawn"),
    /** A sale goes to the member who bought. */
    MOVE_OUT("sale.moved", EFFECT, COUNTS_BY_DETAIL),
    MOVE_IN("sale.received", STOPPED_BY_FREEZE, SALE, MOVABLE, COUNTS_BY_DETAIL),
    /** A sale comes back, because the other member could not have it. */
    MOVE_RETURN("sale.returned", SALE, MOVABLE, COUNTS_BY_DETAIL);

    @SuppressWarnings("ImmutableEnumChecker") // never changed once it is made
    private final Set<EntryTrait> traits;

    private final String event;

    Kind(String event, EntryTrait... traits) {
      this.event = event;
      this.traits = Set.of(traits);
    }

    /** Returns the type of the event by which the feed announces such an entry. */
    public String event() {
      return event;
    }

    public boolean is(EntryTrait trait) {
      return traits.contains(trait);
    }
  }

  /** The entry's name to callers: it says where the entry is, so it needs no index of its own. */
  public String transactionId() {
    return member.memberId() + "-" + sequence;
  }

  /** Returns whether it has an effect beyond its member, carried out once it is committed. */
  public boolean hasEffect() {
    return detail instanceof Detail.Refunded refunded
        ? !refunded.others().isEmpty()
        : kind.is(EFFECT);
  }

  /** Returns its effect on the facts that rule books look at. */
  public FactsChange factsChange() {
    return changedFacts == null ? FactsChange.NONE : changedFacts;
  }

  /** Returns the part that distinguishes this entry from others of its kind for the same order. */
  public String part() {
    return switch (kind) {
      case REFUND ->
          detail instanceof Detail.Refunded refunded
              ? OrderPart.ofRefund(refunded.refundId(), refunded.shareOf())
              : "";
      case HOLD, CAPTURE, RELEASE -> request == null ? "" : request.key();
      case MOVE_OUT, MOVE_IN, MOVE_RETURN ->
          detail instanceof Detail.MovedSale moved ? moved.of() : "";
      case REVERSAL -> refersTo != null ? "" : Objects.requireNonNullElse(refersToId(), "");
      default -> "";
    };
  }

  /** The transaction id of the entry that it ends or undoes; null when there is none. */
  public @Nullable String refersToId() {
    return refersTo != null
        ? member.memberId() + "-" + refersTo
        : detail instanceof Detail.Reversed reversed ? reversed.ofMerged() : null;
  }

  /** Returns the member for whom it is done to another account, as a pool's; null when none. */
  public @Nullable String onBehalfOf() {
    String member = origin.onBehalfOf();
    // A deduction from before there was the component has the member as its operator for ever.
    return member == null && kind == Kind.DEDUCTION ? origin.operator() : member;
  }

  /** The available lots of the first point currency that it touched. */
  public List<Lot> lots() {
    return movements.stream().filter(Movement::isPlain).map(Movement::lot).toList();
  }

  /** Points of the first point currency that an order paid with in the entry that earns others. */
  public long paid() {
    return spent(Accounts.POINTS);
  }

  /** Points of the first point currency that it leaves the member owing. */
  public long owed() {
    return sum(it -> it.isIn(Accounts.POINTS, Place.DEBT) && it.points() > 0);
  }

  /** Points that the member owed before and pays by it. */
  public long repaid(String account) {
    return account.equals(Accounts.POINTS)
        ? -sum(it -> it.isIn(account, Place.DEBT) && it.points() < 0)
        : Math.max(0, -moved(account, Place.DEBT));
  }

  private long sum(Predicate<Movement> which) {
    return movements.stream().filter(which).mapToLong(Movement::points).sum();
  }

  /** Returns the amount that it took from the available points of an account. */
  public long spent(String account) {
    return -sum(it -> it.isIn(account, Place.AVAILABLE) && it.points() < 0);
  }

  /** Returns the change of an account by it, in all places together. */
  public long worth(String account) {
    return movements.stream()
        .filter(it -> it.account().equals(account))
        .mapToLong(Movement::worth)
        .sum();
  }

  /** Returns the change of one place of an account by it. */
  public long moved(String account, Place place) {
    return sum(it -> it.isIn(account, place));
  }

  /** Returns the points of a lot that expired by it. */
  public long expired(String account, Instant lot) {
    return kind != Kind.EXPIRY
        ? 0
        : -sum(it -> it.account().equals(account) && it.expiresAt().equals(lot));
  }

  /** Returns whether the points that it earned are pending. */
  public boolean isPending() {
    Reservation opened = opens();
    return opened != null && opened.place() == Place.PENDING;
  }

  /** Returns whether its points were to be pending, but came in when effective already. */
  public boolean isEffectiveAtOnce() {
    Instant effectiveAt = kind == Kind.ACCRUAL ? endsAt() : null;
    return effectiveAt != null && !effectiveAt.isAfter(recordedAt) && !isPending();
  }

  /** Returns the points that expired before they came in: the next entry removes them. */
  public long expiredOnArrival(String account) {
    return sum(it -> it.isIn(account, Place.AVAILABLE) && it.comesExpired(recordedAt));
  }

  /** Returns what it sets aside; null when nothing. */
  @Nullable Reservation opens() {
    return switch (kind) {
      case HOLD -> Reservation.empty(sequence, Place.HELD, endsAt(), origin);
      case ACCRUAL, MERGE_IN, MOVE_IN, MOVE_RETURN ->
          movements.stream().anyMatch(it -> it.place() == Place.PENDING)
              ? Reservation.empty(sequence, Place.PENDING, endsAt(), pendingFor())
              : null;
      default -> null;
    };
  }

  /** The order that earned what it sets aside, or earned it elsewhere before. */
  public Origin pendingFor() {
    return detail instanceof Detail.Counterpart other ? other.pendingFor(origin) : origin;
  }

  /** Returns the end of what it sets aside; null when it has none, or nothing is set aside. */
  public @Nullable Instant endsAt() {
    return detail == null ? null : detail.endsAt();
  }

  /** The other member of a transfer or a merge; null when there is none. */
  public @Nullable String counterpart() {
    return detail instanceof Detail.Counterpart other ? other.memberId() : null;
  }
}
