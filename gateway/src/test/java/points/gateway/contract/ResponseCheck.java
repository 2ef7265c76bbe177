package points.gateway.contract;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says where an answer breaks the response that the contract has for its status. */
final class ResponseCheck {
  private static final JsonObject NOTHING = new JsonObject();

  private final ContractSchemas schemas;

  ResponseCheck(ContractSchemas schemas) {
    this.schemas = schemas;
  }

  /**
   * @param response the contract's response object
   */
  List<String> violations(JsonObject response, Exchange exchange) {
    List<String> violations = new ArrayList<>();
    violations.addAll(headerViolations(response, exchange));
    violations.addAll(bodyViolations(response, exchange));
    violations.addAll(disagreements(exchange));
    if (Contract.mediaType(exchange.responseHeaders()).equals("application/problem+json")) {
      violations.addAll(problemViolations(response, exchange.status(), object(exchange)));
    }
    return violations;
  }

  /** Where a problem is none of those that the response may have. */
  static List<String> problemViolations(JsonObject response, int status, JsonObject problem) {
    List<String> violations = new ArrayList<>();
    JsonArray codes = response.getJsonArray("x-problem-codes", new JsonArray());
    if (!codes.contains(problem.getValue("code"))) {
      violations.add("code: %s is none of %s".formatted(problem.getValue("code"), codes.encode()));
    }
    if (!Integer.valueOf(status).equals(problem.getInteger("status"))) {
      violations.add("status: %s in the problem, %d".formatted(problem.getValue("status"), status));
    }
    return violations;
  }

  private List<String> headerViolations(JsonObject response, Exchange exchange) {
    List<String> violations = new ArrayList<>();
    JsonObject headers = response.getJsonObject("headers", NOTHING);
    for (String name : headers.fieldNames()) {
      if (name.startsWith("__")) {
        continue;
      }
      JsonObject header = headers.getJsonObject(name);
      String value = exchange.responseHeaders().get(name);
      if (value != null) {
        violations.addAll(
            schemas.textViolations(
                "response header " + name, header.getJsonObject("schema"), value));
      } else if (header.getBoolean("required", false)) {
        violations.add("response header " + name + " is missing");
      }
    }
    return violations;
  }

  private List<String> bodyViolations(JsonObject response, Exchange exchange) {
    JsonObject content = response.getJsonObject("content", NOTHING);
    String body = exchange.responseBody();
    boolean empty = body == null || body.isEmpty();
    if (ContractFile.mediaTypes(content).isEmpty()) {
      return empty ? List.of() : List.of("response has a body, which is not in the contract");
    }
    if (body == null || empty) {
      return List.of("response body is missing");
    }
    String type = Contract.mediaType(exchange.responseHeaders());
    if (!ContractFile.mediaTypes(content).contains(type)) {
      return List.of("response content type '%s' is not in the contract".formatted(type));
    }
    JsonObject model = ContractFile.mediaType(content, type);
    return model == null
        ? List.of()
        : schemas.violations("response body", model.getJsonObject("schema"), type, body);
  }

  /** What the contract says in words about fields that belong together. */
  private static List<String> disagreements(Exchange exchange) {
    JsonObject body = object(exchange);
    List<String> violations = new ArrayList<>();
    String requestId = exchange.responseHeaders().get("X-Request-Id");
    if (body.getValue("requestId") instanceof String id && !id.equals(requestId)) {
      violations.add("requestId is %s, X-Request-Id is %s".formatted(id, requestId));
    }
    String asked = exchange.requestHeaders().get("X-Request-Id");
    if (asked != null && asked.matches("[!-~]{1,128}") && requestId != null) {
      if (!asked.equals(requestId)) {
        violations.add("X-Request-Id %s came back as %s".formatted(asked, requestId));
      }
    }
    if (body.getValue("type") instanceof String type
        && body.getValue("code") instanceof String code
        && !type.equals("urn:points:problem:" + code)) {
      violations.add("type is %s, code is %s".formatted(type, code));
    }
    // The feed has no end: a page of events always says where to go on.
    boolean isFeed = exchange.uri().startsWith("/v1/events");
    if (body.getValue("hasMore") instanceof Boolean hasMore
        && (hasMore || isFeed) != (body.getValue("nextCursor") != null)) {
      violations.add("hasMore and nextCursor disagree");
    }
    return violations;
  }

  private static JsonObject object(Exchange exchange) {
    @Nullable String body = exchange.responseBody();
    if (body == null || !ContractSchemas.isJson(Contract.mediaType(exchange.responseHeaders()))) {
      return NOTHING;
    }
    try {
      return new JsonObject(body);
    } catch (DecodeException e) {
      return NOTHING;
    }
  }
}
