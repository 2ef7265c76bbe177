package points.ledger.random;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.account.Movement.Place;
import points.ledger.model.Actor;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.Origin.Channel;
import points.ledger.model.Reservation;

/** Numbers, times, names and keys for random commands: near what there is, and at the limits. */
public final class RandomValues {

  public final Random random;
  public final String keyPrefix;
  private int made;

  public RandomValues(Random random, String keyPrefix) {
    this.random = random;
    this.keyPrefix = keyPrefix;
  }

  /** A number that was not given before. */
  public int next() {
    return ++made;
  }

  public static boolean holds(MemberState known) {
    return known.reserves().stream().anyMatch(it -> it.place() == Place.HELD);
  }

  public String anyAccount() {
    String[] accounts = {Accounts.POINTS, Accounts.POINTS, Accounts.GROWTH, Accounts.STORED_VALUE};
    return random.nextInt(8) == 0
        ? RandomCommands.STARS
        : accounts[random.nextInt(accounts.length)];
  }

  public long anyEntry(MemberState known) {
    return 1 + (long) (random.nextDouble() * (known.sequence() + 1));
  }

  /** Mostly what is set aside there, at times any entry. */
  public long setAside(MemberState known, Place place) {
    List<Reservation> reserves =
        known.reserves().stream().filter(it -> it.place() == place).toList();
    return reserves.isEmpty() || random.nextInt(6) == 0
        ? anyEntry(known)
        : reserves.get(random.nextInt(reserves.size())).sequence();
  }

  public Map<String, String> metadata() {
    return random.nextInt(8) > 0 ? Map.of() : Map.of("receipt", "№ " + made, "收银", "\"'");
  }

  /** The same, at times with a seller and a caller. */
  public Origin sent(Origin origin) {
    Channel[] channels = Channel.values();
    return origin
        .soldBy(
            random.nextInt(4) > 0 ? null : channels[random.nextInt(channels.length)],
            mayBe("cashier"))
        .sentBy(
            switch (random.nextInt(4)) {
              case 0 -> null;
              case 1 -> new Actor(Actor.Kind.STAFF, "amy", null, null);
              default -> new Actor(Actor.Kind.KEY, "key_" + made, "192.0.2.7", "request " + made);
            });
  }

  public Origin till(@Nullable String order) {
    return Origin.till("store" + random.nextInt(2), mayBe("till"), order, "at the till");
  }

  public long amount() {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> Limits.AMOUNT_MAX - random.nextInt(2);
      default -> random.nextInt(30_000);
    };
  }

  /** Near what there is, as often as not. */
  public long positive(long available) {
    return switch (random.nextInt(8)) {
      case 0 -> Math.max(1, Math.min(available, Limits.POINTS_MAX));
      case 1 -> Math.max(1, Math.min(available + 1, Limits.POINTS_MAX));
      case 2 -> Limits.POINTS_MAX;
      default -> 1 + (long) (random.nextDouble() * Math.min(1_000, available));
    };
  }

  /** Mostly just now; at times days or years late, or by a clock that runs ahead. */
  public Instant paidAt(Instant now) {
    return switch (random.nextInt(6)) {
      case 0 -> now.minus(Duration.ofDays(random.nextInt(1_200)));
      case 1 -> now.minus(Duration.ofHours(random.nextInt(60))).plusNanos(random.nextInt(1_000));
      case 2 -> now.plus(Duration.ofHours(random.nextInt(24)));
      default -> now.minusMillis(random.nextInt(5_000));
    };
  }

  public Origin office() {
    return Origin.office("operator" + random.nextInt(3), "by hand");
  }

  public String newKey() {
    return keyPrefix + "-" + ++made;
  }

  public String newOrder() {
    return keyPrefix + "-order-" + ++made;
  }

  @Nullable String mayBe(String text) {
    return random.nextBoolean() ? text : null;
  }
}
