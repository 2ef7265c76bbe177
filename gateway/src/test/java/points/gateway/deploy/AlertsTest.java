package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import points.gateway.deploy.Alerts.Rule;

/** The alerts, without the metrics that they are about. */
class AlertsTest {

  private static final Pattern CODE = Pattern.compile("code(?:=|=~|!~)\"([a-z_|]+)\"");

  @Test
  void name_their_urgency_their_duration_and_a_step_of_the_runbook() throws Exception {
    for (Rule rule : Alerts.read()) {
      assertThat(rule.alert()).matches("Points[A-Za-z]+");
      assertThat(rule.pending()).as(rule.alert()).matches("\\d+[sm]");
      assertThat(rule.labels().keySet()).as(rule.alert()).isEqualTo(Set.of("severity"));
      assertThat(rule.labels().get("severity")).as(rule.alert()).isIn("critical", "warning");
      assertThat(rule.annotations().keySet())
          .as(rule.alert())
          .isEqualTo(Set.of("summary", "runbook"));
      assertThat(rule.annotations())
          .containsAllEntriesOf(
              Map.of("runbook", "docs/runbook.md#" + rule.alert().toLowerCase(Locale.ROOT)));
    }
  }

  @Test
  void have_a_heading_each_in_the_runbook() throws Exception {
    List<String> headings =
        Docs.read(Docs.ROOT.resolve("docs").resolve("runbook.md"))
            .lines()
            .filter(line -> line.startsWith("### Points"))
            .map(line -> line.substring("### ".length()))
            .toList();

    assertThat(headings).isEqualTo(Alerts.read().stream().map(Rule::alert).toList());
  }

  @Test
  void name_codes_that_the_contract_has() throws Exception {
    String contract = Docs.read(Docs.ROOT.resolve("gateway/src/main/resources/openapi.yaml"));
    for (Rule rule : Alerts.read()) {
      for (MatchResult match : CODE.matcher(rule.expr()).results().toList()) {
        assertThat(List.of(match.group(1).split("\\|")))
            .as(rule.alert())
            .allMatch(code -> contract.contains("        - " + code + "\n"));
      }
    }
  }
}
