package points.ledger.simulation.postgres;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import points.ledger.member.IdentifierTransfer;
import points.ledger.model.MemberKey;
import points.ledger.outbox.OutboxTable;
import points.ledger.refund.OrderSnapshot;
import points.ledger.refund.ParkedRefund;
import points.ledger.refund.ParkedRefundTable;
import points.ledger.refund.RefundRequest;
import points.ledger.refund.RefundTables;
import points.ledger.refund.WaitingRefundTable;
import points.ledger.simulation.cluster.Node;
import points.ledger.simulation.world.Events;
import points.ledger.simulation.world.Fault;
import points.ledger.trail.TrailChange;

/** A node's calls to the tables of the outbox and of parked refunds. Any may be done and fail. */
public final class ModelTables {

  private static final long ANSWER_MAX = 5 * Events.SECOND;

  private final Node.OwnThread thread;
  private final ModelPostgres db;

  public ModelTables(Node node, ModelPostgres db) {
    this.thread = node.thread();
    this.db = db;
  }

  public OutboxTable outbox() {
    return new Outboxed();
  }

  public RefundTables refunds() {
    return new RefundTables(new Parked(), new Waiting(), outbox());
  }

  /** Members' identifiers are no part of the model. */
  public IdentifierTransfer ended() {
    return new IdentifierTransfer() {
      @Override
      public Future<Void> free(MemberKey member) {
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> passOn(MemberKey member, MemberKey into) {
        return Future.succeededFuture();
      }
    };
  }

  private final class Outboxed implements OutboxTable {
    @Override
    public Future<List<Due>> claim(int limit) {
      return write(() -> db.effects.claim(limit));
    }

    @Override
    public Future<List<Due>> claim(MemberKey member, long sequence) {
      return write(() -> db.effects.claim(member, sequence));
    }

    @Override
    public Future<Void> done(Due due) {
      return write(
              () -> {
                db.effects.done(due);
                return due;
              })
          .mapEmpty();
    }

    @Override
    public Future<Boolean> leaves(MemberKey merged) {
      return read(() -> db.effects.leaves(merged));
    }

    @Override
    public Future<Backlog> backlog() {
      return Future.succeededFuture(new Backlog(db.effects.size(), 0));
    }
  }

  private final class Parked implements ParkedRefundTable {
    @Override
    public Future<List<Found>> park(RefundRequest wanted) {
      return statement(true, answer -> db.parking.park(wanted, answer));
    }

    @Override
    public Future<OrderSnapshot> lookUp(RefundRequest wanted) {
      return statement(false, answer -> db.parking.lookUp(wanted, answer));
    }

    @Override
    public Future<List<Found>> find(RefundRequest wanted) {
      return statement(false, answer -> db.parking.find(wanted, answer));
    }

    @Override
    public Future<Optional<ParkedRefund>> one(RefundRequest wanted) {
      return read(() -> db.parking.one(wanted));
    }

    @Override
    public Future<List<ParkedRefund>> page(
        String programId, ParkedRefund.@Nullable Status status, long after, int limit) {
      throw new UnsupportedOperationException("the simulation lists no parked refunds");
    }

    @Override
    public Future<Optional<ParkedRefund>> withdraw(RefundRequest named, TrailChange trail) {
      return write(() -> db.parking.withdraw(named)).compose(done -> done);
    }
  }

  private final class Waiting implements WaitingRefundTable {
    @Override
    public Future<Claimed> claim(int limit) {
      return write(() -> db.parking.claim(limit));
    }

    @Override
    public Future<Optional<RefundRequest>> take(RefundRequest ofOrder) {
      return write(() -> db.parking.take(ofOrder));
    }

    @Override
    public Future<Boolean> markEnded(
        RefundRequest wanted, @Nullable String transactionId, @Nullable String refusal) {
      return write(() -> db.parking.markEnded(wanted, transactionId, refusal));
    }

    @Override
    public Future<Integer> lapse(int limit) {
      return write(() -> db.parking.lapse(limit));
    }

    @Override
    public Future<WaitingRefundTable.Waiting> waiting() {
      return Future.succeededFuture(new WaitingRefundTable.Waiting(db.parking.rows().size(), 0));
    }
  }

  private <T> Future<T> read(Supplier<T> query) {
    return statement(false, answer -> answer.accept(query.get()));
  }

  private <T> Future<T> write(Supplier<T> statement) {
    return statement(true, answer -> answer.accept(statement.get()));
  }

  private <T> Future<T> statement(boolean writes, Consumer<Consumer<T>> statement) {
    Promise<T> result = Promise.promise();
    thread.post(ANSWER_MAX, () -> result.tryFail("no answer in time"));
    db.events.after(
        db.weather.travel(),
        () -> {
          boolean isRefused = writes && db.refusesWrites();
          if (!db.isUp() || isRefused || db.weather.strikes(Fault.READ_FAILED)) {
            thread.post(db.weather.travel(), () -> result.tryFail("the database is away"));
            return;
          }
          statement.accept(
              done -> {
                if (!writes || !db.weather.strikes(Fault.ANSWER_LOST)) {
                  boolean isSlow = db.weather.strikes(Fault.READ_SLOW);
                  long travel = isSlow ? db.weather.seconds() : db.weather.travel();
                  thread.post(travel, () -> result.tryComplete(done));
                }
              });
        });
    return result.future();
  }
}
