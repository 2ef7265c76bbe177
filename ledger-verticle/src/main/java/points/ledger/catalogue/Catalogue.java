package points.ledger.catalogue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.timing.Timers;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.StoreFacts;
import points.ledger.database.DatabaseAwayException;
import points.ledger.model.Line;

/**
 * The goods and the stores of all programs, in the memory of this node.
 *
 * <p>A change is announced to every node, which then reads what has changed; a node that missed it
 * finds it out within ten seconds. Until then it uses what it has.
 */
public final class Catalogue {

  private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);
  private static final String CHANGED = "points.catalogue.changed";
  private static final long REFRESH_PERIOD_MS = Duration.ofSeconds(10).toMillis();

  private final Vertx vertx;
  private final Timers timers;
  private final CatalogueReader reader;
  private final MessageConsumer<String> changes;
  private volatile Map<String, ProgramCatalogue> programs = new ConcurrentHashMap<>();
  private volatile @Nullable String timeline;

  private Future<Void> reading = Future.succeededFuture();
  private @Nullable Future<Void> waiting;

  public Catalogue(Vertx vertx, Pool pool) {
    this.vertx = vertx;
    this.timers = new Timers(vertx);
    this.reader = new CatalogueReader(pool);
    this.changes = vertx.eventBus().consumer(CHANGED);
  }

  /** Reads all catalogues, and from now on what has changed. */
  public Future<Void> start() {
    timers.every(REFRESH_PERIOD_MS, this::look);
    return changes.handler(changed -> look()).completion().compose(listening -> refresh());
  }

  /** Reads nothing any more. */
  public Future<Void> stop() {
    timers.stop();
    return changes.unregister();
  }

  /** If it fails, the next look is soon enough. */
  private void look() {
    refresh().onFailure(cause -> LOG.debug("catalogues not read again: {}", cause.toString()));
  }

  /** Reads what has changed here, and has every other node do so. */
  public Future<Void> changed() {
    vertx.eventBus().publish(CHANGED, "");
    return refresh().recover(cause -> Future.failedFuture(DatabaseAwayException.afterWrite(cause)));
  }

  /**
   * Reads what has changed. One reading is under way at a time; calls that come meanwhile share the
   * next one, which begins after all of them.
   */
  private Future<Void> refresh() {
    Promise<Void> read = Promise.promise();
    Future<Void> before;
    synchronized (this) {
      if (waiting != null) {
        return waiting;
      }
      waiting = read.future();
      before = reading;
      reading = read.future();
    }
    before.onComplete(over -> begin(read));
    return read.future();
  }

  private void begin(Promise<Void> read) {
    synchronized (this) {
      waiting = null;
    }
    reader.timeline().compose(this::read).onComplete(read);
  }

  /** In another history, changes that were read may never have happened: all is read again. */
  private Future<Void> read(String now) {
    if (now.equals(timeline)) {
      return reader.read(programs);
    }
    var fresh = new ConcurrentHashMap<String, ProgramCatalogue>();
    return reader
        .read(fresh)
        .onSuccess(
            read -> {
              programs = fresh;
              timeline = now;
            });
  }

  /**
   * Adds to an order what is set up of its goods and its store; returns other commands as they are.
   *
   * <p>The order's own category wins over the catalogue's.
   */
  public Command complete(Command command) {
    return command instanceof Accrue order ? complete(order) : command;
  }

  private Accrue complete(Accrue order) {
    ProgramCatalogue program = programs.get(order.member().programId());
    if (program == null) {
      return order;
    }
    String storeId = order.origin().storeId();
    StoreFacts store = storeId == null ? null : program.store(storeId);
    List<Line> lines = lines(order.lines(), program);
    return store == null && lines == order.lines() ? order : order.with(lines, store);
  }

  /** Returns the very lines when the catalogue has none of their goods. */
  private static List<Line> lines(List<Line> lines, ProgramCatalogue program) {
    Line[] known = null;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      Goods goods = program.goods(line.productId());
      if (goods != null) {
        known = known == null ? lines.toArray(Line[]::new) : known;
        known[i] = known(line, goods);
      }
    }
    return known == null ? lines : List.of(known);
  }

  private static Line known(Line line, Goods goods) {
    return new Line(
        line.lineId(),
        line.productId(),
        line.category() == null ? goods.category() : line.category(),
        line.quantity(),
        line.amount(),
        goods.marginClass(),
        goods.tags());
  }
}
