package points.ledger.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import points.ledger.command.Command;
import points.ledger.command.KeySpace;
import points.ledger.commit.Batch;
import points.ledger.decide.CommandDecider;
import points.ledger.decide.Decision;
import points.ledger.fixture.Requests;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.Request;
import points.ledger.simulation.audit.Attempt;
import points.ledger.simulation.cluster.Node;
import points.ledger.simulation.world.Events;
import points.ledger.simulation.world.SimulatedPrograms;

/** What tills had sold when the keys of stores were still the program's; it may be sent again. */
final class Before {

  private final Simulation world;
  private final Node node;
  private final Random random;

  Before(Simulation world, Node node, Random random) {
    this.world = world;
    this.node = node;
    this.random = random;
  }

  /** Commits some sales and gifts. */
  void happened() {
    for (int i = random.nextInt(3); i > 0; i--) {
      String store = "store" + random.nextInt(2);
      MemberKey member = world.anyMember();
      Instant soldAt =
          SimulatedPrograms.KEYS_SHARED_UNTIL.minus(Duration.ofDays(1 + random.nextInt(9)));
      Origin order = Origin.sale(store, null, "before" + i);
      long amount = 1_000L + random.nextInt(9_000);
      happened(
          store, Command.Accrue.of(member, "old-" + i, order, soldAt, amount, List.of()), soldAt);
      Origin till = Origin.till(store, null, null, "a gift");
      happened(store, Command.Deduct.of(member, "old-gift-" + i, till, 1), soldAt.plusSeconds(9));
    }
  }

  /** The till does not know it, and sends it again under a key of its store. */
  private void happened(String store, Command command, Instant at) {
    commit(command, at);
    String key = KeySpace.keyOf(store, command.request().key());
    Command again = Requests.as(new Request(key, command.request().fingerprint()), command);
    world.events.after(world.weather.between(0, 3 * Events.SECOND), () -> world.waiting.add(again));
  }

  private void commit(Command sale, Instant at) {
    MemberState before = world.db.state(sale.member());
    Attempt attempt = world.attempt(sale, node);
    Decision decision =
        CommandDecider.decide(
            before, attempt.command, SimulatedPrograms.find(sale.member().programId()), at);
    if (decision instanceof Decision.Accepted accepted) {
      attempt.submittedAt = 0;
      world.auditor.submitted(attempt);
      var decided = new Batch.Decided(attempt.command, accepted.entries(), false);
      world.db.commit(
          List.of(new Batch.Member(sale.member(), before, accepted.state(), List.of(decided))));
    }
  }
}
