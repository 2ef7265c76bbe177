package points.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** The bare address, which a person types in. */
@WithGateway
class RootIT {

  private final LocalGateway gateway;

  RootIT(LocalGateway gateway) {
    this.gateway = gateway;
  }

  @Test
  void the_bare_address_leads_to_the_documentation() throws Exception {
    HttpResponse<String> answer = get("/", Redirect.NEVER);
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).hasValue("docs");

    HttpResponse<String> page = get("/", Redirect.NORMAL);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.uri().getPath()).isEqualTo("/docs");
  }

  @Test
  void a_slash_at_the_end_of_another_path_still_leads_nowhere() throws Exception {
    assertThat(get("/docs/", Redirect.NEVER).statusCode()).isEqualTo(404);
    assertThat(get("//", Redirect.NEVER).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String path, Redirect redirect) throws Exception {
    HttpClient client = HttpClient.newBuilder().followRedirects(redirect).build();
    var request = HttpRequest.newBuilder(URI.create(gateway.uri() + path)).build();
    return client.send(request, BodyHandlers.ofString());
  }
}
