package points.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.RawConnection;
import points.gateway.fixture.WithGateway;

/** The bare address, which a person types in. */
@WithGateway
class RootIT {

  private final LocalGateway gateway;

  RootIT(LocalGateway gateway) {
    this.gateway = gateway;
  }

  @Test
  void the_bare_address_leads_to_the_console() throws Exception {
    HttpResponse<String> answer = get("/", Redirect.NEVER);
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).hasValue("console/");

    HttpResponse<String> page = get("/", Redirect.NORMAL);
    assertThat(page.uri().getPath()).isEqualTo("/console/");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
  }

  @Test
  void another_path_that_comes_to_the_same_still_leads_nowhere() throws Exception {
    for (String path :
        List.of("/docs/", "//", "/docs/..", "/v1/program/", "/console/..", "/x/../console/")) {
      try (var connection = RawConnection.open(gateway.uri())) {
        String head =
            "GET %s HTTP/1.1\nHost: x\nAuthorization: Bearer %s\n\n"
                .formatted(path, LocalGateway.OPERATOR_KEY);
        assertThat(connection.send(head).read().status()).as(path).isEqualTo(404);
      }
    }
  }

  private HttpResponse<String> get(String path, Redirect redirect) throws Exception {
    HttpClient client = HttpClient.newBuilder().followRedirects(redirect).build();
    var request = HttpRequest.newBuilder(URI.create(gateway.uri() + path)).build();
    return client.send(request, BodyHandlers.ofString());
  }
}
