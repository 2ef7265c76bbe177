package points.gateway.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says where a request breaks its operation. */
final class RequestCheck {
  private final ContractSchemas schemas;

  RequestCheck(ContractSchemas schemas) {
    this.schemas = schemas;
  }

  List<String> violations(
      Operation operation, Map<String, String> pathParameters, Exchange exchange) {
    List<String> violations = new ArrayList<>();
    MultiMap query = query(exchange.query());
    for (Parameter parameter : operation.getParameters()) {
      String value =
          switch (parameter.getIn()) {
            case PATH -> pathParameters.get(parameter.getName());
            case QUERY -> query.get(parameter.getName());
            case HEADER -> exchange.requestHeaders().get(parameter.getName());
            case COOKIE -> throw new IllegalStateException("the contract has no cookies");
          };
      violations.addAll(parameterViolations(parameter, value));
    }
    violations.addAll(queryViolations(operation, query));
    violations.addAll(credentialViolations(operation, exchange));
    violations.addAll(bodyViolations(operation, exchange));
    return violations;
  }

  private List<String> parameterViolations(Parameter parameter, @Nullable String value) {
    String where = parameter.getIn().toString() + " parameter " + parameter.getName();
    if (value == null) {
      return parameter.isRequired() ? List.of(where + " is missing") : List.of();
    }
    return schemas.textViolations(
        where, parameter.getOpenAPIModel().getJsonObject("schema"), value);
  }

  private static List<String> queryViolations(Operation operation, MultiMap query) {
    List<String> violations = new ArrayList<>();
    for (String name : query.names()) {
      boolean known =
          operation.getParameters().stream()
              .anyMatch(p -> p.getIn() == Location.QUERY && p.getName().equals(name));
      if (!known) {
        violations.add("query parameter " + name + " is not in the contract");
      } else if (query.getAll(name).size() > 1) {
        violations.add("query parameter " + name + " is repeated");
      }
    }
    return violations;
  }

  private static List<String> credentialViolations(Operation operation, Exchange exchange) {
    String authorization = exchange.requestHeaders().get("Authorization");
    String cookie = exchange.requestHeaders().get("Cookie");
    boolean isKey = authorization != null && authorization.startsWith("Bearer ");
    boolean isPerson = cookie != null && cookie.contains("points_session=");
    return isKey || isPerson || operation.getSecurityRequirements().isEmpty()
        ? List.of()
        : List.of("the bearer key is missing, or the cookie of a session");
  }

  private List<String> bodyViolations(Operation operation, Exchange exchange) {
    if (operation.getRequestBody() == null) {
      return List.of();
    }
    String body = exchange.requestBody();
    if (body == null || body.isEmpty()) {
      return operation.getRequestBody().isRequired()
          ? List.of("request body is missing")
          : List.of();
    }
    JsonObject content = operation.getRequestBody().getOpenAPIModel().getJsonObject("content");
    String type = Contract.mediaType(exchange.requestHeaders());
    JsonObject model = ContractFile.mediaType(content, type);
    if (model == null) {
      return List.of("request content type '%s' is not in the contract".formatted(type));
    }
    return schemas.violations("request body", model.getJsonObject("schema"), type, body);
  }

  private static MultiMap query(String text) {
    MultiMap query = MultiMap.caseInsensitiveMultiMap();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.add(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
      }
    }
    return query;
  }
}
