package points.ledger.simulation.postgres;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;
import points.ledger.commit.Batch;
import points.ledger.commit.BatchResult;
import points.ledger.commit.BatchWriter;
import points.ledger.commit.WriteFailureException;
import points.ledger.commit.WriteFailureException.Kind;
import points.ledger.simulation.cluster.Node;
import points.ledger.simulation.postgres.ModelPostgres.Session;
import points.ledger.simulation.world.Events;
import points.ledger.simulation.world.Fault;
import points.ledger.simulation.world.Weather;

/** A lane's connection to the model of PostgreSQL, with all that {@code Writer} promises. */
public final class ModelWriter implements BatchWriter {

  private static final long CONNECT_MAX = 4 * Events.SECOND;
  private static final long SILENCE_MAX = Transaction.STATEMENT_TIMEOUT + Events.SECOND;

  private final Node node;
  private final Node.OwnThread thread;
  private final Events events;
  private final Weather weather;
  private final ModelPostgres db;
  private @Nullable Session session;
  private @Nullable Session lost;
  private @Nullable Promise<BatchResult> underWay;

  public ModelWriter(Node node, ModelPostgres db) {
    this.node = node;
    this.thread = node.thread();
    this.events = db.events;
    this.weather = db.weather;
    this.db = db;
  }

  @Override
  public boolean isConnected() {
    return session != null;
  }

  @Override
  public Future<Void> connect() {
    if (session != null) {
      return Future.succeededFuture();
    }
    Promise<Void> connected = Promise.promise();
    Session before = lost;
    thread.post(CONNECT_MAX, () -> connected.tryFail("no connection in time"));
    events.after(
        weather.travel(),
        () -> {
          if (!db.isUp() || weather.strikes(Fault.CONNECT_FAILED)) {
            fail(connected, "connection refused");
          } else if (before == null) {
            open(connected);
          } else {
            db.terminate(
                before,
                ended -> {
                  if (ended && db.isUp()) {
                    open(connected);
                  } else {
                    fail(connected, "the session that was lost does not end");
                  }
                });
          }
        });
    return connected.future();
  }

  private void fail(Promise<Void> connected, String why) {
    thread.post(weather.travel(), () -> connected.tryFail(why));
  }

  private void open(Promise<Void> connected) {
    var opened = new Session[1];
    opened[0] = db.open(() -> thread.post(weather.travel(), () -> onClosed(opened[0])));
    thread.post(
        weather.travel(),
        () -> {
          if (opened[0].isOpen && !connected.future().isComplete()) {
            session = opened[0];
            lost = null;
            connected.complete();
          } else {
            connected.tryFail("closed already");
          }
        });
  }

  @Override
  public Future<BatchResult> write(Batch batch) {
    Session open = session;
    if (open == null) {
      return Future.failedFuture(
          new WriteFailureException(Kind.UNAVAILABLE, new IllegalStateException("not connected")));
    }
    db.auditor.check(
        underWay == null || underWay.future().isComplete(),
        () -> "a lane of node " + node.no() + " sends two batches at once");
    Promise<BatchResult> result = Promise.promise();
    underWay = result;
    node.sent(batch);
    thread.post(SILENCE_MAX, () -> lose(open, result));
    if (weather.strikes(Fault.BATCH_LOST)) {
      thread.post(weather.travel(), () -> lose(open, result));
      return result.future();
    }
    if (weather.strikes(Fault.CONNECTION_CUT)) {
      thread.post(weather.between(0, 5 * Events.MILLI), () -> lose(open, result));
    }
    long travel = weather.strikes(Fault.BATCH_LATE) ? weather.seconds() : weather.travel();
    events.after(travel, () -> db.write(open, batch, answer -> onAnswer(result, answer)));
    return result.future();
  }

  private void onAnswer(Promise<BatchResult> result, Transaction.Answer answer) {
    if (weather.strikes(Fault.ANSWER_LOST)) {
      return;
    }
    long travel = weather.strikes(Fault.ANSWER_LATE) ? weather.seconds() : weather.travel();
    thread.post(
        travel,
        () -> {
          if (answer.result() != null) {
            result.tryComplete(answer.result());
          } else if (answer.failure() != null) {
            result.tryFail(new WriteFailureException(answer.failure(), new Simulated()));
          }
        });
  }

  /** The connection is gone, or was given up, with a batch on it. */
  private void lose(Session open, Promise<BatchResult> result) {
    if (!result.future().isComplete()) {
      session = null;
      lost = open;
      result.fail(new WriteFailureException(Kind.UNKNOWN, new Simulated()));
    }
  }

  @SuppressWarnings("ReferenceEquality") // the very same session
  private void onClosed(Session closed) {
    if (session == closed) {
      session = null;
      if (underWay != null) {
        lose(closed, underWay);
      }
    }
  }

  /** Without a stack trace, which would take longer than all else. */
  private static final class Simulated extends Exception {
    private static final long serialVersionUID = 1;

    private Simulated() {
      super("by the simulation", null, false, false);
    }
  }
}
