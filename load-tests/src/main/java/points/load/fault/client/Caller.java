package points.load.fault.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.Wish;
import points.load.fault.net.Shell;

/**
 * One caller, who sends one thing after the other. What is not settled is sent again with the same
 * key, to another node, until it is or the callers' patience ends. Some things are sent again
 * though they are settled, at once or later, and some to two nodes at the same time.
 */
final class Caller implements Runnable {
  private static final Duration LONG = Duration.ofSeconds(8);
  private static final Duration SHORT = Duration.ofMillis(1_500);
  private static final int REMEMBERED = 50;

  /** What is asked for with a key. */
  private record Sent(Wish wish, String key) {}

  private final Workload workload;
  private final String name;
  private final Random random;
  private final List<Settled> settled = new ArrayList<>();
  private int orders;

  Caller(Workload workload, String name, long seed) {
    this.workload = workload;
    this.name = name;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    while (!workload.isOver()) {
      Shell.pause(Duration.ofMillis(random.nextLong(workload.thinkMs() + 1)));
      if (workload.appetite() == Workload.Appetite.EVERYTHING) {
        want();
      } else if (workload.appetite() == Workload.Appetite.LOOKS) {
        send(anyNode(), workload.wishes().look(random), null);
      }
    }
  }

  private void want() {
    String order = workload.wishes().prefix() + "-" + name + "-" + ++orders;
    if (random.nextInt(100) < 2) {
      refundFirst(order);
      return;
    }
    Wish wish = next(order);
    if (hasNoKey(wish)) {
      send(anyNode(), wish, null);
    } else {
      change(new Sent(wish, order));
    }
  }

  private static boolean hasNoKey(Wish wish) {
    return wish instanceof Wish.Balance || wish instanceof Wish.Join || wish instanceof Wish.Leave;
  }

  /** Three of ten follow from something that was done before. */
  private Wish next(String order) {
    if (!settled.isEmpty() && random.nextInt(100) < 30) {
      Settled before = anySettled();
      Wish wish =
          random.nextInt(100) < 25
              ? workload.wishes().transfer(random, before.wish().memberId())
              : FollowUps.next(random, before, order);
      if (wish != null) {
        return wish;
      }
    }
    return workload.wishes().next(random, order);
  }

  private Settled anySettled() {
    return settled.get(random.nextInt(settled.size()));
  }

  /** A refund comes before its sale, or while that comes; of some the sale never comes. */
  private void refundFirst(String order) {
    Wish.Accrual sale = workload.wishes().sale(random, order);
    Sent refund = early(sale, order + "-r");
    int when = random.nextInt(10);
    if (when < 3) {
      Target node = anyNode();
      CompletableFuture<Call> meanwhile =
          CompletableFuture.supplyAsync(() -> send(node, sale, order), workload::run);
      change(refund);
      meanwhile.join();
    } else {
      change(refund);
      if (when < 7) {
        change(early(sale, order + "-q")); // applied after the first, though it is called before it
      }
    }
    if (when < 9) {
      change(new Sent(sale, order));
    }
  }

  private Sent early(Wish.Accrual sale, String refundId) {
    return new Sent(FollowUps.early(random, sale, refundId), refundId);
  }

  private void change(Sent sent) {
    boolean isTwin = random.nextInt(100) < 3;
    Target node = anyNode();
    if (isTwin) {
      Target other = otherThan(node);
      CompletableFuture<Call> twin =
          CompletableFuture.supplyAsync(() -> send(other, sent.wish(), sent.key()), workload::run);
      untilSettled(sent, node);
      twin.join();
    } else {
      untilSettled(sent, node);
    }
    if (random.nextInt(100) < 6) {
      send(anyNode(), sent.wish(), sent.key());
    }
    if (!settled.isEmpty() && random.nextInt(100) < 3) {
      Settled old = anySettled();
      send(anyNode(), old.wish(), old.key());
    }
  }

  private void untilSettled(Sent sent, Target first) {
    Target node = first;
    for (int tries = 1; ; tries++) {
      Answer answer = send(node, sent.wish(), sent.key()).answer();
      if (answer instanceof Answer.Acknowledged || answer instanceof Answer.Refused) {
        workload.wishes().guests().settle(sent.wish());
      }
      if (answer instanceof Answer.Acknowledged done) {
        remember(Settled.of(sent.wish(), sent.key(), done.body()));
        return;
      }
      if (answer instanceof Answer.Refused || workload.patienceIsOver()) {
        return;
      }
      Shell.pause(Duration.ofMillis(random.nextLong(20, 60L + 60L * Math.min(tries, 10))));
      node = otherThan(node);
    }
  }

  private void remember(Settled done) {
    if (settled.size() < REMEMBERED) {
      settled.add(done);
    } else {
      settled.set(random.nextInt(REMEMBERED), done);
    }
  }

  /** Some hang up before a gateway in trouble gets to say so. */
  private Call send(Target node, Wish wish, @Nullable String key) {
    Duration patience = random.nextInt(5) == 0 ? SHORT : LONG;
    return workload
        .history()
        .record(name, node.name(), wish, key, () -> workload.send(node, wish, key, patience));
  }

  private Target anyNode() {
    List<Target> nodes = workload.nodes();
    return nodes.get(random.nextInt(nodes.size()));
  }

  private Target otherThan(Target node) {
    List<Target> nodes = workload.nodes();
    int step = nodes.size() == 1 ? 0 : 1 + random.nextInt(nodes.size() - 1);
    return nodes.get((nodes.indexOf(node) + step) % nodes.size());
  }
}
