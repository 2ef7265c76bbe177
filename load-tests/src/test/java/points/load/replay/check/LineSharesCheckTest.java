package points.load.replay.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.load.model.Entry.Line;
import points.load.replay.program.EarningRule;
import points.load.replay.program.Rounding;
import points.load.replay.receipt.Receipt;

final class LineSharesCheckTest {
  @ParameterizedTest(name = "{0} as {4}: {5}")
  @CsvSource(
      textBlock =
          """
          # amounts, points, per amount, full steps, shares, right
          100, 1, 100, false, 1, true
          0, 1, 100, false, 0, true
          100 0 200, 1, 100, false, 1 0 2, true
          333 333 334, 1, 100, false, 3 3 4, true
          333 333 334, 1, 100, false, 4 3 3, false
          50 50, 1, 100, false, 1 0, true
          50 50, 1, 100, false, 0 1, true
          50 50, 1, 100, false, 1 1, false
          50 50, 1, 100, false, 0 0, false
          100 200, 1, 100, false, 2 1, false
          100 200, 1, 100, false, 1 3, false
          0 100, 1, 100, false, 1 0, false
          100 100, 1, 100, false, 2, false
          10000 150 140, 1, 100, false, 100 1 1, true
          10000 150 140, 1, 100, false, 99 2 1, false
          100 150, 5, 250, true, 2 3, true
          100 150, 5, 250, true, 3 2, false
          1000000000000000 1, 1, 1, false, 1000000000000000 1, true
          1000000000000000 1, 1, 1, false, 1000000000000001 0, false
          """)
  void lines_share_points_by_largest_remainder(
      String amounts,
      long points,
      long perAmount,
      boolean fullSteps,
      String shares,
      boolean right) {
    var earning = new EarningRule(points, perAmount, fullSteps, Rounding.FLOOR);

    assertThat(LineSharesCheck.wrong(receipt(amounts), earning, shares(amounts, shares)).isEmpty())
        .isEqualTo(right);
  }

  private static Receipt receipt(String amounts) {
    List<Receipt.Line> lines =
        Arrays.stream(amounts.split(" ", -1))
            .map(amount -> new Receipt.Line("p", "", 1, Long.parseLong(amount)))
            .toList();
    return new Receipt("R1", "m1", "s1", OffsetDateTime.parse("2026-11-22T12:00:00Z"), lines);
  }

  @Test
  void lines_have_the_amounts_of_the_receipt() {
    var earning = new EarningRule(1, 100, false, Rounding.FLOOR);

    assertThat(LineSharesCheck.wrong(receipt("100 100"), earning, shares("100 101", "1 1")))
        .contains("line 2 has the amount 101 instead of 100");
  }

  private static List<Line> shares(String amounts, String points) {
    List<Line> shares = new ArrayList<>();
    String[] ofLines = amounts.split(" ", -1);
    for (String share : points.split(" ", -1)) {
      int place = shares.size();
      shares.add(
          new Line(Receipt.lineId(place), Long.parseLong(ofLines[place]), Long.parseLong(share)));
    }
    return shares;
  }
}
