package points.ledger.simulation;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.KeySpace;
import points.ledger.command.MoveCommand;
import points.ledger.command.OrderCommand;
import points.ledger.command.Outcome;
import points.ledger.decide.TimeEffects;
import points.ledger.fixture.Requests;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.Request;
import points.ledger.random.RandomCommands;
import points.ledger.simulation.audit.Attempt;
import points.ledger.simulation.cluster.Node;
import points.ledger.simulation.postgres.ModelPostgres;
import points.ledger.simulation.postgres.Transaction;
import points.ledger.simulation.world.Events;
import points.ledger.simulation.world.Fault;
import points.ledger.simulation.world.Weather;

/**
 * A till: sends one command after the other, each again under the same key and to any node, until
 * it knows what became of it or gives up. At times it sends what it or another till has sent
 * before, as it was or changed.
 */
final class Till {

  /** The reason of a deduction for an order that another member has bought. */
  static final String PAID_BY_ANOTHER = "paid by another";

  private static final int TRIES_MAX = 6;

  private final Simulation world;
  private final Events events;
  private final Weather weather;
  private final Random random;
  private final RandomCommands commands;
  private final String name;

  /** The store whose keys it sends; null for head office, whose keys are the program's. */
  private final @Nullable String store;

  private int left;
  private int made;

  Till(Simulation world, Random random, String name, int left) {
    this.world = world;
    this.events = world.events;
    this.weather = world.weather;
    this.random = random;
    this.commands = new RandomCommands(random, name, world::othersOf);
    this.name = name;
    this.store = random.nextInt(3) == 0 ? null : "store" + random.nextInt(2);
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
    Command command = chooseFor(world.anyMember());
    if (command instanceof OrderCommand.Refund refund) {
      world.takeBack(refund);
      return choose();
    }
    world.sent.add(command);
    return command;
  }

  private Command chooseFor(MemberKey member) {
    Command late = world.waiting.poll();
    if (late != null) {
      return late;
    }
    if (weather.strikes(Fault.NOT_STORABLE)) {
      String key = name + "-bad" + ++made + Transaction.NOT_STORABLE;
      return Command.Adjust.of(member, key, Origin.office("operator", "by hand"), 7);
    }
    List<Command> before = world.sent;
    if (before.isEmpty() || random.nextInt(3) > 0) {
      return inKeySpace(fresh(member));
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

  private Command fresh(MemberKey member) {
    Optional<Command> ofOrder =
        switch (random.nextInt(12)) {
          case 0 -> move();
          case 1 -> payOrderOfAnother();
          default -> Optional.empty();
        };
    return ofOrder.orElseGet(() -> commands.fresh(member, world.instant(), world.db.state(member)));
  }

  /** A sale was booked on the wrong member. */
  private Optional<Command> move() {
    return anySale()
        .map(
            sale -> {
              List<String> others = world.othersOf(sale.member());
              return MoveCommand.MoveOut.of(
                  sale.member(),
                  newKey(),
                  Origin.sale(
                      String.valueOf(sale.origin().storeId()),
                      null,
                      String.valueOf(sale.origin().orderId())),
                  sale.sequence(),
                  others.get(random.nextInt(others.size())));
            });
  }

  /** One member earns by an order, and another pays for some of it. */
  private Optional<Command> payOrderOfAnother() {
    return anySale()
        .flatMap(
            sale -> {
              List<MemberKey> others =
                  world.othersOf(sale.member()).stream()
                      .map(it -> new MemberKey(sale.member().programId(), it))
                      .filter(it -> pointsOf(it) > 0)
                      .toList();
              if (others.isEmpty()) {
                return Optional.empty();
              }
              MemberKey other = others.get(random.nextInt(others.size()));
              Origin order =
                  Origin.till(
                      String.valueOf(sale.origin().storeId()),
                      null,
                      sale.origin().orderId(),
                      PAID_BY_ANOTHER);
              long points = 1 + (long) (random.nextDouble() * Math.min(200, pointsOf(other)));
              return Optional.of(Command.Deduct.of(other, newKey(), order, points));
            });
  }

  private long pointsOf(MemberKey member) {
    MemberState state = world.db.state(member);
    return state == null ? 0 : TimeEffects.at(state, world.instant()).lots().total();
  }

  private Optional<Entry> anySale() {
    List<Entry> sales =
        world.db.entries().stream()
            .filter(it -> it.kind() == Entry.Kind.ACCRUAL || ModelPostgres.isArrival(it))
            .toList();
    return sales.isEmpty()
        ? Optional.empty()
        : Optional.of(sales.get(random.nextInt(sales.size())));
  }

  private String newKey() {
    return name + "-order" + ++made;
  }

  /** Tills count their receipts alike, so two stores have the same key for two requests. */
  private Command inKeySpace(Command command) {
    if (store == null || command instanceof Command.ApplyTimeEffects) {
      return command;
    }
    String sent = random.nextBoolean() ? "k-" + ++made : command.request().key();
    return Requests.as(
        new Request(KeySpace.keyOf(store, sent), command.request().fingerprint()), command);
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
      if (attempt.node.isTooEarly(command)) {
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
