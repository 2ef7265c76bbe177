package points.ledger.random;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.Outcome.Refused;
import points.ledger.command.Outcome.Replayed;
import points.ledger.commit.OrderKey;
import points.ledger.commit.RequestKey;
import points.ledger.model.MemberKey;

/**
 * What happens to a few members of a program, wave by wave. The commands of a wave are under way
 * together, so it holds only such as have one right outcome: those of one member are decided in the
 * order they came; no other shares its request or order with one that is new, unless they are of
 * one member and the first is accepted.
 */
public final class RandomHistory {

  /** A command and what must come of it. */
  public record Step(Command command, Outcome expected) {}

  private final Random random;
  private final ModelLedger model;
  private final RandomCommands commands;
  private final List<MemberKey> members;
  private final List<Command> before = new ArrayList<>();

  private final List<Command> acceptedNow = new ArrayList<>();

  /** Requests and orders of which nothing further has one right outcome in this wave. */
  private final Set<Object> openNow = new HashSet<>();

  public RandomHistory(Random random, ModelLedger model, String programId, String name) {
    this.random = random;
    this.model = model;
    this.commands = new RandomCommands(random, name);
    this.members =
        IntStream.range(0, 3).mapToObj(i -> new MemberKey(programId, name + "-m" + i)).toList();
  }

  public List<MemberKey> members() {
    return members;
  }

  /** The next wave, already in the model. */
  public List<Step> wave(Instant now, int size) {
    acceptedNow.clear();
    openNow.clear();
    var settled = List.copyOf(before);
    Set<Command> known = new HashSet<>(settled.stream().filter(model::hasEntryOf).toList());
    var wave = new ArrayList<Step>();
    while (wave.size() < size) {
      Command next = next(now, settled, known);
      if (openNow.contains(RequestKey.of(next))
          || openNow.contains(orderOf(next))
          || isNewOfAnother(next)) {
        continue;
      }
      Outcome expected = model.submit(next, now);
      wave.add(new Step(next, expected));
      before.add(next);
      if (expected instanceof Accepted) {
        acceptedNow.add(next);
      } else if (expected instanceof Refused) {
        openNow.add(RequestKey.of(next)); // one that waits for it is decided who knows when
        openNow.add(orderOf(next));
      } else if (expected instanceof Replayed replayed && isUnderAnotherKey(next, replayed)) {
        openNow.add(RequestKey.of(next)); // another member can still take this key
      }
    }
    return wave;
  }

  /** Whether another member's command of this wave takes the same request or order. */
  private boolean isNewOfAnother(Command next) {
    return acceptedNow.stream()
        .filter(it -> !it.member().equals(next.member()))
        .anyMatch(
            it ->
                RequestKey.of(it).equals(RequestKey.of(next)) || orderOf(it).equals(orderOf(next)));
  }

  private static boolean isUnderAnotherKey(Command command, Replayed replayed) {
    return !command.request().equals(replayed.entry().request());
  }

  private Command next(Instant now, List<Command> settled, Set<Command> known) {
    Command one = random.nextInt(4) == 0 ? oneOf(settled, acceptedNow) : null;
    if (one == null) {
      MemberKey member = members.get(random.nextInt(members.size()));
      return commands.fresh(member, now, model.stateOf(member).orElse(null));
    }
    MemberKey member =
        known.contains(one) ? members.get(random.nextInt(members.size())) : one.member();
    return switch (random.nextInt(5)) {
      case 0, 1 -> one;
      case 2 -> commands.underAnotherKey(one);
      case 3 -> commands.withAnotherContent(one, member, now);
      default -> commands.anotherOfTheOrder(one, member, now);
    };
  }

  private @Nullable Command oneOf(List<Command> some, List<Command> others) {
    int size = some.size() + others.size();
    if (size == 0) {
      return null;
    }
    int index = random.nextInt(size);
    return index < some.size() ? some.get(index) : others.get(index - some.size());
  }

  private static Object orderOf(Command command) {
    OrderKey order = OrderKey.of(command);
    return order == null ? "no order, so none that waits for it " + command.request() : order;
  }

  @Override
  public String toString() {
    return "history of "
        + members
        + ":\n"
        + String.join("\n", before.stream().map(Command::toString).toList());
  }
}
