package points.gateway.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import points.gateway.contract.Contract;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** The documentation as a person has it in a browser. */
@WithGateway
@Tag("system")
class DocsPageIT {

  /** The member of the contract's example. */
  private static final String MEMBER = "1873";

  private final LocalGateway gateway;
  private final Chain chain;

  DocsPageIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  @Test
  void listsAndFindsOperationsFoldsAnswersAndMakesCallsUnderKeysOfTheirOwn() {
    chain.earn(MEMBER, 10_000);
    var wanted = new JsonObject().put("name", "reader of the page").put("role", "admin");
    String key = chain.admin().post("/v1/api-keys", wanted).json(201).getString("key");

    JsonObject seen = Browser.run("docsPage.js", gateway.uri(), key);

    assertThat(seen.getJsonArray("faults")).isEmpty();
    assertThat(seen.getJsonArray("operations"))
        .containsExactlyInAnyOrderElementsOf(operationsOfTheContract());
    assertThat(seen.getJsonArray("filtered"))
        .containsExactly("POST /v1/adjustments Correct a balance by hand");

    List<JsonObject> answers = objects(seen.getJsonArray("answers"));
    assertThat(answers).hasSizeGreaterThan(10);
    assertThat(answers)
        .filteredOn(it -> it.getBoolean("open"))
        .extracting(it -> it.getString("name"))
        .containsExactly("Committed (201)");
    assertThat(answers)
        .extracting(it -> it.getString("name"))
        .contains("member_not_found (404)", "too_many_requests (429)");

    List<JsonObject> calls = objects(seen.getJsonArray("calls"));
    assertThat(calls).extracting(it -> it.getInteger("status")).containsExactly(201, 201);
    assertThat(calls).extracting(it -> it.getString("idempotencyKey")).doesNotHaveDuplicates();
    assertThat(chain.entries(MEMBER)).isEqualTo(3);
  }

  private static List<String> operationsOfTheContract() {
    Vertx vertx = Vertx.vertx();
    try {
      return Contract.load(vertx).openApi().operations().stream().map(DocsPageIT::shown).toList();
    } finally {
      vertx.close().await();
    }
  }

  private static String shown(Operation operation) {
    return String.join(
        " ",
        operation.getHttpMethod().name(),
        operation.getOpenAPIPath(),
        operation.getOpenAPIModel().getString("summary"));
  }

  private static List<JsonObject> objects(JsonArray array) {
    return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).toList();
  }
}
