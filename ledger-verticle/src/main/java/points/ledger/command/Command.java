package points.ledger.command;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.model.Entry;
import points.ledger.model.Fingerprint;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;

/** Something that is wanted done to one member. */
public sealed interface Command
    permits Command.Accrue,
        Command.Deduct,
        Command.Adjust,
        Command.Give,
        Command.ApplyTimeEffects,
        HoldCommand,
        OrderCommand,
        StoredValueCommand,
        PendingCommand,
        TransferCommand,
        MembershipCommand,
        TierCommand,
        MoveCommand {

  MemberKey member();

  Request request();

  Origin origin();

  /** The kind of the entry that this command leaves when it is accepted. */
  Entry.Kind kind();

  /**
   * Returns the part by which it differs from others of its kind for one order. Unique there; empty
   * where an order has but one.
   */
  default String part() {
    return "";
  }

  /**
   * Returns when the order was paid, as the till dates it: the rules in force then decide. Null
   * where those of now decide.
   */
  default @Nullable Instant paidAt() {
    return null;
  }

  /** Returns the entries without which no state decides it; null when a state alone may do. */
  default @Nullable HistoryQuery neededHistory() {
    return null;
  }

  /** Returns whether the ledger takes its numbers; the decider throws on others. */
  boolean isWithinLimits();

  /**
   * Points for an order, which may be paid with points and stored value in the same step.
   *
   * @param occurredAt when the order was paid; its validity counts from here
   * @param amount minor units of the currency for which points are earned, 0 or more
   * @param lines none, or such as add up to {@code amount}
   * @param terms the parts of the order besides its amount
   * @param store null for one without set-up; like the goods' classes not in the fingerprint
   * @param reached the ids of limits against abuse that its till, the person there or its store has
   *     reached; not in the fingerprint
   */
  record Accrue(
      MemberKey member,
      Request request,
      Origin origin,
      Instant occurredAt,
      long amount,
      List<Line> lines,
      SaleTerms terms,
      @Nullable StoreFacts store,
      List<String> reached)
      implements Command {

    /** Makes the command and its fingerprint. */
    public static Accrue of(
        MemberKey member,
        String key,
        Origin origin,
        Instant occurredAt,
        long amount,
        List<Line> lines) {
      return of(member, key, origin, occurredAt, amount, lines, SaleTerms.NONE);
    }

    /** Makes the command and its fingerprint. */
    public static Accrue of(
        MemberKey member,
        String key,
        Origin origin,
        Instant occurredAt,
        long amount,
        List<Line> lines,
        SaleTerms terms) {
      Fingerprint print = begin("accrual", member, origin).and(occurredAt).and(amount);
      lines.forEach(line -> line.addTo(print));
      terms.addTo(print);
      var request = new Request(key, print.toUuid());
      return new Accrue(member, request, origin, occurredAt, amount, lines, terms, null, List.of());
    }

    /** Returns the same request with the set-up of its goods and its store. */
    public Accrue with(List<Line> lines, @Nullable StoreFacts store) {
      return new Accrue(member, request, origin, occurredAt, amount, lines, terms, store, reached);
    }

    /** Returns the same request where these limits are reached. */
    public Accrue reaching(List<String> limits) {
      return new Accrue(member, request, origin, occurredAt, amount, lines, terms, store, limits);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.ACCRUAL;
    }

    @Override
    public Instant paidAt() {
      return occurredAt;
    }

    @Override
    public boolean isWithinLimits() {
      long sum = 0;
      for (Line line : lines) {
        if (line.amount() < 0 || line.amount() > amount - sum || line.quantity() < 0) {
          return false;
        }
        sum += line.amount();
      }
      return amount >= 0
          && amount <= Limits.AMOUNT_MAX
          && (lines.isEmpty() || sum == amount)
          && terms.isWithinLimits();
    }
  }

  /**
   * Points spent.
   *
   * @param account a point currency of the program
   * @param points 1 or more
   */
  record Deduct(MemberKey member, Request request, Origin origin, String account, long points)
      implements Command {

    /** Makes the command and its fingerprint. */
    public static Deduct of(MemberKey member, String key, Origin origin, long points) {
      return of(member, key, origin, Accounts.POINTS, points);
    }

    /** Makes the command and its fingerprint. */
    public static Deduct of(
        MemberKey member, String key, Origin origin, String account, long points) {
      UUID print = begin("deduction", member, origin).and(points).andUnlessFirst(account).toUuid();
      return new Deduct(member, new Request(key, print), origin, account, points);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.DEDUCTION;
    }

    @Override
    public boolean isWithinLimits() {
      return isMovable(points);
    }
  }

  /**
   * Points given or taken by hand.
   *
   * @param account any account
   * @param points not 0; below 0 takes points away, no more than there are
   */
  record Adjust(MemberKey member, Request request, Origin origin, String account, long points)
      implements Command {

    /** Makes the command and its fingerprint. */
    public static Adjust of(MemberKey member, String key, Origin origin, long points) {
      return of(member, key, origin, Accounts.POINTS, points);
    }

    /** Makes the command and its fingerprint. */
    public static Adjust of(
        MemberKey member, String key, Origin origin, String account, long points) {
      UUID print = begin("adjustment", member, origin).and(points).andUnlessFirst(account).toUuid();
      return new Adjust(member, new Request(key, print), origin, account, points);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.ADJUSTMENT;
    }

    @Override
    public boolean isWithinLimits() {
      return points != 0 && points >= -Limits.POINTS_MAX && points <= Limits.POINTS_MAX;
    }
  }

  /**
   * Points given by head office or customer service, which may have an end of their own.
   *
   * @param points of the first point currency, 1 or more
   * @param expiresAt until when they are good; null for as long as the program's rule says
   */
  record Give(
      MemberKey member, Request request, Origin origin, long points, @Nullable Instant expiresAt)
      implements Command {

    /** Makes the command and its fingerprint. */
    public static Give of(
        MemberKey member, String key, Origin origin, long points, @Nullable Instant expiresAt) {
      Fingerprint print = begin("gift", member, origin).and(points);
      if (expiresAt != null) {
        print.and(expiresAt);
      }
      return new Give(member, new Request(key, print.toUuid()), origin, points, expiresAt);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.GIFT;
    }

    @Override
    public boolean isWithinLimits() {
      return isMovable(points);
    }
  }

  /**
   * Writes entries for the effects of time on the member. No caller is notified; done twice, it
   * changes nothing the second time.
   */
  record ApplyTimeEffects(MemberKey member, Request request) implements Command {

    /** A caller's key has no blank in it, so this is nobody's. */
    public static ApplyTimeEffects of(MemberKey member) {
      UUID print = Fingerprint.of("settle").and(member.memberId()).toUuid();
      return new ApplyTimeEffects(member, new Request("settle " + member.memberId(), print));
    }

    @Override
    public Origin origin() {
      return Origin.NONE;
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.EXPIRY;
    }

    @Override
    public boolean isWithinLimits() {
      return true;
    }
  }

  static boolean isMovable(long points) {
    return points >= 1 && points <= Limits.POINTS_MAX;
  }

  static Fingerprint begin(String kind, MemberKey member, Origin origin) {
    return CommandFingerprint.of(kind, member, origin);
  }
}
