package points.load.fault.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Answer;
import points.load.fault.history.Call;
import points.load.fault.history.KeySpace;
import points.load.fault.history.Notes;
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
    int kind = random.nextInt(100);
    if (kind < 2) {
      refundFirst(noted(order));
    } else if (kind < 4) {
      buyForOther(noted(order));
    } else if (kind < 5) {
      useOneKey(order);
    } else {
      ask(next(noted(order)), order);
    }
  }

  private void ask(Wish wish, String key) {
    if (hasNoKey(wish)) {
      send(anyNode(), wish, null);
    } else {
      change(sent(wish, key));
    }
  }

  /** Every fifth order has notes. */
  private String noted(String order) {
    return random.nextInt(5) == 0 ? Notes.noted(order) : order;
  }

  /** A third of what tills may ask for is asked by them, the rest by head office. */
  private Sent sent(Wish wish, String key) {
    String till = random.nextInt(3) == 0 ? Tills.of(wish) : null;
    return new Sent(wish, till == null ? key : KeySpace.ofTill(till, key));
  }

  private static boolean hasNoKey(Wish wish) {
    return wish instanceof Wish.Balance || wish instanceof Wish.Join || wish instanceof Wish.Leave;
  }

  /** Three of ten follow from something that was done before. */
  private Wish next(String order) {
    if (!settled.isEmpty() && random.nextInt(100) < 30) {
      Wish wish = next(anySettled(), order);
      if (wish != null) {
        return wish;
      }
    }
    return workload.wishes().next(random, order);
  }

  private @Nullable Wish next(Settled before, String order) {
    int kind = random.nextInt(100);
    if (kind < 25) {
      return workload.wishes().transfer(random, before.wish().memberId());
    }
    boolean isSale = before.wish() instanceof Wish.Accrual && !before.id().isEmpty();
    return isSale && kind < 40
        ? workload.wishes().move(random, before.id(), (Wish.Accrual) before.wish())
        : FollowUps.next(random, before, order);
  }

  private Settled anySettled() {
    return settled.get(random.nextInt(settled.size()));
  }

  /** A refund comes before its sale, or while that comes; of some the sale never comes. */
  private void refundFirst(String order) {
    Wish.Accrual sale = workload.wishes().sale(random, order);
    Wish.Refund refund = FollowUps.early(random, sale, order + "-r");
    int when = random.nextInt(10);
    if (when < 3) {
      meanwhile(new Sent(sale, order), sent(refund, refund.refundId()));
    } else {
      change(sent(refund, refund.refundId()));
      if (when < 7) {
        // Applied after the first, though it is called before it.
        change(sent(FollowUps.early(random, sale, order + "-q"), order + "-q"));
      }
    }
    if (random.nextInt(4) == 0) {
      Sent withdrawal = new Sent(withdrawal(refund), order + "-w");
      if (random.nextBoolean()) {
        change(withdrawal);
      } else {
        meanwhile(new Sent(sale, order), withdrawal);
      }
    }
    if (when < 9) {
      change(new Sent(sale, order));
    }
  }

  private static Wish withdrawal(Wish.Refund refund) {
    return new Wish.Withdrawal(
        refund.memberId(), refund.storeId(), refund.orderId(), refund.refundId());
  }

  /** One pays for what another buys, and parts of it come back, some before that is bought. */
  private void buyForOther(String order) {
    String store = Wishes.store(random);
    Wish payment = workload.wishes().payForOther(random, store, order);
    boolean isPaid = change(sent(payment, order + "-p"));
    if (isPaid && random.nextInt(4) == 0) {
      refund(payment, order + "-e");
    }
    Wish.Accrual sale =
        workload.wishes().sale(random, workload.wishes().member(random), store, order);
    if (change(sent(sale, order))) {
      for (int parts = random.nextInt(4); parts > 0 && !workload.isOver(); parts--) {
        refund(random.nextInt(3) > 0 ? sale : payment, order + "-r" + parts);
      }
    }
  }

  private void refund(Wish sold, String refundId) {
    Wish.Refund refund = FollowUps.refund(random, sold, refundId);
    if (refund != null) {
      change(sent(refund, refundId));
    }
  }

  /** Tills of two stores use one key, each for something of its own, and head office does, too. */
  private void useOneKey(String key) {
    List<Sent> all = new ArrayList<>();
    for (String store : Wishes.STORES) {
      Wish sale =
          workload
              .wishes()
              .sale(random, workload.wishes().member(random), store, noted(key + "-" + store));
      all.add(new Sent(sale, KeySpace.ofTill(store, key)));
    }
    all.add(new Sent(workload.wishes().probe(key), key));
    meanwhile(all.get(0), all.get(1));
    change(all.get(0));
    change(all.get(2));
  }

  /** Does one thing while the other is sent to another node, once. */
  private void meanwhile(Sent other, Sent sent) {
    CompletableFuture<Call> meanwhile = sendMeanwhile(anyNode(), other);
    change(sent);
    meanwhile.join();
  }

  /** Does not wait, but for the last things that are wanted. */
  private CompletableFuture<Call> sendMeanwhile(Target node, Sent sent) {
    Supplier<Call> sending = () -> send(node, sent.wish(), sent.key());
    try {
      return CompletableFuture.supplyAsync(sending, workload::run);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(sending.get());
    }
  }

  /** Whether it is done. */
  private boolean change(Sent sent) {
    boolean isTwin = random.nextInt(100) < 3;
    Target node = anyNode();
    CompletableFuture<Call> twin = isTwin ? sendMeanwhile(otherThan(node), sent) : null;
    boolean isDone = isDone(sent, node);
    if (twin != null) {
      twin.join();
    }
    if (random.nextInt(100) < 6) {
      send(anyNode(), sent.wish(), sent.key());
    }
    if (!settled.isEmpty() && random.nextInt(100) < 3) {
      Settled old = anySettled();
      send(anyNode(), old.wish(), old.key());
    }
    return isDone;
  }

  /** Asks until that is known, or for as long as callers have patience. */
  private boolean isDone(Sent sent, Target first) {
    Target node = first;
    for (int tries = 1; ; tries++) {
      Answer answer = send(node, sent.wish(), sent.key()).answer();
      if (answer instanceof Answer.Acknowledged || answer instanceof Answer.Refused) {
        workload.wishes().guests().settle(sent.wish());
      }
      if (answer instanceof Answer.Acknowledged done) {
        remember(Settled.of(sent.wish(), sent.key(), done.body()));
        return true;
      }
      if (answer instanceof Answer.Refused || workload.patienceIsOver()) {
        return false;
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
