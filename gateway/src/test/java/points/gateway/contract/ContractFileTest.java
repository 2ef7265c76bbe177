package points.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract is a valid OpenAPI document and keeps its own rules. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractFileTest {
  /** What only lines of batches get. */
  private static final Set<String> OF_NO_OPERATION = Set.of("line_too_long", "too_many_lines");

  /** What comes before there is a caller. */
  private static final Set<String> OF_ANYBODY =
      Set.of("signIn", "listSignInOptions", "beginProviderSignIn", "finishProviderSignIn");

  /** What opens another session or secret each time, and so needs no key. */
  private static final Set<String> OF_SESSIONS =
      Set.of("signIn", "offerSecondFactor", "confirmSecondFactor");

  private final Vertx vertx = Vertx.vertx();
  private final List<String> wrongExamples = new ArrayList<>();
  private Contract contract;
  private ContractSchemas schemas;

  @BeforeAll
  void load() {
    contract = Contract.load(vertx);
    schemas = new ContractSchemas(contract.openApi().getSchemaRepository());
  }

  @AfterAll
  void close() {
    vertx.close().await();
  }

  @Test
  void everyExampleMatchesItsSchema() {
    int examples = 0;
    for (Operation operation : contract.openApi().operations()) {
      JsonObject model = operation.getOpenAPIModel();
      String where = operation.getOperationId();
      if (operation.getRequestBody() != null) {
        examples += checkExamples(where + " request", model.getJsonObject("requestBody"));
      }
      JsonObject responses = model.getJsonObject("responses");
      for (String status : fields(responses)) {
        examples += checkExamples(where + " " + status, responses.getJsonObject(status));
        checkProblems(where, status, responses.getJsonObject(status));
      }
    }
    assertThat(wrongExamples).isEmpty();
    assertThat(examples).isGreaterThan(200);
  }

  @Test
  void everyBodyHasAnExample() {
    for (Operation operation : contract.openApi().operations()) {
      JsonObject responses = operation.getOpenAPIModel().getJsonObject("responses");
      for (String status : fields(responses)) {
        JsonObject content = responses.getJsonObject(status).getJsonObject("content");
        if (content != null && isApi(operation)) {
          for (String type : fields(content)) {
            assertThat(content.getJsonObject(type).getJsonObject("examples"))
                .as("%s %s", operation.getOperationId(), status)
                .isNotNull();
          }
        }
      }
    }
  }

  @Test
  void everyCallOfTheApiListsWhatAnyCallCanGet() {
    for (Operation operation : contract.openApi().operations()) {
      if (isApi(operation)) {
        for (int status : new int[] {400, 401, 403, 429, 500, 503, 504}) {
          assertThat(operation.getResponse(status))
              .as("%s %d", operation.getOperationId(), status)
              .isNotNull();
        }
        assertThat(operation.getSecurityRequirements())
            .as(operation.getOperationId())
            .hasSize(OF_ANYBODY.contains(operation.getOperationId()) ? 0 : callers(operation));
      } else {
        assertThat(operation.getSecurityRequirements()).isEmpty();
      }
    }
  }

  /** Keys and people; batches are for keys, and sessions for people. */
  private static int callers(Operation operation) {
    boolean isOfOneKind =
        operation.getOperationId().equals("submitBatch")
            || operation.getOpenAPIPath().startsWith("/v1/session");
    return isOfOneKind ? 1 : 2;
  }

  @Test
  void everyCallListsWhatAnyRequestCanGet() {
    for (Operation operation : contract.openApi().operations()) {
      for (int status : new int[] {400, 405, 414, 431}) {
        assertThat(operation.getResponse(status))
            .as("%s %d", operation.getOperationId(), status)
            .isNotNull();
      }
      if (operation.getRequestBody() != null) {
        assertThat(operation.getResponse(417)).as(operation.getOperationId()).isNotNull();
      }
    }
  }

  @Test
  void everyPostThatChangesSomethingTakesAnIdempotencyKey() {
    for (Operation operation : contract.openApi().operations()) {
      boolean takesKey =
          operation.getParameters().stream()
              .anyMatch(p -> p.getIn() == Location.HEADER && p.getName().equals("Idempotency-Key"));
      boolean changes = // a batch has a key in each of its lines
          operation.getHttpMethod().equals(HttpMethod.POST)
              && !operation.getOperationId().startsWith("preview")
              && !operation.getOperationId().equals("submitBatch")
              && !OF_SESSIONS.contains(operation.getOperationId());
      assertThat(takesKey).as(operation.getOperationId()).isEqualTo(changes);
    }
  }

  @Test
  void everyProblemCodeIsGivenSomewhere() {
    JsonObject components = contract.openApi().getRawContract().getJsonObject("components");
    Set<String> codes =
        strings(
            components.getJsonObject("schemas").getJsonObject("ProblemCode").getJsonArray("enum"));
    Set<String> given = new TreeSet<>();
    for (Operation operation : contract.openApi().operations()) {
      JsonObject responses = operation.getOpenAPIModel().getJsonObject("responses");
      for (String status : fields(responses)) {
        given.addAll(codes(responses.getJsonObject(status)));
      }
    }
    assertThat(codes).containsAll(given);
    codes.removeAll(given);
    assertThat(OF_NO_OPERATION).containsAll(codes);
  }

  private int checkExamples(String where, JsonObject requestOrResponse) {
    JsonObject content = requestOrResponse.getJsonObject("content", new JsonObject());
    int count = 0;
    for (String type : fields(content)) {
      JsonObject examples = content.getJsonObject(type).getJsonObject("examples", new JsonObject());
      for (String name : fields(examples)) {
        Object value = plain(examples.getJsonObject(name).getValue("value"));
        wrongExamples.addAll(
            schemas.violations(
                where + " " + name, content.getJsonObject(type).getJsonObject("schema"), value));
        count++;
      }
    }
    return count;
  }

  /** The value without the notes that the schema repository leaves in it. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof JsonObject object) {
      JsonObject copy = new JsonObject();
      fields(object).forEach(name -> copy.put(name, plain(object.getValue(name))));
      return copy;
    }
    if (value instanceof JsonArray array) {
      JsonArray copy = new JsonArray();
      array.forEach(element -> copy.add(plain(element)));
      return copy;
    }
    return value;
  }

  private void checkProblems(String where, String status, JsonObject response) {
    JsonObject content = response.getJsonObject("content", new JsonObject());
    JsonObject problem = ContractFile.mediaType(content, "application/problem+json");
    if (problem != null) {
      JsonObject examples = problem.getJsonObject("examples", new JsonObject());
      for (String name : fields(examples)) {
        JsonObject value = examples.getJsonObject(name).getJsonObject("value");
        ResponseCheck.problemViolations(response, Integer.parseInt(status), value)
            .forEach(it -> wrongExamples.add(where + " " + name + ": " + it));
      }
    }
  }

  private static Set<String> codes(JsonObject response) {
    JsonObject content = response.getJsonObject("content", new JsonObject());
    if (ContractFile.mediaType(content, "application/problem+json") == null) {
      return Set.of();
    }
    return strings(response.getJsonArray("x-problem-codes"));
  }

  private static boolean isApi(Operation operation) {
    return operation.getOpenAPIPath().startsWith("/v1/");
  }

  private static List<String> fields(JsonObject object) {
    return object.fieldNames().stream().filter(name -> !name.startsWith("__")).toList();
  }

  private static Set<String> strings(JsonArray array) {
    return IntStream.range(0, array.size())
        .mapToObj(array::getString)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
