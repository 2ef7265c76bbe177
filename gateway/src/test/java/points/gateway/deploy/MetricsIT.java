package points.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import points.gateway.deploy.Alerts.Rule;
import points.gateway.deploy.Haproxy.Node;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** What alerts and dashboard ask for, held against what a gateway and HAProxy serve. */
@Tag("system")
@WithGateway
class MetricsIT {

  private final LocalGateway gateway;
  private final Chain chain;
  private Served served;

  MetricsIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  @BeforeEach
  void scrape() throws Exception {
    stir();
    var node =
        new Node(
            URI.create(gateway.uri()).getPort(), URI.create(gateway.managementUri()).getPort());
    try (Haproxy haproxy = Haproxy.before("metrics", node, node, node)) {
      var request = HttpRequest.newBuilder(URI.create(gateway.managementUri() + "/metrics"));
      String own = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
      served = new Served(own, haproxy.metrics());
    }
  }

  /** Some meters are there only when there was something to measure. */
  private void stir() {
    String member = chain.memberWith(5);
    chain.balance(member);
    chain.admin().post("/v1/deductions", Caller.newKey(), Chain.spending(member, 6));
    System.gc();
  }

  @Test
  void every_alert_asks_for_metrics_that_there_are() throws Exception {
    for (Rule rule : Alerts.read()) {
      assertThat(served.missing(rule.expr())).as(rule.alert()).isEmpty();
    }
  }

  @Test
  void every_panel_asks_for_metrics_that_there_are() throws Exception {
    List<String> expressions = new ArrayList<>();
    JsonNode dashboard =
        new JsonMapper().readTree(Docs.DEPLOY.resolve("grafana-dashboard.json").toFile());
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        expressions.add(target.path("expr").textValue());
      }
    }
    for (JsonNode variable : dashboard.path("templating").path("list")) {
      JsonNode query = variable.path("query");
      if (query.isObject()) {
        String text = query.path("query").textValue();
        expressions.add(text.replaceAll(",\\s*\\w+\\)$", ")"));
      }
    }

    assertThat(expressions).hasSizeGreaterThan(20);
    for (String expression : expressions) {
      String filled = expression.replace("$__rate_interval", "5m");
      assertThat(served.missing(filled)).as(expression).isEmpty();
    }
  }

  @Test
  void every_metric_of_ours_is_on_the_dashboard() throws Exception {
    String dashboard = Docs.read(Docs.DEPLOY.resolve("grafana-dashboard.json"));
    Set<String> unseen = new HashSet<>();
    for (String name : served.names()) {
      String family = name.replaceAll("_(bucket|count|sum|max)$", "");
      if (name.startsWith("points_") && !dashboard.contains(family)) {
        unseen.add(family);
      }
    }

    assertThat(unseen).isEmpty();
  }
}
