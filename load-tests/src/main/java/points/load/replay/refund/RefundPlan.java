package points.load.replay.refund;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import points.load.model.Entry.Order;
import points.load.replay.receipt.Receipt;

/**
 * The refunds of a run: one to four of each chosen receipt.
 *
 * <p>Each is by lines, by an amount or of all that is left. The same seed and share choose the same
 * refunds of the same receipts, so that a second run asks for the same again. A larger share
 * chooses those of a smaller one and more.
 *
 * @param refunds in the order in which they are asked for
 */
public record RefundPlan(List<Refund> refunds) {
  /** Nothing is brought back. */
  static final RefundPlan NONE = new RefundPlan(List.of());

  private static final int PARTS_MAX = 4;

  /** One in so many of the chosen receipts has refunds that come before their sale. */
  private static final int EARLY_ONE_IN = 5;

  /** One in so many is taken back in another store than sold, where that may be. */
  private static final int ELSEWHERE_ONE_IN = 4;

  /** A refund and where it stands among all others. */
  private record Placed(double place, Refund refund) {}

  /**
   * Makes a plan.
   *
   * @param share of the receipts, from 0 to 1
   */
  public static RefundPlan of(List<Receipt> receipts, double share, long seed) {
    List<Placed> placed = new ArrayList<>();
    for (Receipt receipt : receipts) {
      Random random = new Random(seed * 31 + receipt.order().hashCode());
      random.nextInt(); // the first of neighbouring seeds are alike
      if (random.nextDouble() < share) {
        placed.addAll(place(random, new Return(receipt, random, seed).parts()));
      }
    }
    return new RefundPlan(
        placed.stream()
            .sorted(Comparator.comparingDouble(Placed::place))
            .map(Placed::refund)
            .toList());
  }

  /** Returns the same plan, with some refunds made in a store other than the one that sold. */
  public RefundPlan elsewhere(List<Receipt> receipts) {
    List<String> stores = receipts.stream().map(Receipt::storeId).distinct().sorted().toList();
    return new RefundPlan(refunds.stream().map(refund -> elsewhere(refund, stores)).toList());
  }

  private static Refund elsewhere(Refund refund, List<String> stores) {
    Random random = new Random(refund.key().hashCode());
    random.nextInt();
    String store = stores.get(random.nextInt(stores.size()));
    return random.nextInt(ELSEWHERE_ONE_IN) > 0 || store.equals(refund.receipt().storeId())
        ? refund
        : new Refund(
            refund.receipt(), refund.refundId(), refund.what(), Optional.of(store), refund.early());
  }

  /** Returns whether any refund is made in a store other than the one that sold. */
  public boolean isElsewhere() {
    return refunds.stream().anyMatch(refund -> refund.store().isPresent());
  }

  /** Anywhere among those of other receipts, but those of one in their order. */
  private static List<Placed> place(Random random, List<Refund> refunds) {
    double[] places = random.doubles(refunds.size()).sorted().toArray();
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      placed.add(new Placed(places[i], refunds.get(i)));
    }
    return placed;
  }

  /** Returns the refunds that are sent before their sale. */
  public List<Refund> early() {
    return chosen(Refund::early);
  }

  /** Returns the refunds that are sent after their sale. */
  public List<Refund> later() {
    return chosen(refund -> !refund.early());
  }

  private List<Refund> chosen(Predicate<Refund> which) {
    return refunds.stream().filter(which).toList();
  }

  public Map<Order, List<Refund>> byOrder() {
    return refunds.stream().collect(Collectors.groupingBy(refund -> refund.receipt().order()));
  }

  /** Chooses the refunds of one receipt, one after the other. */
  private static final class Return {
    private final Receipt receipt;
    private final Random random;
    private final long seed;
    private final long[] left;
    private final boolean early;
    private long unnamed;
    private final List<Refund> parts = new ArrayList<>();

    Return(Receipt receipt, Random random, long seed) {
      this.receipt = receipt;
      this.random = random;
      this.seed = seed;
      this.left = receipt.lines().stream().mapToLong(Receipt.Line::amount).toArray();
      this.early = random.nextInt(EARLY_ONE_IN) == 0;
    }

    List<Refund> parts() {
      int wanted = 1 + random.nextInt(PARTS_MAX);
      while (parts.size() < wanted && rest() > 0) {
        // Refunds that wait for their sale may be applied in any order: by lines, that is the same.
        add(early ? ofLines() : any());
      }
      return parts;
    }

    /** Money that comes back without a name leaves every line there, as long as there is enough. */
    private long rest() {
      return Arrays.stream(left).sum() - unnamed;
    }

    private void add(Refund.What what) {
      boolean first = parts.isEmpty();
      boolean beforeItsSale = early && (first || random.nextBoolean());
      String refundId = "R%d-%d".formatted(seed, parts.size() + 1);
      parts.add(new Refund(receipt, refundId, what, Optional.empty(), beforeItsSale));
    }

    private Refund.What any() {
      int kind = random.nextInt(10);
      if (kind < 2) {
        unnamed += rest();
        return new Refund.Whole();
      }
      return kind < 5 ? ofAmount() : ofLines();
    }

    private Refund.What ofAmount() {
      long amount = upTo(rest());
      unnamed += amount;
      return new Refund.OfAmount(amount);
    }

    private Refund.What ofLines() {
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < left.length; i++) {
        if (left[i] > 0) {
          places.add(i);
        }
      }
      Collections.shuffle(places, random);
      TreeMap<Integer, Long> amounts = new TreeMap<>();
      for (int place : places.subList(0, 1 + random.nextInt(places.size()))) {
        long most = Math.min(left[place], rest());
        if (most > 0) {
          long amount = random.nextBoolean() ? most : upTo(most);
          left[place] -= amount;
          amounts.put(place, amount);
        }
      }
      return new Refund.OfLines(amounts);
    }

    private long upTo(long most) {
      return random.nextLong(1, most + 1);
    }
  }
}
