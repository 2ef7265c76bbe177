package points.ledger.random;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Movement.Place;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Command.Adjust;
import points.ledger.command.Command.Deduct;
import points.ledger.command.HoldCommand;
import points.ledger.command.MembershipCommand;
import points.ledger.command.MembershipCommand.ChangeStatus;
import points.ledger.command.OrderCommand;
import points.ledger.command.PendingCommand;
import points.ledger.command.StoredValueCommand;
import points.ledger.command.TierCommand;
import points.ledger.command.TransferCommand;
import points.ledger.decide.TimeEffects;
import points.ledger.fixture.Requests;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Request;
import points.ledger.model.Status;
import points.ledger.tier.Floor;

/** Commands of every kind, and such as were sent before with this or that changed. */
public final class RandomCommands {

  /** A point currency that a program may have besides the first. */
  public static final String STARS = "stars";

  private final RandomValues values;
  private final RandomSales sales;
  private final RandomSteps steps;
  private final @Nullable Function<MemberKey, List<String>> others;

  /** Of a member without others: what comes from others is made up. */
  public RandomCommands(Random random, String keyPrefix) {
    this(random, keyPrefix, null);
  }

  /**
   * Commands as callers send them.
   *
   * @param others to whom a member sends what is its own; null when second steps are made up
   */
  public RandomCommands(
      Random random, String keyPrefix, @Nullable Function<MemberKey, List<String>> others) {
    this.values = new RandomValues(random, keyPrefix);
    this.sales = new RandomSales(values);
    this.steps = new RandomSteps(values);
    this.others = others;
  }

  /**
   * A command with a key and, where it has one, an order of its own. It often names what the member
   * has: an order of before, a hold, an entry.
   *
   * @param state the member's; null when it is not enrolled
   */
  public Command fresh(MemberKey member, Instant now, @Nullable MemberState state) {
    MemberState known = state == null ? MemberState.ENROLLED : TimeEffects.at(state, now);
    long available = known.lots().total();
    if (RandomValues.holds(known) && values.random.nextInt(4) == 0) {
      return values.random.nextInt(6) > 0
          ? sales.capture(member, known)
          : MembershipCommand.Close.of(member, values.newKey(), values.office());
    }
    return switch (values.random.nextInt(44)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ->
          sales.accrual(member, values.newKey(), values.newOrder(), now, known);
      case 11, 12, 13, 14, 15 -> sales.deduction(member, values.newKey(), available);
      case 16 ->
          values.random.nextBoolean()
              ? gift(member, now)
              : Adjust.of(
                  member,
                  values.newKey(),
                  values.office(),
                  values.anyAccount(),
                  values.positive(available));
      case 17 ->
          Adjust.of(
              member,
              values.newKey(),
              values.office(),
              values.anyAccount(),
              -values.positive(available));
      case 18, 19 -> ChangeStatus.of(member, values.newKey(), values.office(), Status.ACTIVE);
      case 20 -> changeStatus(member);
      case 21, 22, 23 -> sales.hold(member, known);
      case 24, 25 -> sales.capture(member, known);
      case 26 ->
          HoldCommand.Release.of(
              member, values.newKey(), values.till(null), values.setAside(known, Place.HELD));
      case 27, 28, 29, 30 -> sales.refund(member);
      case 31 ->
          OrderCommand.Reverse.of(member, values.newKey(), values.office(), values.anyEntry(known));
      case 32, 33 -> sales.topUp(member, now);
      case 34 -> sales.pay(member, known);
      case 35 -> exchange(member, known);
      case 36 -> endPending(member, known);
      case 37 -> transfer(member, available);
      case 38 -> Command.ApplyTimeEffects.of(member);
      case 39 -> sales.moveOut(member, known, other(member));
      case 40 -> others == null ? steps.moveIn(member, now) : Command.ApplyTimeEffects.of(member);
      case 41, 42 -> tier(member, now, known);
      default -> membership(member, now);
    };
  }

  private String other(MemberKey member) {
    List<String> all = others == null ? List.of("somebody") : others.apply(member);
    return all.get(values.random.nextInt(all.size()));
  }

  /** One of good for a day, of no end of its own, or of one that was a day ago. */
  private Command gift(MemberKey member, Instant now) {
    int days = values.random.nextInt(3) - 1;
    Instant expiresAt = days == 0 ? null : now.plus(Duration.ofDays(days));
    long points = values.positive(100);
    return Command.Give.of(member, values.newKey(), values.office(), points, expiresAt);
  }

  /** Of the levels of {@link TierBook}, and one that there is not. */
  private Command tier(MemberKey member, Instant now, MemberState known) {
    String level = List.of("silver", "gold", "black", "tin").get(values.random.nextInt(4));
    return switch (values.random.nextInt(4)) {
      case 0 -> {
        Instant until = now.plus(Duration.ofDays(values.random.nextInt(400) - 20));
        yield TierCommand.Grant.of(member, values.newKey(), values.office(), level, until, null);
      }
      case 1 -> {
        String period = values.random.nextBoolean() ? "P1M" : "P9D";
        yield TierCommand.Grant.of(member, values.newKey(), values.office(), level, null, period);
      }
      case 2 -> {
        List<Floor> floors = known.facts().tier().floors();
        String given = floors.isEmpty() ? level : floors.get(floors.size() - 1).level();
        yield TierCommand.Withdraw.of(member, values.newKey(), values.office(), given);
      }
      default -> {
        Long price = values.random.nextBoolean() ? null : 5L * (1 + values.random.nextInt(2));
        yield TierCommand.Buy.of(member, values.newKey(), values.till(null), level, price);
      }
    };
  }

  private Command changeStatus(MemberKey member) {
    Status wanted = values.random.nextInt(3) == 0 ? Status.FROZEN : Status.ACTIVE;
    return ChangeStatus.of(member, values.newKey(), values.office(), wanted);
  }

  private Command exchange(MemberKey member, MemberState known) {
    boolean there = values.random.nextInt(3) > 0;
    String from = there ? Accounts.POINTS : STARS;
    String to = there ? STARS : Accounts.POINTS;
    long points = values.positive(known.accounts().of(from).lots().total());
    long whole = values.random.nextInt(4) == 0 ? points : Math.max(10, points / 10 * 10);
    return StoredValueCommand.Exchange.of(
        member, values.newKey(), values.till(null), from, to, whole);
  }

  private Command endPending(MemberKey member, MemberState known) {
    long earnedBy = values.setAside(known, Place.PENDING);
    return PendingCommand.of(
        member, values.newKey(), values.till(null), earnedBy, values.random.nextInt(3) > 0);
  }

  private Command transfer(MemberKey member, long available) {
    if (others != null || values.random.nextBoolean()) {
      return TransferCommand.Send.of(
          member, values.newKey(), values.office(), other(member), values.positive(available));
    }
    return steps.receive(member);
  }

  private Command membership(MemberKey member, Instant now) {
    return switch (values.random.nextInt(8)) {
      case 0 -> MembershipCommand.Merge.of(member, values.newKey(), values.office(), "somebody");
      case 1 -> MembershipCommand.Close.of(member, values.newKey(), values.office());
      default ->
          MembershipCommand.Open.of(
              member,
              values.newKey(),
              values.office(),
              values.random.nextInt(500),
              values.random.nextBoolean()
                  ? null
                  : now.plus(Duration.ofDays(values.random.nextInt(90))),
              values.random.nextInt(500),
              values.random.nextInt(50));
    };
  }

  /** The same content under another key. */
  public Command underAnotherKey(Command command) {
    return withKeyOf(command, values.newKey());
  }

  /** The same content under the key of another. */
  public Command underKeyOf(Command other, Command command) {
    // The key of what nobody asks for has a blank in it, so no caller can send it.
    return other instanceof Command.ApplyTimeEffects
        ? command
        : withKeyOf(command, other.request().key());
  }

  /** The same key, and the same order if it has one, with another content. */
  public Command withAnotherContent(Command command, MemberKey member, Instant now) {
    return command instanceof Command.ApplyTimeEffects
        ? command
        : other(command, member, command.request().key(), now);
  }

  /** The same order, if it has one, under another key and with another content. */
  public Command anotherOfTheOrder(Command command, MemberKey member, Instant now) {
    return other(command, member, values.newKey(), now);
  }

  private Command other(Command command, MemberKey member, String key, Instant now) {
    if (command instanceof Accrue accrue) {
      Instant occurredAt = values.random.nextBoolean() ? accrue.occurredAt() : now;
      return Accrue.of(
          member, key, accrue.origin(), occurredAt, accrue.amount() / 2 + 1, List.of());
    } else if (command instanceof Deduct deduct) {
      return Deduct.of(member, key, deduct.origin(), deduct.points() / 2 + 1);
    }
    return Adjust.of(member, key, values.office(), 1 + values.random.nextInt(50));
  }

  private static Command withKeyOf(Command command, String key) {
    return Requests.as(new Request(key, command.request().fingerprint()), command);
  }
}
