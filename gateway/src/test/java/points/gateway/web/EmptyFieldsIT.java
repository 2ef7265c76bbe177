package points.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.fixture.BatchCaller.line;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import points.gateway.contract.Contract;
import points.gateway.contract.ContractFile;
import points.gateway.fixture.Answer;
import points.gateway.fixture.BatchCaller;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;
import points.gateway.fixture.WithGateway;

/**
 * No field of the contract takes nothing for something: each field of each call is sent empty,
 * blank, as a control character and as null.
 */
@WithGateway
class EmptyFieldsIT {

  private static final JsonObject CONTRACT = ContractFile.read();
  private static final List<String> EMPTY = List.of("", " ", "\t", "\u0000", "\u0085", "\u3000");

  private static final int DEPTH_MAX = 4;

  /** Calls whose body is an object without fields. */
  private static final Set<String> WITHOUT_FIELDS =
      Set.of("unlockStaff", "resetPassword", "showRating", "previewRuleBook", "cancelSimulation");

  /** Calls whose body is lines; their fields are those of other calls. */
  private static final Set<String> OF_LINES = Set.of("submitBatch", "putProducts");

  private final LocalGateway gateway;
  private final Chain chain;
  private final Person person;

  EmptyFieldsIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
    this.person = Person.of(gateway, chain, List.of("auditor"));
  }

  /** Where a field is, by the names that lead to it; {@code []} is an array's first item. */
  private record Field(List<String> path, JsonObject schema) {

    String pointer() {
      return "/" + String.join("/", path).replace("[]", "0");
    }

    /** A body that has only this field, and what it is in. */
    JsonObject body(@Nullable Object value) {
      Object inner = value;
      for (int i = path.size() - 1; i >= 0; i--) {
        String name = path.get(i);
        inner = name.equals("[]") ? array(inner) : new JsonObject().put(name, inner);
      }
      return (JsonObject) Objects.requireNonNull(inner);
    }

    private static JsonArray array(@Nullable Object item) {
      return item == null ? new JsonArray().addNull() : new JsonArray().add(item);
    }
  }

  @TestFactory
  Stream<DynamicTest> no_field_of_a_body_takes_an_empty_value() {
    return Contract.load(Vertx.vertx()).openApi().operations().stream()
        .filter(it -> it.getRequestBody() != null && !OF_LINES.contains(it.getOperationId()))
        .map(it -> DynamicTest.dynamicTest(it.getOperationId(), () -> checkBody(it)));
  }

  @TestFactory
  Stream<DynamicTest> no_parameter_of_a_query_takes_an_empty_value() {
    return Contract.load(Vertx.vertx()).openApi().operations().stream()
        .filter(it -> it.getParameters().stream().anyMatch(p -> p.getIn() == Location.QUERY))
        .filter(it -> !it.getOperationId().equals("finishProviderSignIn")) // others send these
        .map(it -> DynamicTest.dynamicTest(it.getOperationId(), () -> checkQuery(it)));
  }

  @Test
  void a_line_of_a_batch_takes_no_empty_time() {
    String member = chain.memberWith(100);
    var batches = new BatchCaller(chain.admin());

    List<JsonObject> answers =
        batches.send(
            line("accrual", "e1", chain.order(member, 100).put("occurredAt", "")),
            line("accrual", "e2", pending(chain.order(member, 100), "")),
            line(
                "topUp",
                "e3",
                new JsonObject()
                    .put("memberId", member)
                    .put("storeId", Chain.STORE)
                    .put("orderId", "t")
                    .put("occurredAt", "")
                    .put("amount", 1)),
            line(
                "opening",
                "e4",
                new JsonObject().put("memberId", member).put("points", 5).put("expiresAt", "")));

    assertThat(answers).extracting(BatchCaller::code).containsOnly("422 invalid_request");
    assertThat(chain.entries(member)).isEqualTo(1);
  }

  @Test
  void an_order_that_was_refused_for_its_time_is_booked_with_the_right_one() {
    JsonObject order = chain.order("m", 1000);
    chain
        .admin()
        .breaking()
        .post("/v1/accruals", order.copy().put("occurredAt", ""))
        .isInvalid("/occurredAt");
    chain
        .admin()
        .breaking()
        .post("/v1/accruals", pending(order, ""))
        .isInvalid("/pending/effectiveAt");
    chain.admin().post("/v1/accruals", order.put("occurredAt", Instant.now().toString())).json(201);
  }

  private static JsonObject pending(JsonObject order, String effectiveAt) {
    return order.copy().put("pending", new JsonObject().put("effectiveAt", effectiveAt));
  }

  private void checkBody(Operation operation) {
    JsonObject content = raw(operation).getJsonObject("requestBody").getJsonObject("content");
    String type = content.fieldNames().iterator().next();
    var fields = new ArrayList<Field>();
    collect(content.getJsonObject(type).getJsonObject("schema"), List.of(), fields);
    assertThat(fields.isEmpty()).isEqualTo(WITHOUT_FIELDS.contains(operation.getOperationId()));
    for (Field field : fields) {
      if (takes(field.schema(), "string")) {
        // A password may be made of blanks.
        boolean isPassword = "password".equals(field.schema().getString("format"));
        EMPTY.stream()
            .filter(empty -> !isPassword || empty.isEmpty())
            .forEach(empty -> refuses(operation, field, empty));
      } else {
        refuses(operation, field, "");
      }
      if (!takes(field.schema(), "null")) {
        refuses(operation, field, null);
      }
    }
  }

  private void refuses(Operation operation, Field field, @Nullable Object value) {
    Caller caller = caller(operation).breaking();
    if (takesKey(operation)) {
      caller = caller.with("Idempotency-Key", Caller.newKey());
    }
    String method = operation.getHttpMethod().name();
    Answer answer = caller.send(method, path(operation), field.body(value).encode());
    assertThat(answer.status()).as("%s %s: %s", field, value, answer.body()).isEqualTo(422);
    assertThat(pointers(answer)).as("%s", value).contains(field.pointer());
  }

  private void checkQuery(Operation operation) {
    for (Parameter parameter : operation.getParameters()) {
      if (parameter.getIn() == Location.QUERY) {
        for (String empty : EMPTY) {
          String value = URLEncoder.encode(empty, StandardCharsets.UTF_8);
          Answer answer =
              caller(operation)
                  .breaking()
                  .get(path(operation) + "?" + parameter.getName() + "=" + value);
          answer.isProblem(400, "invalid_query");
          assertThat(pointers(answer)).contains("/" + parameter.getName());
        }
      }
    }
  }

  private static List<String> pointers(Answer answer) {
    return new JsonObject(answer.body())
        .getJsonArray("errors").stream().map(it -> ((JsonObject) it).getString("pointer")).toList();
  }

  private Caller caller(Operation operation) {
    String path = operation.getOpenAPIPath();
    if (path.startsWith("/v1/session/")) {
      return person.signIn();
    }
    return path.equals("/v1/programs") ? gateway.operator() : chain.admin();
  }

  private static boolean takesKey(Operation operation) {
    return operation.getParameters().stream()
        .anyMatch(it -> it.getIn() == Location.HEADER && it.getName().equals("Idempotency-Key"));
  }

  private static String path(Operation operation) {
    return operation.getOpenAPIPath().replaceAll("[{][a-zA-Z]*Id[}]", "m-1");
  }

  private static JsonObject raw(Operation operation) {
    HttpMethod method = operation.getHttpMethod();
    return CONTRACT
        .getJsonObject("paths")
        .getJsonObject(operation.getOpenAPIPath())
        .getJsonObject(method.name().toLowerCase(Locale.ROOT));
  }

  /** All fields that a schema has somewhere. */
  private static void collect(JsonObject schema, List<String> path, List<Field> fields) {
    if (path.size() > 2 * DEPTH_MAX) {
      return;
    }
    Map<String, JsonObject> properties = new LinkedHashMap<>();
    List<JsonObject> all = alternatives(schema);
    for (JsonObject it : all) {
      JsonObject own = it.getJsonObject("properties", new JsonObject());
      for (String name : own.fieldNames()) {
        properties.putIfAbsent(name, own.getJsonObject(name));
      }
      if (it.getValue("items") instanceof JsonObject items) {
        collect(items, with(path, "[]"), fields);
      }
    }
    properties.forEach(
        (name, property) -> {
          List<String> here = with(path, name);
          fields.add(new Field(here, property));
          collect(property, here, fields);
        });
  }

  private static List<String> with(List<String> path, String name) {
    return Stream.concat(path.stream(), Stream.of(name)).toList();
  }

  private static boolean takes(JsonObject schema, String type) {
    return alternatives(schema).stream()
        .anyMatch(
            it ->
                type.equals(it.getValue("type"))
                    || (it.getValue("type") instanceof JsonArray types && types.contains(type))
                    || (type.equals("string")
                        && it.getValue("enum") instanceof JsonArray values
                        && values.getValue(0) instanceof String));
  }

  /** A schema and all that it is made of. */
  private static List<JsonObject> alternatives(JsonObject schema) {
    var all = new ArrayList<JsonObject>();
    all.add(schema);
    String ref = schema.getString("$ref");
    if (ref != null) {
      String name = ref.substring(ref.lastIndexOf('/') + 1);
      all.addAll(
          alternatives(
              CONTRACT.getJsonObject("components").getJsonObject("schemas").getJsonObject(name)));
    }
    for (String word : List.of("allOf", "anyOf", "oneOf")) {
      for (Object it : schema.getJsonArray(word, new JsonArray())) {
        all.addAll(alternatives((JsonObject) it));
      }
    }
    return all;
  }
}
