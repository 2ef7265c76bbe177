package points.load.concurrent;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Runs work on a few event loops, in order for each key. Each loop has its own keys and its own
 * share of the work in flight, so the calls on one member follow each other without a lock.
 */
public final class KeyOrderedExecutor {
  private final List<Context> loops;
  private final int inFlightPerLoop;

  private KeyOrderedExecutor(List<Context> loops, int inFlight) {
    this.loops = loops;
    this.inFlightPerLoop = Math.max(1, inFlight / loops.size());
  }

  /** Starts the event loops, with a limit of work in flight over all of them. */
  public static Future<KeyOrderedExecutor> open(Vertx vertx, int loops, int inFlight) {
    List<Loop> opening = IntStream.range(0, loops).mapToObj(i -> new Loop()).toList();
    return Future.all(opening.stream().map(vertx::deployVerticle).toList())
        .map(all -> new KeyOrderedExecutor(opening.stream().map(Loop::context).toList(), inFlight));
  }

  /** Does the work for each item; items of one key one after the other, as they are given. */
  public <T> Future<Void> each(
      List<T> items, Function<T, String> key, Function<T, Future<Void>> work) {
    List<List<T>> shares = new ArrayList<>();
    loops.forEach(loop -> shares.add(new ArrayList<>()));
    for (T item : items) {
      shares.get(Math.floorMod(key.apply(item).hashCode(), loops.size())).add(item);
    }
    List<Future<Void>> parts = new ArrayList<>();
    for (int i = 0; i < loops.size(); i++) {
      Promise<Void> part = Promise.promise();
      List<T> share = shares.get(i);
      loops
          .get(i)
          .runOnContext(
              start -> KeyOrderedQueue.run(share, key, inFlightPerLoop, work).onComplete(part));
      parts.add(part.future());
    }
    return Future.join(parts).mapEmpty();
  }

  /** Exists for its event loop. */
  private static final class Loop extends VerticleBase {
    Context context() {
      return context;
    }
  }
}
