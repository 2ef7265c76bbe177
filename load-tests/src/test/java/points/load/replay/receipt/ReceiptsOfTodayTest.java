package points.load.replay.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReceiptsOfTodayTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  @Test
  void a_receipt_keeps_its_place_in_the_day_that_has_passed() {
    List<Receipt> moved =
        ReceiptsOfToday.of(
            List.of(
                receipt("b", "2017-03-01T12:00:00-05:00"), receipt("a", "2019-01-01T06:00:00Z")),
            ZONE,
            Instant.parse("2026-11-22T08:00:00Z")); // four in the afternoon
    assertThat(moved)
        .extracting(Receipt::memberId, Receipt::soldAt)
        .containsExactly(
            tuple("a", OffsetDateTime.parse("2026-11-22T04:00:00+08:00")),
            tuple("b", OffsetDateTime.parse("2026-11-22T08:00:00+08:00")));
    assertThat(moved.get(1).lines()).isEqualTo(receipt("b", "2017-03-01T12:00:00Z").lines());
  }

  @Test
  void all_receipts_are_of_the_day_in_order_with_numbers_that_no_other_run_has() {
    List<Receipt> receipts =
        ReceiptGenerator.of(new ChainPlan(5, 50, 500, 1, LocalDate.of(2026, 11, 22)));
    Instant now = Instant.parse("2026-11-22T16:00:01Z"); // a second after midnight
    List<Receipt> moved = ReceiptsOfToday.of(receipts, ZONE, now);

    assertThat(moved).hasSize(500).isSortedAccordingTo(Comparator.comparing(Receipt::soldAt));
    assertThat(moved)
        .allSatisfy(
            it -> {
              assertThat(it.soldAt().toLocalDate()).isEqualTo("2026-11-23");
              assertThat(it.soldAt().toInstant()).isBeforeOrEqualTo(now);
            });
    assertThat(moved.stream().map(Receipt::receiptId).distinct()).hasSize(500);
    assertThat(moved.stream().mapToLong(Receipt::amount).sum())
        .isEqualTo(receipts.stream().mapToLong(Receipt::amount).sum());
    assertThat(ReceiptsOfToday.of(receipts, ZONE, now.plusSeconds(1)).get(0).receiptId())
        .isNotEqualTo(moved.get(0).receiptId());
  }

  private static Receipt receipt(String memberId, String soldAt) {
    return new Receipt(
        "R" + memberId,
        memberId,
        "S1",
        OffsetDateTime.parse(soldAt),
        List.of(new Receipt.Line("p", "", 1, 100)));
  }
}
