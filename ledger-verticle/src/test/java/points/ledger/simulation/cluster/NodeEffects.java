package points.ledger.simulation.cluster;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import points.ledger.command.Command;
import points.ledger.command.MembershipCommand;
import points.ledger.command.Outcome;
import points.ledger.outbox.Outbox;
import points.ledger.refund.RefundService;
import points.ledger.simulation.audit.Attempt;
import points.ledger.simulation.postgres.ModelPostgres;
import points.ledger.simulation.postgres.ModelReader;
import points.ledger.simulation.postgres.ModelTables;
import points.ledger.simulation.world.Events;
import points.ledger.simulation.world.Fault;
import points.ledger.simulation.world.SimulatedPrograms;

/** What a node does beyond its lanes: the real outbox and the real refunds, on its own thread. */
final class NodeEffects {

  private final Node node;
  private final ModelPostgres db;
  private final ModelCluster cluster;
  private final Node.OwnThread thread;
  private final Outbox outbox;
  private final RefundService refunds;

  NodeEffects(
      Node node, ModelReader reader, ModelPostgres db, ModelCluster cluster, MeterRegistry meters) {
    this.node = node;
    this.db = db;
    this.cluster = cluster;
    this.thread = node.thread();
    var tables = new ModelTables(node, db);
    this.outbox =
        new Outbox(tables.outbox(), reader, tables.ended(), this::decide, this::pause, meters);
    this.refunds =
        new RefundService(
            tables.refunds(), reader, this::decide, SimulatedPrograms::allows, this::pause, meters);
  }

  void begin() {
    outbox.begin();
    refunds.begin();
  }

  void stop() {
    outbox.stop();
    refunds.stop();
  }

  RefundService refunds() {
    return refunds;
  }

  /** What follows from an answer beyond its member is carried out at once. */
  void follow(Outcome outcome) {
    if (outcome instanceof Outcome.Accepted accepted && accepted.entry().hasEffect()) {
      outbox.kick(accepted.entry());
    }
  }

  /**
   * A member closes when nothing that it sent may come back. Here that is looked at together with
   * what is being sent; in PostgreSQL something may be sent between the look and the closing.
   */
  boolean isTooEarly(Command command) {
    return command instanceof MembershipCommand.Close
        && (db.effects.mayComeBack(command.member()) || db.auditor.isSending(command.member()));
  }

  private Future<Void> pause() {
    Promise<Void> over = Promise.promise();
    thread.post(db.weather.between(Events.SECOND / 2, 2 * Events.SECOND), over::tryComplete);
    return over.future();
  }

  /** Has a command decided here, or by another node, which may not be heard. */
  private Future<Outcome> decide(Command command) {
    List<Node> others = cluster.nodes();
    Node decider = db.weather.choose(3) > 0 ? node : others.get(db.weather.choose(others.size()));
    Promise<Outcome> answer = Promise.promise();
    Attempt attempt = db.auditor.attempt(command, decider);
    if (!db.weather.strikes(Fault.REQUEST_LOST)) {
      decider.post(db.weather.travel(), () -> decider.submit(attempt, it -> reply(it, answer)));
    }
    thread.post(node.patience(), () -> answer.tryComplete(new Outcome.InDoubt()));
    return answer.future();
  }

  private void reply(Attempt attempt, Promise<Outcome> answer) {
    if (db.weather.strikes(Fault.REPLY_LOST)) {
      return;
    }
    boolean isSlow = db.weather.strikes(Fault.MESSAGE_SLOW);
    thread.post(
        isSlow ? db.weather.seconds() : db.weather.travel(),
        () -> {
          if (attempt.outcome == null) {
            answer.tryFail(attempt.fault);
          } else {
            answer.tryComplete(attempt.outcome);
          }
        });
  }
}
