package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dashboard as Grafana is to import it, without the metrics that it shows. */
class DashboardTest {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-z]+)}?");

  private static final Pattern METRIC = Pattern.compile("\\bpoints_[a-z_]+");

  private JsonNode dashboard;

  @BeforeEach
  void read() throws Exception {
    var mapper = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    dashboard = mapper.readTree(Docs.DEPLOY.resolve("grafana-dashboard.json").toFile());
  }

  @Test
  void can_be_imported_anywhere() {
    assertThat(dashboard.path("uid").textValue()).isEqualTo("points-gateway");
    assertThat(dashboard.has("id")).as("an id is that of one Grafana").isFalse();
    for (JsonNode source : dashboard.findValues("datasource")) {
      assertThat(source.path("uid").textValue()).isEqualTo("${datasource}");
    }
  }

  @Test
  void has_every_variable_that_it_uses() {
    Set<String> variables = new HashSet<>();
    dashboard
        .path("templating")
        .path("list")
        .forEach(variable -> variables.add(variable.path("name").textValue()));
    Set<String> used = new HashSet<>();
    for (MatchResult match : VARIABLE.matcher(dashboard.toString()).results().toList()) {
      used.add(match.group(1));
    }

    assertThat(used).isEqualTo(variables);
  }

  /** {@link MetricsIT} holds that the dashboard has every metric that there is. */
  @Test
  void every_metric_of_ours_that_it_shows_is_in_the_table_of_metrics() throws Exception {
    String table = Docs.read(Docs.DEPLOY.resolveSibling("operations.md"));
    Set<String> shown = new HashSet<>();
    for (MatchResult metric : METRIC.matcher(dashboard.toString()).results().toList()) {
      shown.add(metric.group().replaceAll("_(bucket|count|sum|max)$", ""));
    }

    assertThat(shown).hasSizeGreaterThan(40);
    assertThat(shown).allMatch(it -> table.matches("(?s).*`" + it + "[`{].*"), "is in operations");
  }

  @Test
  void has_panels_that_do_not_cover_each_other() {
    Set<Integer> ids = new HashSet<>();
    Set<String> cells = new HashSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(ids.add(panel.path("id").intValue())).isTrue();
      JsonNode place = panel.path("gridPos");
      assertThat(place.path("x").intValue() + place.path("w").intValue()).isLessThanOrEqualTo(24);
      for (int x = 0; x < place.path("w").intValue(); x++) {
        for (int y = 0; y < place.path("h").intValue(); y++) {
          String cell = (place.path("x").intValue() + x) + "/" + (place.path("y").intValue() + y);
          assertThat(cells.add(cell)).as(panel.path("title").textValue()).isTrue();
        }
      }
    }
  }
}
