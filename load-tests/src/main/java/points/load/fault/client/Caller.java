package points.load.fault.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Call;
import points.load.fault.history.KeySpace;
import points.load.fault.history.Operation;
import points.load.fault.history.OrderMetadata;
import points.load.fault.history.RecordedAnswer;
import points.load.process.Shell;

/**
 * One caller that sends one operation after the other. An operation without a definite answer is
 * sent again with the same key to another node, until it has one or the workload gives up. Some
 * operations are sent again although they have one, at once or later, and some go to two nodes at
 * the same time.
 */
final class Caller implements Runnable {
  private static final Duration LONG = Duration.ofSeconds(8);
  private static final Duration SHORT = Duration.ofMillis(1_500);
  private static final int REMEMBERED_MAX = 50;

  private record KeyedOperation(Operation operation, String key) {}

  private final Workload workload;
  private final OperationGenerator generator;
  private final String name;
  private final Random random;
  private final List<CompletedOperation> completed = new ArrayList<>();
  private int orders;

  Caller(Workload workload, String name, long seed) {
    this.workload = workload;
    this.generator = workload.generator();
    this.name = name;
    this.random = new Random(seed);
  }

  @Override
  public void run() {
    while (!workload.isOver()) {
      Shell.pause(Duration.ofMillis(random.nextLong(workload.thinkMs() + 1)));
      if (workload.demand() == Workload.Demand.EVERYTHING) {
        operate();
      } else if (workload.demand() == Workload.Demand.READS) {
        send(anyNode(), generator.read(random), null);
      }
    }
  }

  private void operate() {
    String order = generator.prefix() + "-" + name + "-" + ++orders;
    int kind = random.nextInt(100);
    if (kind < 2) {
      refundFirst(numbered(order));
    } else if (kind < 4) {
      buyForOther(numbered(order));
    } else if (kind < 5) {
      useOneKey(order);
    } else {
      Operation operation = next(numbered(order));
      if (hasNoKey(operation)) {
        send(anyNode(), operation, null);
      } else {
        change(keyed(operation, order));
      }
    }
  }

  /** The number of an order; every fifth has metadata. */
  private String numbered(String order) {
    return random.nextInt(5) == 0 ? OrderMetadata.orderWithMetadata(order) : order;
  }

  /** Lets tills send a third of the operations that they may send; head office sends the rest. */
  private KeyedOperation keyed(Operation operation, String key) {
    String store = random.nextInt(3) == 0 ? storeOfTill(operation) : null;
    return new KeyedOperation(operation, store == null ? key : KeySpace.ofTill(store, key));
  }

  /** The store whose tills may send an operation; null when only head office may. */
  private static @Nullable String storeOfTill(Operation operation) {
    if (operation instanceof Operation.Refund refund && refund.refundStoreId() != null) {
      return refund.refundStoreId();
    }
    return operation instanceof Operation.OfOrder order
            && !(operation instanceof Operation.Withdrawal)
        ? order.storeId()
        : null;
  }

  private static boolean hasNoKey(Operation operation) {
    return operation instanceof Operation.Balance
        || operation instanceof Operation.Join
        || operation instanceof Operation.Leave;
  }

  /** Three of ten operations follow from one that was done before. */
  private Operation next(String order) {
    if (!completed.isEmpty() && random.nextInt(100) < 30) {
      Operation operation = next(anyCompleted(), order);
      if (operation != null) {
        return operation;
      }
    }
    return generator.next(random, order);
  }

  private @Nullable Operation next(CompletedOperation before, String order) {
    int kind = random.nextInt(100);
    if (kind < 25) {
      return generator.transfer(random, before.operation().memberId());
    }
    return before.operation() instanceof Operation.Accrual sale
            && !before.id().isEmpty()
            && kind < 40
        ? generator.move(random, before.id(), sale)
        : FollowUpOperations.next(random, before, order);
  }

  private CompletedOperation anyCompleted() {
    return completed.get(random.nextInt(completed.size()));
  }

  /** Sends a refund before its sale, or at the same time; some sales never come. */
  private void refundFirst(String order) {
    Operation.Accrual sale = generator.sale(random, order);
    Operation.Refund refund = FollowUpOperations.early(random, sale, order + "-r");
    KeyedOperation ofSale = new KeyedOperation(sale, order);
    int when = random.nextInt(10);
    if (when < 3) {
      changeMeanwhile(ofSale, keyed(refund, refund.refundId()));
    } else {
      change(keyed(refund, refund.refundId()));
      if (when < 7) {
        // This one sorts before the first by its name, but has to be applied after it.
        change(keyed(FollowUpOperations.early(random, sale, order + "-q"), order + "-q"));
      }
    }
    if (random.nextInt(4) == 0) {
      KeyedOperation withdrawal = new KeyedOperation(withdrawal(refund), order + "-w");
      if (random.nextBoolean()) {
        change(withdrawal);
      } else {
        changeMeanwhile(ofSale, withdrawal);
      }
    }
    if (when < 9) {
      change(ofSale);
    }
  }

  private static Operation withdrawal(Operation.Refund refund) {
    return new Operation.Withdrawal(
        refund.memberId(), refund.storeId(), refund.orderId(), refund.refundId());
  }

  /** One member pays for the order of another; parts are returned, some before it is booked. */
  private void buyForOther(String order) {
    String store = OperationGenerator.store(random);
    Operation payment = generator.payForOther(random, store, order);
    boolean isPaid = change(keyed(payment, order + "-p"));
    if (isPaid && random.nextInt(4) == 0) {
      refund(payment, order + "-e");
    }
    Operation.Accrual sale = generator.sale(random, generator.member(random), store, order);
    if (change(keyed(sale, order))) {
      for (int parts = random.nextInt(4); parts > 0 && !workload.isOver(); parts--) {
        refund(random.nextInt(3) > 0 ? sale : payment, order + "-r" + parts);
      }
    }
  }

  private void refund(Operation sold, String refundId) {
    Operation.Refund refund = FollowUpOperations.refund(random, sold, refundId);
    if (refund != null) {
      change(keyed(refund, refundId));
    }
  }

  /** Tills of two stores and head office use the same key, each for an operation of its own. */
  private void useOneKey(String key) {
    List<KeyedOperation> all = new ArrayList<>();
    for (String store : OperationGenerator.STORES) {
      Operation sale =
          generator.sale(random, generator.member(random), store, numbered(key + "-" + store));
      all.add(new KeyedOperation(sale, KeySpace.ofTill(store, key)));
    }
    all.add(new KeyedOperation(generator.probe(key), key));
    changeMeanwhile(all.get(0), all.get(1));
    change(all.get(0));
    change(all.get(2));
  }

  /** Sends one operation once, to any node, while another is changed. */
  private void changeMeanwhile(KeyedOperation other, KeyedOperation operation) {
    CompletableFuture<Call> meanwhile = sendMeanwhile(anyNode(), other);
    change(operation);
    meanwhile.join();
  }

  /** Does not wait, except when the workload has ended already. */
  private CompletableFuture<Call> sendMeanwhile(NodeAddress node, KeyedOperation it) {
    Supplier<Call> sending = () -> send(node, it.operation(), it.key());
    try {
      return CompletableFuture.supplyAsync(sending, workload::run);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(sending.get());
    }
  }

  /** Sends a change until it is done or refused, and returns whether it is done. */
  private boolean change(KeyedOperation it) {
    boolean isTwin = random.nextInt(100) < 3;
    NodeAddress node = anyNode();
    CompletableFuture<Call> twin = isTwin ? sendMeanwhile(otherThan(node), it) : null;
    boolean isDone = isDone(it, node);
    if (twin != null) {
      twin.join();
    }
    if (random.nextInt(100) < 6) {
      send(anyNode(), it.operation(), it.key());
    }
    if (!completed.isEmpty() && random.nextInt(100) < 3) {
      CompletedOperation old = anyCompleted();
      send(anyNode(), old.operation(), old.key());
    }
    return isDone;
  }

  private boolean isDone(KeyedOperation it, NodeAddress first) {
    NodeAddress node = first;
    for (int tries = 1; ; tries++) {
      RecordedAnswer answer = send(node, it.operation(), it.key()).answer();
      if (answer instanceof RecordedAnswer.Acknowledged
          || answer instanceof RecordedAnswer.Refused) {
        generator.temporary().onAnswered(it.operation());
      }
      if (answer instanceof RecordedAnswer.Acknowledged done) {
        remember(CompletedOperation.of(it.operation(), it.key(), done.body()));
        return true;
      }
      if (answer instanceof RecordedAnswer.Refused || workload.hasGivenUp()) {
        return false;
      }
      Shell.pause(Duration.ofMillis(random.nextLong(20, 60L + 60L * Math.min(tries, 10))));
      node = otherThan(node);
    }
  }

  private void remember(CompletedOperation done) {
    if (completed.size() < REMEMBERED_MAX) {
      completed.add(done);
    } else {
      completed.set(random.nextInt(REMEMBERED_MAX), done);
    }
  }

  /** Sends once. Every fifth call hangs up before a gateway in trouble can say so. */
  private Call send(NodeAddress node, Operation operation, @Nullable String key) {
    Duration patience = random.nextInt(5) == 0 ? SHORT : LONG;
    return workload.send(name, node, operation, key, patience);
  }

  private NodeAddress anyNode() {
    List<NodeAddress> nodes = workload.nodes();
    return nodes.get(random.nextInt(nodes.size()));
  }

  private NodeAddress otherThan(NodeAddress node) {
    List<NodeAddress> nodes = workload.nodes();
    int step = nodes.size() == 1 ? 0 : 1 + random.nextInt(nodes.size() - 1);
    return nodes.get((nodes.indexOf(node) + step) % nodes.size());
  }
}
