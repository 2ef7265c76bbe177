package points.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.ledger.award.Award;
import points.ledger.award.Awarded;
import points.ledger.award.Awarded.NamedRule;
import points.ledger.award.Cut;
import points.ledger.award.Reason;
import points.ledger.book.CapsReturn;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;

class WhyJsonTest {

  private static final EarnedLine MILK = new EarnedLine(new Line("L1", "P1", "milk", 1, 1_000), 40);

  private static JsonObject answer(List<EarnedLine> lines, @Nullable Awarded awarded) {
    return EntryJson.accrual(
        new Entry(
            new MemberKey("p", "m"),
            2,
            Entry.Kind.ACCRUAL,
            40,
            40,
            List.of(),
            Collections.emptySortedMap(),
            null,
            Origin.sale("S1", null, "o"),
            1_000L,
            lines,
            null,
            null,
            awarded,
            null,
            Instant.EPOCH,
            Instant.EPOCH));
  }

  private static Awarded awarded(List<Cut> cuts) {
    return new Awarded(
        7,
        "2026-12",
        "Asia/Shanghai",
        List.of(new Award(0, 0, 10), new Award(5, 0, 30)),
        cuts,
        List.of(new NamedRule(0, "base"), new NamedRule(5, "double")),
        List.of(),
        CapsReturn.SAME_PERIOD,
        List.of(),
        List.of(),
        Set.of());
  }

  @Test
  void says_what_each_rule_gave_for_each_line_and_what_was_cut() {
    JsonObject why =
        answer(List.of(MILK), awarded(List.of(new Cut(5, Reason.CAP, 3)))).getJsonObject("why");
    assertThat(why)
        .isEqualTo(
            new JsonObject(
                """
                {"ruleBookId": "2026-12", "publication": 7,
                 "awards": [{"rule": "base", "lineId": "L1", "points": 10},
                            {"rule": "double", "lineId": "L1", "points": 30}],
                 "cuts": [{"rule": "double", "reason": "cap", "points": 3}]}
                """));
  }

  @Test
  void an_order_without_lines_and_without_cuts_says_nothing_of_them() {
    JsonObject why = answer(List.of(), awarded(List.of())).getJsonObject("why");
    assertThat(why.fieldNames()).doesNotContain("cuts");
    assertThat(why.getJsonArray("awards").getJsonObject(0).fieldNames()).doesNotContain("lineId");
  }

  @Test
  void an_order_by_a_programs_own_ratio_needs_no_reason() {
    assertThat(answer(List.of(MILK), null).fieldNames()).doesNotContain("why");
  }
}
