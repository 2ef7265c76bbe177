package points.ledger.simulation.postgres;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.commit.CommittedEntries.MemberHistory;
import points.ledger.commit.CommittedStates;
import points.ledger.commit.OrderEntries;
import points.ledger.commit.OrderKey;
import points.ledger.commit.RequestKey;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.simulation.cluster.Node;
import points.ledger.simulation.postgres.ModelPostgres.Stored;
import points.ledger.simulation.world.Events;
import points.ledger.simulation.world.Fault;

/** A node's reads of the model of PostgreSQL. */
public final class ModelReader implements CommittedStates, OrderEntries {

  private static final long ANSWER_MAX = 7 * Events.SECOND;

  private final Node.OwnThread thread;
  private final ModelPostgres db;

  public ModelReader(Node node, ModelPostgres db) {
    this.thread = node.thread();
    this.db = db;
  }

  @Override
  public Future<Map<MemberKey, MemberState>> states(Collection<MemberKey> members) {
    var keys = List.copyOf(members);
    return read(() -> db.states(keys));
  }

  @Override
  public Future<List<Entry>> ofRequests(List<RequestKey> requests) {
    return read(
        () ->
            entries(
                Stream.concat(
                    requests.stream().map(db::ofRequest), requests.stream().map(db::ofSharedKey))));
  }

  @Override
  public Future<List<Entry>> ofOrders(List<OrderKey> orders) {
    return read(() -> entries(orders.stream().map(db::ofOrder)));
  }

  @Override
  public Future<List<Entry>> needed(HistoryQuery needed) {
    return read(() -> db.needed(needed));
  }

  @Override
  public Future<MemberHistory> needed(MemberKey member, HistoryQuery needed) {
    return read(() -> new MemberHistory(db.states(List.of(member)).get(member), db.needed(needed)));
  }

  @Override
  public Future<Optional<Entry>> find(MemberKey member, long sequence) {
    return read(
        () ->
            db.entries().stream()
                .filter(it -> it.sequence() == sequence && it.member().equals(member))
                .findFirst());
  }

  @Override
  public Future<EntryHistory> historyOf(HistoryQuery.OfOrder order) {
    return needed(order).map(found -> new EntryHistory(order, Long.MAX_VALUE, found));
  }

  @Override
  public Future<Void> awaitReplicated() {
    return read(() -> true).mapEmpty();
  }

  private static List<Entry> entries(Stream<@Nullable Stored> stored) {
    var entries = new ArrayList<Entry>();
    stored.forEach(
        it -> {
          if (it != null) {
            entries.add(it.entry());
          }
        });
    return entries;
  }

  private <T> Future<T> read(Supplier<T> query) {
    Promise<T> result = Promise.promise();
    thread.post(ANSWER_MAX, () -> result.tryFail("no answer in time"));
    db.events.after(
        db.weather.travel(),
        () -> {
          if (!db.isUp() || db.weather.strikes(Fault.READ_FAILED)) {
            thread.post(db.weather.travel(), () -> result.tryFail("the database is away"));
            return;
          }
          T found = query.get();
          boolean slow = db.weather.strikes(Fault.READ_SLOW);
          long travel = slow ? db.weather.seconds() : db.weather.travel();
          thread.post(travel, () -> result.tryComplete(found));
        });
    return result.future();
  }
}
