package points.ledger.command;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;

/** Points and stored value reserved for a purchase that is under way. */
public sealed interface HoldCommand extends Command {

  /**
   * Reserves.
   *
   * @param points of the first point currency, 0 or more
   * @param storedValue minor units, 0 or more; one of both is above 0
   * @param ttl after which it is released, 1 s to 7 days
   */
  record Place(
      MemberKey member, Request request, Origin origin, long points, long storedValue, Duration ttl)
      implements HoldCommand {

    /** Makes the command and its fingerprint. */
    public static Place of(
        MemberKey member, String key, Origin origin, long points, long storedValue, Duration ttl) {
      UUID print =
          Command.begin("hold", member, origin)
              .and(points)
              .and(storedValue)
              .and(ttl.toSeconds())
              .toUuid();
      return new Place(member, new Request(key, print), origin, points, storedValue, ttl);
    }

    /** An order may have several holds, each under its own key. */
    @Override
    public String part() {
      return request.key();
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.HOLD;
    }

    @Override
    public boolean isWithinLimits() {
      return points >= 0
          && points <= Limits.POINTS_MAX
          && storedValue >= 0
          && storedValue <= Limits.AMOUNT_MAX
          && points + storedValue > 0
          && ttl.compareTo(Duration.ofSeconds(1)) >= 0
          && ttl.compareTo(Limits.HOLD_MAX) <= 0;
    }
  }

  /**
   * Spends all or part of what is held; the rest is released.
   *
   * @param hold the sequence of its entry
   * @param points null for all that is held
   * @param storedValue minor units; null for all that is held
   */
  record Capture(
      MemberKey member,
      Request request,
      Origin origin,
      long hold,
      @Nullable Long points,
      @Nullable Long storedValue)
      implements HoldCommand {

    /**
     * Makes the command and its fingerprint.
     *
     * @param origin the order, if the hold did not name it, or the terminal
     */
    public static Capture of(
        MemberKey member,
        String key,
        Origin origin,
        long hold,
        @Nullable Long points,
        @Nullable Long storedValue) {
      UUID print =
          Command.begin("capture", member, origin)
              .and(hold)
              .and(points == null ? -1 : points)
              .and(storedValue == null ? -1 : storedValue)
              .toUuid();
      return new Capture(member, new Request(key, print), origin, hold, points, storedValue);
    }

    /**
     * Returns a part by which a second capture under another key is refused by name.
     *
     * <p>It makes no difference whether the captures name an order.
     */
    @Override
    public String part() {
      return request.key();
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.CAPTURE;
    }

    @Override
    public boolean isWithinLimits() {
      return isAmount(points) && isAmount(storedValue);
    }

    private static boolean isAmount(@Nullable Long number) {
      return number == null || (number >= 0 && number <= Limits.POINTS_MAX);
    }
  }

  /**
   * Ends a hold unspent.
   *
   * @param hold the sequence of its entry
   */
  record Release(MemberKey member, Request request, Origin origin, long hold)
      implements HoldCommand {

    /** Makes the command and its fingerprint. */
    public static Release of(MemberKey member, String key, Origin origin, long hold) {
      UUID print = Command.begin("release", member, origin).and(hold).toUuid();
      return new Release(member, new Request(key, print), origin, hold);
    }

    @Override
    public String part() {
      return request.key();
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.RELEASE;
    }

    @Override
    public boolean isWithinLimits() {
      return true;
    }
  }
}
