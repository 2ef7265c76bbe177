package points.load.simulation;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Chooses member and store of the next call, and an order in case the call is a write. */
final class CallFeeder implements Iterator<Map<String, Object>> {
  private static final int AMOUNT_MAX = 50_000;
  private static final int SPENT_MAX = 200;

  private final Participants participants;
  private final int hotPercent;
  private final Random random = new Random(1);
  private long orders;

  CallFeeder(Participants participants, int hotPercent) {
    this.participants = participants;
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
        "memberId",
            hot
                ? participants.hotMember()
                : any(participants.members().subList(1, participants.members().size())),
        "storeId", any(participants.stores()),
        "orderId", "promo-" + participants.run() + "-" + ++orders,
        "amount", 1L + random.nextInt(AMOUNT_MAX),
        "points", 1L + random.nextInt(SPENT_MAX));
  }

  private String any(List<String> choice) {
    return choice.get(random.nextInt(choice.size()));
  }
}
