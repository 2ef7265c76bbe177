package points.ledger.simulation;

import java.util.List;
import java.util.Random;
import points.ledger.RandomCommands;
import points.ledger.domain.Command;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Origin;
import points.ledger.domain.Outcome;

/**
 * A till: sends one command after the other, each again under the same key and to any node, until
 * it knows what became of it or gives up. At times it sends what it or another till has sent
 * before, as it was or changed.
 */
final class Till {

  private static final int TRIES_MAX = 6;

  private final Simulation world;
  private final Events events;
  private final Weather weather;
  private final Random random;
  private final RandomCommands commands;
  private final String name;
  private int left;
  private int bad;

  Till(Simulation world, Random random, String name, int left) {
    this.world = world;
    this.events = world.events;
    this.weather = world.weather;
    this.random = random;
    this.commands = new RandomCommands(random, name);
    this.name = name;
    this.left = left;
  }

  boolean isDone() {
    return left < 0;
  }

  /** Goes on with the next command, after a while. */
  void next() {
    left--;
    if (left >= 0) {
      long pause = random.nextInt(3) == 0 ? 0 : weather.between(0, 300 * Events.MILLI);
      events.after(pause, () -> send(choose(), TRIES_MAX));
    }
  }

  private Command choose() {
    MemberKey member = world.anyMember();
    Command command = chooseFor(member);
    world.sent.add(command);
    return command;
  }

  private Command chooseFor(MemberKey member) {
    if (weather.strikes(Fault.NOT_STORABLE)) {
      String key = name + "-bad" + ++bad + Transaction.NOT_STORABLE;
      return Command.Adjust.of(member, key, Origin.office("operator", "by hand"), 7);
    }
    List<Command> before = world.sent;
    if (before.isEmpty() || random.nextInt(3) > 0) {
      return commands.fresh(member, world.instant(), world.db.state(member));
    }
    Command one = before.get(random.nextInt(before.size()));
    return switch (random.nextInt(7)) {
      case 0 -> commands.underAnotherKey(one);
      case 1 -> commands.withAnotherContent(one, member, world.instant());
      case 2 -> commands.anotherOfTheOrder(one, member, world.instant());
      case 3 -> commands.underKeyOf(before.get(random.nextInt(before.size())), one);
      default -> one;
    };
  }

  private void send(Command command, int tries) {
    var exchange = new Exchange(command, tries);
    exchange.send(world.anyNode());
    if (weather.strikes(Fault.TILL_IMPATIENT)) {
      events.after(weather.between(0, 20 * Events.MILLI), () -> exchange.send(world.anyNode()));
    }
    long patience = weather.between(Events.SECOND, 7 * Events.SECOND);
    events.after(patience, exchange::retry);
  }

  /** A command under way, until its first answer or until the till waits no longer. */
  private final class Exchange {
    private final Command command;
    private final int triesLeft;
    private boolean over;

    private Exchange(Command command, int tries) {
      this.command = command;
      this.triesLeft = tries - 1;
    }

    void send(Node node) {
      deliver(world.attempt(command, node));
      if (weather.strikes(Fault.REQUEST_TWICE)) {
        deliver(world.attempt(command, random.nextBoolean() ? node : world.anyNode()));
      }
    }

    private void deliver(Attempt attempt) {
      if (!weather.strikes(Fault.REQUEST_LOST)) {
        events.after(travel(), () -> arrive(attempt));
      }
    }

    private void arrive(Attempt attempt) {
      if (!attempt.node.isUp()) {
        events.after(travel(), this::retry);
        return;
      }
      attempt.node.post(0, () -> attempt.node.submit(attempt, answered -> reply(answered)));
    }

    private void reply(Attempt attempt) {
      if (!weather.strikes(Fault.REPLY_LOST)) {
        events.after(travel(), () -> hear(attempt));
      }
    }

    private void hear(Attempt attempt) {
      Outcome outcome = attempt.outcome;
      if (outcome instanceof Outcome.InDoubt || outcome instanceof Outcome.NotApplied) {
        retry();
      } else {
        end();
      }
    }

    void retry() {
      if (over) {
        return;
      }
      if (triesLeft == 0) {
        end();
        return;
      }
      over = true;
      events.after(
          weather.between(0, 200 * Events.MILLI), () -> Till.this.send(command, triesLeft));
    }

    private void end() {
      if (!over) {
        over = true;
        next();
      }
    }
  }

  private long travel() {
    return weather.strikes(Fault.MESSAGE_SLOW) ? weather.seconds() : weather.travel();
  }
}
