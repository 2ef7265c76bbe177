package points.ledger.command;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;

/** Money that members have paid in, and what points are worth in others. */
public sealed interface StoredValueCommand extends Command {

  /**
   * A member pays in; it may get a bonus and points for it.
   *
   * @param origin with the order by which the till knows the top-up
   * @param amount minor units paid, 1 or more
   * @param bonus minor units given on top; null for what the program's rules give
   */
  record TopUp(
      MemberKey member,
      Request request,
      Origin origin,
      Instant occurredAt,
      long amount,
      @Nullable Long bonus)
      implements StoredValueCommand {

    /** Makes the command and its fingerprint. */
    public static TopUp of(
        MemberKey member,
        String key,
        Origin origin,
        Instant occurredAt,
        long amount,
        @Nullable Long bonus) {
      UUID print =
          Command.begin("topUp", member, origin)
              .and(occurredAt)
              .and(amount)
              .and(bonus == null ? -1 : bonus)
              .toUuid();
      return new TopUp(member, new Request(key, print), origin, occurredAt, amount, bonus);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.TOP_UP;
    }

    @Override
    public Instant paidAt() {
      return occurredAt;
    }

    @Override
    public boolean isWithinLimits() {
      return amount >= 1
          && amount <= Limits.AMOUNT_MAX
          && (bonus == null || (bonus >= 0 && bonus <= Limits.AMOUNT_MAX));
    }
  }

  /**
   * Stored value pays.
   *
   * @param amount minor units, 1 or more
   */
  record Pay(MemberKey member, Request request, Origin origin, long amount)
      implements StoredValueCommand {

    /** Makes the command and its fingerprint. */
    public static Pay of(MemberKey member, String key, Origin origin, long amount) {
      UUID print = Command.begin("payment", member, origin).and(amount).toUuid();
      return new Pay(member, new Request(key, print), origin, amount);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.PAYMENT;
    }

    @Override
    public boolean isWithinLimits() {
      return amount >= 1 && amount <= Limits.AMOUNT_MAX;
    }
  }

  /**
   * Points of one currency become points of another, at the program's rate.
   *
   * @param points of {@code from}, a multiple of what the rate asks for
   */
  record Exchange(
      MemberKey member, Request request, Origin origin, String from, String to, long points)
      implements StoredValueCommand {

    /** Makes the command and its fingerprint. */
    public static Exchange of(
        MemberKey member, String key, Origin origin, String from, String to, long points) {
      UUID print = Command.begin("exchange", member, origin).and(from).and(to).and(points).toUuid();
      return new Exchange(member, new Request(key, print), origin, from, to, points);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.EXCHANGE;
    }

    @Override
    public boolean isWithinLimits() {
      return Command.isMovable(points);
    }
  }
}
