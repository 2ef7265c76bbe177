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
import points.load.fault.history.Operation;
import points.load.fault.history.OrderMetadata;
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
  private record Sent(Operation operation, String key) {}

  private final Workload workload;
  private final String name;
  private final Random random;
  private final List<CompletedOperation> settled = new ArrayList<>();
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
        send(anyNode(), workload.operations().look(random), null);
      }
    }
  }

  private void want() {
    String order = workload.operations().prefix() + "-" + name + "-" + ++orders;
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

  private void ask(Operation operation, String key) {
    if (hasNoKey(operation)) {
      send(anyNode(), operation, null);
    } else {
      change(sent(operation, key));
    }
  }

  /** Every fifth order has notes. */
  private String noted(String order) {
    return random.nextInt(5) == 0 ? OrderMetadata.noted(order) : order;
  }

  /** A third of what tills may ask for is asked by them, the rest by head office. */
  private Sent sent(Operation operation, String key) {
    String till = random.nextInt(3) == 0 ? TillOperations.of(operation) : null;
    return new Sent(operation, till == null ? key : KeySpace.ofTill(till, key));
  }

  private static boolean hasNoKey(Operation operation) {
    return operation instanceof Operation.Balance
        || operation instanceof Operation.Join
        || operation instanceof Operation.Leave;
  }

  /** Three of ten follow from something that was done before. */
  private Operation next(String order) {
    if (!settled.isEmpty() && random.nextInt(100) < 30) {
      Operation operation = next(anySettled(), order);
      if (operation != null) {
        return operation;
      }
    }
    return workload.operations().next(random, order);
  }

  private @Nullable Operation next(CompletedOperation before, String order) {
    int kind = random.nextInt(100);
    if (kind < 25) {
      return workload.operations().transfer(random, before.operation().memberId());
    }
    boolean isSale = before.operation() instanceof Operation.Accrual && !before.id().isEmpty();
    return isSale && kind < 40
        ? workload.operations().move(random, before.id(), (Operation.Accrual) before.operation())
        : FollowUpOperations.next(random, before, order);
  }

  private CompletedOperation anySettled() {
    return settled.get(random.nextInt(settled.size()));
  }

  /** A refund comes before its sale, or while that comes; of some the sale never comes. */
  private void refundFirst(String order) {
    Operation.Accrual sale = workload.operations().sale(random, order);
    Operation.Refund refund = FollowUpOperations.early(random, sale, order + "-r");
    int when = random.nextInt(10);
    if (when < 3) {
      meanwhile(new Sent(sale, order), sent(refund, refund.refundId()));
    } else {
      change(sent(refund, refund.refundId()));
      if (when < 7) {
        // Applied after the first, though it is called before it.
        change(sent(FollowUpOperations.early(random, sale, order + "-q"), order + "-q"));
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

  private static Operation withdrawal(Operation.Refund refund) {
    return new Operation.Withdrawal(
        refund.memberId(), refund.storeId(), refund.orderId(), refund.refundId());
  }

  /** One pays for what another buys, and parts of it come back, some before that is bought. */
  private void buyForOther(String order) {
    String store = OperationGenerator.store(random);
    Operation payment = workload.operations().payForOther(random, store, order);
    boolean isPaid = change(sent(payment, order + "-p"));
    if (isPaid && random.nextInt(4) == 0) {
      refund(payment, order + "-e");
    }
    Operation.Accrual sale =
        workload.operations().sale(random, workload.operations().member(random), store, order);
    if (change(sent(sale, order))) {
      for (int parts = random.nextInt(4); parts > 0 && !workload.isOver(); parts--) {
        refund(random.nextInt(3) > 0 ? sale : payment, order + "-r" + parts);
      }
    }
  }

  private void refund(Operation sold, String refundId) {
    Operation.Refund refund = FollowUpOperations.refund(random, sold, refundId);
    if (refund != null) {
      change(sent(refund, refundId));
    }
  }

  /** Tills of two stores use one key, each for something of its own, and head office does, too. */
  private void useOneKey(String key) {
    List<Sent> all = new ArrayList<>();
    for (String store : OperationGenerator.STORES) {
      Operation sale =
          workload
              .operations()
              .sale(random, workload.operations().member(random), store, noted(key + "-" + store));
      all.add(new Sent(sale, KeySpace.ofTill(store, key)));
    }
    all.add(new Sent(workload.operations().probe(key), key));
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
    Supplier<Call> sending = () -> send(node, sent.operation(), sent.key());
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
      send(anyNode(), sent.operation(), sent.key());
    }
    if (!settled.isEmpty() && random.nextInt(100) < 3) {
      CompletedOperation old = anySettled();
      send(anyNode(), old.operation(), old.key());
    }
    return isDone;
  }

  /** Asks until that is known, or for as long as callers have patience. */
  private boolean isDone(Sent sent, Target first) {
    Target node = first;
    for (int tries = 1; ; tries++) {
      Answer answer = send(node, sent.operation(), sent.key()).answer();
      if (answer instanceof Answer.Acknowledged || answer instanceof Answer.Refused) {
        workload.operations().guests().settle(sent.operation());
      }
      if (answer instanceof Answer.Acknowledged done) {
        remember(CompletedOperation.of(sent.operation(), sent.key(), done.body()));
        return true;
      }
      if (answer instanceof Answer.Refused || workload.patienceIsOver()) {
        return false;
      }
      Shell.pause(Duration.ofMillis(random.nextLong(20, 60L + 60L * Math.min(tries, 10))));
      node = otherThan(node);
    }
  }

  private void remember(CompletedOperation done) {
    if (settled.size() < REMEMBERED) {
      settled.add(done);
    } else {
      settled.set(random.nextInt(REMEMBERED), done);
    }
  }

  /** Some hang up before a gateway in trouble gets to say so. */
  private Call send(Target node, Operation operation, @Nullable String key) {
    Duration patience = random.nextInt(5) == 0 ? SHORT : LONG;
    return workload
        .history()
        .record(
            name, node.name(), operation, key, () -> workload.send(node, operation, key, patience));
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
