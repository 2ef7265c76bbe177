package points.ledger.command;

import java.time.Instant;
import java.time.Period;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.model.Entry;
import points.ledger.model.Fingerprint;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;

/** A level that a member gets by something else than what it buys in shops. */
public sealed interface TierCommand extends Command {

  /** The id of the level. */
  String level();

  @Override
  default boolean isWithinLimits() {
    return true;
  }

  /**
   * A level given by hand.
   *
   * @param until its end; null when it has none, or follows from the period
   * @param period for which it is given, as in ISO 8601; null when {@code until} says it
   */
  record Grant(
      MemberKey member,
      Request request,
      Origin origin,
      String level,
      @Nullable Instant until,
      @Nullable String period)
      implements TierCommand {

    /** Makes the command and its fingerprint. */
    public static Grant of(
        MemberKey member,
        String key,
        Origin origin,
        String level,
        @Nullable Instant until,
        @Nullable String period) {
      Fingerprint print = Command.begin("tierGrant", member, origin).and(level);
      if (until != null) {
        print.and("until").and(until);
      }
      if (period != null) {
        print.and("for").and(Period.parse(period).toString());
      }
      return new Grant(member, new Request(key, print.toUuid()), origin, level, until, period);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.TIER_GRANT;
    }
  }

  /** A level that was given or bought, taken away before its end. */
  record Withdraw(MemberKey member, Request request, Origin origin, String level)
      implements TierCommand {

    /** Makes the command and its fingerprint. */
    public static Withdraw of(MemberKey member, String key, Origin origin, String level) {
      UUID print = Command.begin("tierWithdrawal", member, origin).and(level).toUuid();
      return new Withdraw(member, new Request(key, print), origin, level);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.TIER_WITHDRAWAL;
    }
  }

  /**
   * A level bought with points, at the price of the rule book. Its entry is a deduction.
   *
   * @param price the points that the caller showed to the member; null to take any price
   */
  record Buy(MemberKey member, Request request, Origin origin, String level, @Nullable Long price)
      implements TierCommand {

    /** Makes the command and its fingerprint. */
    public static Buy of(
        MemberKey member, String key, Origin origin, String level, @Nullable Long price) {
      Fingerprint print = Command.begin("tierPurchase", member, origin).and(level);
      if (price != null) {
        print.and(price);
      }
      return new Buy(member, new Request(key, print.toUuid()), origin, level, price);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.DEDUCTION;
    }

    @Override
    public boolean isWithinLimits() {
      return price == null || (price >= 1 && price <= Limits.POINTS_MAX);
    }
  }
}
