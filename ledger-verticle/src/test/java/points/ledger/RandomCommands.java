package points.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Command;
import points.ledger.domain.Command.Accrue;
import points.ledger.domain.Command.Adjust;
import points.ledger.domain.Command.ChangeStatus;
import points.ledger.domain.Command.Deduct;
import points.ledger.domain.Limits;
import points.ledger.domain.Line;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Origin;
import points.ledger.domain.Request;
import points.ledger.domain.Status;

/** Commands of every kind, and such as were sent before with this or that changed. */
public final class RandomCommands {

  private final Random random;
  private final String keyPrefix;
  private int made;

  public RandomCommands(Random random, String keyPrefix) {
    this.random = random;
    this.keyPrefix = keyPrefix;
  }

  /** A command with a key and, where it has one, an order of its own. */
  public Command fresh(MemberKey member, Instant now, long available) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2, 3, 4 -> accrual(member, newKey(), newOrder(), now);
      case 5, 6, 7 -> deduction(member, newKey(), mayBe(newOrder()), available);
      case 8 -> Adjust.of(member, newKey(), office(), positive(available));
      case 9 -> Adjust.of(member, newKey(), office(), -positive(available));
      case 10 -> ChangeStatus.of(member, newKey(), office(), Status.ACTIVE);
      default ->
          random.nextInt(3) == 0
              ? ChangeStatus.of(member, newKey(), office(), Status.FROZEN)
              : ChangeStatus.of(member, newKey(), office(), Status.ACTIVE);
    };
  }

  /** The same content under another key. */
  public Command underAnotherKey(Command command) {
    return withKeyOf(command, newKey());
  }

  /** The same content under the key of another. */
  public Command underKeyOf(Command other, Command command) {
    return withKeyOf(command, other.request().key());
  }

  /** The same key, and the same order if it has one, with another content. */
  public Command withAnotherContent(Command command, MemberKey member, Instant now) {
    return other(command, member, command.request().key(), now);
  }

  /** The same order, if it has one, under another key and with another content. */
  public Command anotherOfTheOrder(Command command, MemberKey member, Instant now) {
    return other(command, member, newKey(), now);
  }

  private Command other(Command command, MemberKey member, String key, Instant now) {
    if (command instanceof Accrue accrue) {
      Instant occurredAt = random.nextBoolean() ? accrue.occurredAt() : now;
      return Accrue.of(
          member, key, accrue.origin(), occurredAt, accrue.amount() / 2 + 1, List.of());
    } else if (command instanceof Deduct deduct) {
      return Deduct.of(member, key, deduct.origin(), deduct.points() / 2 + 1);
    }
    return Adjust.of(member, key, office(), 1 + random.nextInt(50));
  }

  private static Command withKeyOf(Command command, String key) {
    return Requests.as(new Request(key, command.request().fingerprint()), command);
  }

  private Accrue accrual(MemberKey member, String key, String order, Instant now) {
    List<Line> lines = random.nextInt(3) > 0 ? List.of() : lines();
    long amount = lines.isEmpty() ? amount() : lines.stream().mapToLong(Line::amount).sum();
    Origin origin = Origin.sale("store" + random.nextInt(2), mayBe("till"), order);
    return Accrue.of(member, key, origin, paidAt(now), amount, lines);
  }

  private Deduct deduction(MemberKey member, String key, @Nullable String order, long available) {
    Origin origin =
        Origin.till("store" + random.nextInt(2), mayBe("till"), order, "reason — 理由 " + made);
    return Deduct.of(member, key, origin, positive(available));
  }

  private List<Line> lines() {
    var lines = new ArrayList<Line>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      long amount = random.nextInt(4) == 0 ? 0 : random.nextInt(5_000);
      lines.add(new Line("line" + i, "product" + i, mayBe("Obst & \"Gemüse\""), i, amount));
    }
    return lines;
  }

  private long amount() {
    return switch (random.nextInt(12)) {
      case 0 -> 0;
      case 1 -> Limits.AMOUNT_MAX - random.nextInt(2);
      default -> random.nextInt(30_000);
    };
  }

  /** Near what there is, as often as not. */
  private long positive(long available) {
    return switch (random.nextInt(8)) {
      case 0 -> Math.max(1, Math.min(available, Limits.POINTS_MAX));
      case 1 -> Math.max(1, Math.min(available + 1, Limits.POINTS_MAX));
      case 2 -> Limits.POINTS_MAX;
      default -> 1 + (long) (random.nextDouble() * Math.min(1_000, available));
    };
  }

  /** Mostly just now; at times days or years late, or by a clock that runs ahead. */
  private Instant paidAt(Instant now) {
    return switch (random.nextInt(6)) {
      case 0 -> now.minus(Duration.ofDays(random.nextInt(1_200)));
      case 1 -> now.minus(Duration.ofHours(random.nextInt(60))).plusNanos(random.nextInt(1_000));
      case 2 -> now.plus(Duration.ofHours(random.nextInt(24)));
      default -> now.minusMillis(random.nextInt(5_000));
    };
  }

  private Origin office() {
    return Origin.office("operator" + random.nextInt(3), "by hand");
  }

  private String newKey() {
    return keyPrefix + "-" + ++made;
  }

  private String newOrder() {
    return keyPrefix + "-order-" + ++made;
  }

  private @Nullable String mayBe(String text) {
    return random.nextBoolean() ? text : null;
  }
}
