package points.load.replay.receipt;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Receipts moved to the day that is under way, so that people can watch it fill.
 *
 * <p>Each keeps its place in the day: at half past three in the afternoon, a receipt of noon is put
 * half-way between midnight and now. They get numbers of their own, for the till would not print
 * the same ones twice; a later run makes new ones.
 */
public final class ReceiptsOfToday {
  private static final int RADIX = 36;
  private static final double SECONDS_OF_DAY = Duration.ofDays(1).toSeconds();

  private ReceiptsOfToday() {}

  /**
   * Moves receipts, and returns them in the order of their new times.
   *
   * @param zone in which the day begins
   * @param now no receipt is later
   */
  public static List<Receipt> of(List<Receipt> receipts, ZoneId zone, Instant now) {
    Instant midnight = LocalDate.ofInstant(now, zone).atStartOfDay(zone).toInstant();
    double passed = Duration.between(midnight, now).toSeconds() / SECONDS_OF_DAY;
    List<Receipt> byTime =
        receipts.stream()
            .sorted(Comparator.comparing(receipt -> receipt.soldAt().toLocalTime()))
            .toList();
    String prefix = "d" + Long.toString(now.getEpochSecond(), RADIX) + "-";
    List<Receipt> moved = new ArrayList<>(byTime.size());
    for (Receipt receipt : byTime) {
      long second = (long) (receipt.soldAt().toLocalTime().toSecondOfDay() * passed);
      Instant soldAt = midnight.plus(second, ChronoUnit.SECONDS);
      moved.add(
          new Receipt(
              prefix + (moved.size() + 1),
              receipt.memberId(),
              receipt.storeId(),
              ZonedDateTime.ofInstant(soldAt, zone).toOffsetDateTime(),
              receipt.lines()));
    }
    return List.copyOf(moved);
  }
}
