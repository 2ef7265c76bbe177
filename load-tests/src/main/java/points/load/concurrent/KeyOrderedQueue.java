package points.load.concurrent;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Works through items, many at a time, but items of one key one after the other in their given
 * order. Among the keys that are ready, the one whose next item stands first is next, so the items
 * keep roughly their order over all keys. After a failure no more items are begun. It belongs to
 * one event loop.
 */
final class KeyOrderedQueue<T> {
  private record Item<T>(int place, T value) {}

  private final int inFlightMax;
  private final Function<T, Future<Void>> work;

  /** The rest of the items of a key; its head is the next to begin, or has been begun. */
  private final PriorityQueue<Queue<Item<T>>> ready =
      new PriorityQueue<>(Comparator.comparingInt(KeyOrderedQueue::nextPlace));

  private final Promise<Void> end = Promise.promise();
  private int inFlight;
  private boolean filling;
  private @Nullable Throwable failure;

  private KeyOrderedQueue(int inFlightMax, Function<T, Future<Void>> work) {
    this.inFlightMax = inFlightMax;
    this.work = work;
  }

  /**
   * Ends when all items are done, or with the first failure once nothing is in flight any more.
   *
   * @param inFlightMax the most items in flight, at least 1
   */
  static <T> Future<Void> run(
      List<T> items, Function<T, String> key, int inFlightMax, Function<T, Future<Void>> work) {
    KeyOrderedQueue<T> order = new KeyOrderedQueue<>(inFlightMax, work);
    Map<String, Queue<Item<T>>> byKey = new HashMap<>();
    for (int place = 0; place < items.size(); place++) {
      T value = items.get(place);
      byKey
          .computeIfAbsent(key.apply(value), it -> new ArrayDeque<>(2))
          .add(new Item<>(place, value));
    }
    order.ready.addAll(byKey.values());
    order.fill();
    return order.end.future();
  }

  /** A loop and not a recursion, because work may be done by the time it is begun. */
  private void fill() {
    if (filling) {
      return;
    }
    filling = true;
    while (failure == null && inFlight < inFlightMax && !ready.isEmpty()) {
      begin(ready.remove());
    }
    filling = false;
    if (inFlight == 0) {
      if (failure == null) {
        end.tryComplete();
      } else {
        end.tryFail(failure);
      }
    }
  }

  private void begin(Queue<Item<T>> queue) {
    inFlight++;
    work.apply(queue.remove().value())
        .onComplete(
            done -> {
              inFlight--;
              if (done.failed() && failure == null) {
                failure = done.cause();
              }
              if (!queue.isEmpty()) {
                ready.add(queue);
              }
              fill();
            });
  }

  private static <T> int nextPlace(Queue<Item<T>> queue) {
    return queue.element().place();
  }
}
