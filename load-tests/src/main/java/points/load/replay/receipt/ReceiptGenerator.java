package points.load.replay.receipt;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Makes up receipts of a chain that does not exist but sells like one.
 *
 * <p>It has few large stores and many small ones, few members that come often and mostly go to
 * their own store, small baskets and a few large ones. Uses only arithmetic that the Java
 * specification defines to the bit, so a plan makes the same receipts on every machine.
 */
public final class ReceiptGenerator {
  private static final double STORE_EXPONENT = 0.7;
  private static final double VISIT_EXPONENT = 0.3;
  private static final double OWN_STORE_SHARE = 0.85;
  private static final double FUEL_SHARE = 0.03;
  private static final int LINES_MAX = 40;

  private final ChainPlan plan;
  private final Random random;
  private final Assortment assortment;
  private final OpeningHours hours;
  private final ZipfDistribution stores;
  private final ZipfDistribution visits;
  private final int[] ownStore;

  private ReceiptGenerator(ChainPlan plan) {
    this.plan = plan;
    this.random = new Random(plan.seed());
    this.assortment = new Assortment(random);
    this.hours = new OpeningHours(plan);
    this.stores = new ZipfDistribution(plan.stores(), STORE_EXPONENT);
    this.visits = new ZipfDistribution(plan.members(), VISIT_EXPONENT);
    this.ownStore = new int[plan.members()];
    for (int member = 0; member < ownStore.length; member++) {
      ownStore[member] = stores.next(random);
    }
  }

  /** Makes the receipts of a plan, in the order of their times. */
  public static List<Receipt> of(ChainPlan plan) {
    return new ReceiptGenerator(plan).receipts();
  }

  private List<Receipt> receipts() {
    List<OffsetDateTime> times = new ArrayList<>(plan.receipts());
    for (int i = 0; i < plan.receipts(); i++) {
      times.add(hours.next(random));
    }
    times.sort(Comparator.naturalOrder());
    List<Receipt> receipts = new ArrayList<>(plan.receipts());
    String prefix = plan.receiptPrefix();
    for (OffsetDateTime soldAt : times) {
      receipts.add(receipt(prefix + (receipts.size() + 1), soldAt));
    }
    return receipts;
  }

  private Receipt receipt(String receiptId, OffsetDateTime soldAt) {
    int member = visits.next(random);
    boolean own = random.nextDouble() < OWN_STORE_SHARE;
    int store = own ? ownStore[member] : stores.next(random);
    return new Receipt(
        receiptId, "M%07d".formatted(member + 1), "S%04d".formatted(store + 1), soldAt, basket());
  }

  private List<Receipt.Line> basket() {
    if (random.nextDouble() < FUEL_SHARE) {
      return List.of(assortment.fuel(random));
    }
    int lines = 1 + (int) StrictMath.exp(0.9 + 0.8 * random.nextGaussian());
    List<Receipt.Line> basket = new ArrayList<>();
    for (int i = 0; i < Math.min(lines, LINES_MAX); i++) {
      basket.add(assortment.pick(random));
    }
    return basket;
  }
}
