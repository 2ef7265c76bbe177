package points.load.simulation;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Whoever comes next: which member at which store, and with what order should it be a write. */
final class Callers implements Iterator<Map<String, Object>> {
  private static final int AMOUNT_MAX = 50_000;
  private static final int SPENT_MAX = 200;

  private final Cast cast;
  private final int hotPercent;
  private final Random random = new Random(1);
  private long orders;

  Callers(Cast cast, int hotPercent) {
    this.cast = cast;
    this.hotPercent = hotPercent;
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public Map<String, Object> next() {
    boolean hot = random.nextInt(100) < hotPercent;
    return Map.of(
        "memberId", hot ? cast.hotMember() : any(cast.members().subList(1, cast.members().size())),
        "storeId", any(cast.stores()),
        "orderId", "promo-" + cast.run() + "-" + ++orders,
        "amount", 1L + random.nextInt(AMOUNT_MAX),
        "points", 1L + random.nextInt(SPENT_MAX));
  }

  private String any(List<String> choice) {
    return choice.get(random.nextInt(choice.size()));
  }
}
