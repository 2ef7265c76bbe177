package points.load.replay.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.load.model.Entry.Line;
import points.load.replay.receipt.Receipt;

final class LineSharesCheckTest {
  @ParameterizedTest(name = "{1} points over {0} as {2}: {3}")
  @CsvSource(
      textBlock =
          """
          # amounts, points, shares, right
          100, 1, 1, true
          0, 0, 0, true
          100 0 200, 3, 1 0 2, true
          333 333 334, 10, 3 3 4, true
          333 333 334, 10, 4 3 3, false
          50 50, 1, 1 0, true
          50 50, 1, 0 1, true
          50 50, 1, 1 1, false
          50 50, 1, 0 0, false
          100 200, 3, 2 1, false
          100 200, 3, 1 3, false
          0 100, 1, 1 0, false
          100 100, 2, 2, false
          1000000000000000 1, 1000000000000000, 999999999999999 1, true
          1000000000000000 1, 1000000000000000, 1000000000000000 0, false
          """)
  void lines_share_points_by_largest_remainder(
      String amounts, long points, String shares, boolean right) {
    assertThat(LineSharesCheck.wrong(receipt(amounts), points, shares(shares)).isEmpty())
        .isEqualTo(right);
  }

  private static Receipt receipt(String amounts) {
    List<Receipt.Line> lines =
        Arrays.stream(amounts.split(" ", -1))
            .map(amount -> new Receipt.Line("p", "", 1, Long.parseLong(amount)))
            .toList();
    return new Receipt("R1", "m1", "s1", OffsetDateTime.parse("2026-11-22T12:00:00Z"), lines);
  }

  private static List<Line> shares(String points) {
    List<Line> shares = new ArrayList<>();
    for (String share : points.split(" ", -1)) {
      shares.add(new Line(Receipt.lineId(shares.size()), 0, Long.parseLong(share)));
    }
    return shares;
  }
}
