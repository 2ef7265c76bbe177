package points.load.replay.refund;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import points.load.model.Entry.Order;

/**
 * A refund with its time, within the hour of the sale or some days later. So some make room under
 * the cap of a day, others under that of a week or a month.
 */
public record DatedRefund(Refund refund, Instant at) {
  private static final int DAYS_MAX = 12;

  /** Dates the refunds of a plan; those of one receipt keep their order. */
  public static List<DatedRefund> of(RefundPlan plan) {
    Map<Order, Instant> last = new HashMap<>();
    List<DatedRefund> dated = new ArrayList<>();
    for (Refund refund : plan.refunds()) {
      Random random = new Random(refund.key().hashCode());
      random.nextInt();
      boolean sameDay = refund.early() || random.nextBoolean();
      Duration later =
          sameDay ? Duration.ofMinutes(1) : Duration.ofDays(1 + random.nextInt(DAYS_MAX));
      Instant from =
          last.getOrDefault(refund.receipt().order(), refund.receipt().soldAt().toInstant());
      Instant at = refund.early() ? refund.receipt().soldAt().toInstant() : from.plus(later);
      last.put(refund.receipt().order(), at);
      dated.add(new DatedRefund(refund, at));
    }
    return List.copyOf(dated);
  }

  /** The day on which the till is heard: with its sale, if it is early. */
  public LocalDate day(ZoneId zone) {
    return LocalDate.ofInstant(at, zone);
  }

  /** Returns the body of the call, with the time. */
  public JsonObject body() {
    return refund.body().put("occurredAt", at.toString());
  }
}
