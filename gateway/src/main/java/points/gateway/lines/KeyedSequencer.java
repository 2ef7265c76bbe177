package points.gateway.lines;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs that share a key one after the other, in the order of their arrival.
 *
 * <p>Jobs without a common key run at the same time. Not thread-safe.
 */
final class KeyedSequencer {

  private final Map<String, Future<?>> last = new HashMap<>();
  private @Nullable Future<?> lastOfAll;

  /**
   * Runs a job after all earlier jobs that share a key with it.
   *
   * @param names the job's keys; none when they are not known: it then runs alone
   */
  <T> Future<T> submit(Set<String> names, Supplier<Future<T>> job) {
    List<Future<?>> before = before(names);
    Promise<Void> over = Promise.promise();
    Future<Void> mine = over.future();
    if (names.isEmpty()) {
      last.clear(); // the next job waits for this one, and so for all before it
      lastOfAll = mine;
    }
    names.forEach(name -> last.put(name, mine));
    Future<T> done =
        before.isEmpty() ? job.get() : Future.join(before).transform(whatever -> job.get());
    return done.onComplete(
        whatever -> {
          names.forEach(name -> last.remove(name, mine));
          if (lastOfAll == mine) {
            lastOfAll = null;
          }
          over.complete();
        });
  }

  private List<Future<?>> before(Set<String> names) {
    var before = new ArrayList<Future<?>>(2);
    if (lastOfAll != null) {
      before.add(lastOfAll);
    }
    if (names.isEmpty()) {
      before.addAll(last.values());
    }
    for (String name : names) {
      Future<?> other = last.get(name);
      if (other != null) {
        before.add(other);
      }
    }
    return before;
  }
}
