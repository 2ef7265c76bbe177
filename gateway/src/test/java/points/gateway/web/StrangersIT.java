package points.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.gateway.contract.Contract;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.RawConnection;
import points.gateway.fixture.WithGateway;

/** Requests of strangers make no time series, whatever methods and paths they try. */
@WithGateway
class StrangersIT {

  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW");

  private final LocalGateway gateway;
  private final Chain chain;

  StrangersIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  @Test
  void unknown_paths_are_one_metric_series_for_each_status() throws Exception {
    List<String> paths =
        Contract.load(Vertx.vertx()).openApi().getPaths().stream()
            .map(path -> path.getName().replaceAll("[{][a-zA-Z]+[}]", "x"))
            .toList();
    assertThat(paths).hasSizeGreaterThan(40);
    stray("GET", "/v1/program");
    stray("BREW", "/v1/program");
    stray("GET", "/v1/none");
    stray("GET", "/docs");
    chain.admin().breaking().post("/v1/program?x=" + Caller.newKey(), Chain.rules());
    long before = scrape().length();

    for (String method : METHODS) {
      for (String path : paths) {
        stray(method, path);
      }
      stray(method, "/" + Caller.newKey());
    }

    String after = scrape();
    assertThat(after.length() - before).isLessThan(paths.size() * 1_200L);
    assertThat(after)
        .contains("method=\"other\",route=\"none\",status=\"401\"")
        .doesNotContain("BREW");
  }

  private void stray(String method, String path) throws IOException {
    try (var connection = RawConnection.open(gateway.uri())) {
      connection
          .send(method + " " + path + " HTTP/1.1\nHost: x\nContent-Length: 0\n\n")
          .read(false);
    }
  }

  private String scrape() throws Exception {
    var request = HttpRequest.newBuilder(URI.create(gateway.managementUri() + "/metrics")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
