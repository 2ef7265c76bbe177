package points.ledger.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Something a caller wants done to one member. */
public sealed interface Command {

  MemberKey member();

  Request request();

  Origin origin();

  /** The kind of the entry that this command leaves when it is accepted. */
  Entry.Kind kind();

  /** Whether its numbers are such as the ledger takes; the fold throws on others. */
  boolean isWithinLimits();

  /**
   * Points for an order.
   *
   * @param occurredAt when the order was paid; its validity counts from here
   * @param amount minor units of the currency, 0 or more
   * @param lines none, or such as add up to {@code amount}
   */
  record Accrue(
      MemberKey member,
      Request request,
      Origin origin,
      Instant occurredAt,
      long amount,
      List<Line> lines)
      implements Command {

    /** Makes the command and its fingerprint. */
    public static Accrue of(
        MemberKey member,
        String key,
        Origin origin,
        Instant occurredAt,
        long amount,
        List<Line> lines) {
      Fingerprint print = begin("accrual", member, origin).and(occurredAt).and(amount);
      for (Line line : lines) {
        print.and(line.lineId()).and(line.productId()).and(line.category());
        print.and(line.quantity()).and(line.amount());
      }
      var request = new Request(key, print.toUuid());
      return new Accrue(member, request, origin, occurredAt, amount, lines);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.ACCRUAL;
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
      return amount >= 0 && amount <= Limits.AMOUNT_MAX && (lines.isEmpty() || sum == amount);
    }
  }

  /**
   * Points spent.
   *
   * @param points 1 or more
   */
  record Deduct(MemberKey member, Request request, Origin origin, long points) implements Command {

    /** Makes the command and its fingerprint. */
    public static Deduct of(MemberKey member, String key, Origin origin, long points) {
      UUID print = begin("deduction", member, origin).and(points).toUuid();
      return new Deduct(member, new Request(key, print), origin, points);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.DEDUCTION;
    }

    @Override
    public boolean isWithinLimits() {
      return points >= 1 && points <= Limits.POINTS_MAX;
    }
  }

  /**
   * Points given or taken by hand.
   *
   * @param points not 0; below 0 takes points away, no more than there are
   */
  record Adjust(MemberKey member, Request request, Origin origin, long points) implements Command {

    /** Makes the command and its fingerprint. */
    public static Adjust of(MemberKey member, String key, Origin origin, long points) {
      UUID print = begin("adjustment", member, origin).and(points).toUuid();
      return new Adjust(member, new Request(key, print), origin, points);
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

  /** Freezes a member, so that it neither earns nor spends, or unfreezes it. */
  record ChangeStatus(MemberKey member, Request request, Origin origin, Status wanted)
      implements Command {

    /** Makes the command and its fingerprint. */
    public static ChangeStatus of(MemberKey member, String key, Origin origin, Status wanted) {
      // Without the operator: a retry may come with another of the office's credentials.
      UUID print =
          Fingerprint.of("status")
              .and(member.programId())
              .and(member.memberId())
              .and(origin.reason())
              .and(wanted.name())
              .toUuid();
      return new ChangeStatus(member, new Request(key, print), origin, wanted);
    }

    @Override
    public Entry.Kind kind() {
      return wanted == Status.FROZEN ? Entry.Kind.FREEZE : Entry.Kind.UNFREEZE;
    }

    @Override
    public boolean isWithinLimits() {
      return true;
    }
  }

  private static Fingerprint begin(String kind, MemberKey member, Origin origin) {
    return Fingerprint.of(kind)
        .and(member.programId())
        .and(member.memberId())
        .and(origin.storeId())
        .and(origin.terminalId())
        .and(origin.orderId())
        .and(origin.operator())
        .and(origin.reason());
  }
}
