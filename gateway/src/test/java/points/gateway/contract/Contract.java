package points.gateway.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Path;
import io.vertx.openapi.contract.Response;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds what clients and the gateway say to each other against openapi.yaml.
 *
 * <p>The answer always has to conform. The request has to conform when it was accepted or refused
 * by the rules of the program, and must not conform when it was meant to be bad.
 */
public final class Contract {
  /** Answers that a call can get whose path or method is not in the contract. */
  private static final Map<Integer, String> WITHOUT_OPERATION =
      Map.of(
          401, "Unauthorized",
          404, "NotFound",
          405, "MethodNotAllowed",
          429, "TooManyRequests",
          500, "InternalError",
          503, "Unavailable",
          504, "TookTooLong");

  private final OpenAPIContract openApi;
  private final RequestCheck requests;
  private final ResponseCheck responses;

  private Contract(OpenAPIContract openApi) {
    this.openApi = openApi;
    ContractSchemas schemas = new ContractSchemas(openApi.getSchemaRepository());
    requests = new RequestCheck(schemas);
    responses = new ResponseCheck(schemas);
  }

  /** Loads the contract from the class path, and fails when it is no valid OpenAPI document. */
  public static Contract load(Vertx vertx) {
    return new Contract(OpenAPIContract.from(vertx, ContractFile.read()).await());
  }

  /**
   * Checks one exchange.
   *
   * @throws AssertionError with every violation and the exchange
   */
  public void check(Exchange exchange) {
    List<String> violations = violations(exchange);
    if (!violations.isEmpty()) {
      throw new AssertionError(
          "The contract is broken:%n  - %s%n%s"
              .formatted(String.join("%n  - ".formatted(), violations), exchange));
    }
  }

  public OpenAPIContract openApi() {
    return openApi;
  }

  private List<String> violations(Exchange exchange) {
    Match match = match(exchange.path());
    Operation operation = match == null ? null : match.operation(exchange);
    List<String> violations = new ArrayList<>();
    JsonObject response =
        operation == null
            ? responseWithoutOperation(match != null, exchange.status())
            : response(operation, exchange.status());
    if (response == null) {
      violations.add("status %d is not in the contract".formatted(exchange.status()));
    } else {
      violations.addAll(responses.violations(response, exchange));
    }
    List<String> inRequest =
        match == null || operation == null
            ? List.of("path or method is not in the contract")
            : requests.violations(operation, match.parameters(), exchange);
    violations.addAll(verdictViolations(exchange, inRequest));
    return violations;
  }

  private static List<String> verdictViolations(Exchange exchange, List<String> inRequest) {
    int status = exchange.status();
    if (exchange.badRequest()) {
      List<String> violations = new ArrayList<>();
      if (inRequest.isEmpty()) {
        violations.add("the request was meant to be bad, and the contract permits it");
      }
      if (status < 400 || status >= 500) {
        violations.add("the request was meant to be bad, and the status is " + status);
      }
      return violations;
    }
    boolean understood = status < 400 || status == 409;
    return understood ? inRequest : List.of();
  }

  private static @Nullable JsonObject response(Operation operation, int status) {
    Response response = operation.getResponse(status);
    return response == null ? null : response.getOpenAPIModel();
  }

  private @Nullable JsonObject responseWithoutOperation(boolean pathKnown, int status) {
    if (status == (pathKnown ? 404 : 405)) {
      return null;
    }
    String name = WITHOUT_OPERATION.get(status);
    return name == null
        ? null
        : openApi
            .getRawContract()
            .getJsonObject("components")
            .getJsonObject("responses")
            .getJsonObject(name);
  }

  /** Paths without a parameter come first, so that they win over those with one. */
  private @Nullable Match match(String path) {
    for (Path candidate : openApi.getPaths()) {
      Map<String, String> parameters = parameters(candidate.getName(), path);
      if (parameters != null) {
        return new Match(candidate, parameters);
      }
    }
    return null;
  }

  private static @Nullable Map<String, String> parameters(String template, String path) {
    String[] expected = template.split("/", -1);
    String[] actual = path.split("/", -1);
    if (expected.length != actual.length) {
      return null;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < expected.length; i++) {
      if (expected[i].startsWith("{") && !actual[i].isEmpty()) {
        String name = expected[i].substring(1, expected[i].length() - 1);
        parameters.put(name, URLDecoder.decode(actual[i].replace("+", "%2B"), UTF_8));
      } else if (!expected[i].equals(actual[i])) {
        return null;
      }
    }
    return parameters;
  }

  /** The content type without its parameters; empty when there is none. */
  static String mediaType(MultiMap headers) {
    String type = headers.get("Content-Type");
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private record Match(Path path, Map<String, String> parameters) {
    @Nullable Operation operation(Exchange exchange) {
      return path.getOperations().stream()
          .filter(operation -> operation.getHttpMethod().equals(exchange.method()))
          .findFirst()
          .orElse(null);
    }
  }
}
