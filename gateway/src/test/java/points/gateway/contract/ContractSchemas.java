package points.gateway.contract;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Validates bodies and parameters against the contract's schemas.
 *
 * <p>The validators of vertx-openapi are not used for it: they know few media types, let unknown
 * query parameters and bodies without need pass, and read a text parameter such as {@code 12.5} as
 * a number.
 */
final class ContractSchemas {
  private final SchemaRepository repository;

  ContractSchemas(SchemaRepository repository) {
    this.repository = repository;
  }

  List<String> violations(String where, JsonObject schema, String mediaType, String body) {
    if (!isJson(mediaType)) {
      return List.of();
    }
    Object value;
    try {
      value = Json.decodeValue(body);
    } catch (DecodeException e) {
      return List.of(where + " is not JSON: " + e.getMessage());
    }
    return violations(where, schema, value);
  }

  List<String> violations(String where, JsonObject schema, @Nullable Object value) {
    OutputUnit result = repository.validator(JsonSchema.of(schema)).validate(value);
    if (Boolean.TRUE.equals(result.getValid())) {
      return List.of();
    }
    List<OutputUnit> errors = result.getErrors() == null ? List.of() : result.getErrors();
    List<String> reasons =
        errors.stream().flatMap(error -> reason(where, error)).distinct().toList();
    return reasons.isEmpty() ? List.of(where + " does not match its schema") : reasons;
  }

  /** A parameter or header is text; the schema says whether a number or a flag is meant. */
  List<String> textViolations(String where, JsonObject schema, String text) {
    Object value = text;
    if ("integer".equals(schema.getString("type"))) {
      try {
        value = Long.valueOf(text);
      } catch (NumberFormatException e) {
        return List.of(where + " is not a whole number: " + text);
      }
    }
    if ("boolean".equals(schema.getString("type")) && text.matches("true|false")) {
      value = Boolean.valueOf(text);
    }
    return violations(where, schema, value);
  }

  static boolean isJson(String mediaType) {
    return mediaType.equals("application/json") || mediaType.endsWith("+json");
  }

  private static Stream<String> reason(String where, OutputUnit error) {
    String message = error.getError();
    if (message == null || message.startsWith("A subschema had errors")) {
      return Stream.of();
    }
    String location = error.getInstanceLocation();
    return Stream.of(where + (location == null ? "" : " " + location) + ": " + message);
  }
}
