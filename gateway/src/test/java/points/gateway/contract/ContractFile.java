package points.gateway.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Reads openapi.yaml so that vertx-openapi takes it.
 *
 * <p>vertx-openapi 5.0 refuses a contract that names a media type it does not know, problem+json
 * among them. Such types go in under a name that it lets pass, and come out under their own.
 *
 * <p>The contract leaves room to grow, so that clients generated from it live with a later gateway.
 * This gateway is held to what is there today: answers have no other fields, fields with a list of
 * values no others, what holds besides ({@code x-constraints}) holds, and rule books have the form
 * of their own schema.
 */
public final class ContractFile {
  private static final Map<String, String> STAND_INS =
      Map.of(
          "application/problem+json", "application/vnd.problem+json",
          "application/merge-patch+json", "application/vnd.merge-patch+json",
          "application/x-ndjson", "application/vnd.x-ndjson+json",
          "application/schema+json", "application/vnd.schema+json",
          "application/yaml", "application/vnd.yaml+json",
          "text/plain", "application/vnd.plain+json",
          "text/html", "application/vnd.html+json");

  private ContractFile() {}

  /** The contract, with all of its rules as JSON Schema. */
  public static JsonObject read() {
    if (!(json(yaml()) instanceof JsonObject contract)) {
      throw new IllegalStateException("openapi.yaml is not an object");
    }
    contract.remove("servers"); // vertx-openapi wants a host in each
    addRuleBook(contract.getJsonObject("components").getJsonObject("schemas"));
    return contract;
  }

  private static void addRuleBook(JsonObject schemas) {
    String text = RuleBookSchema.text().replace("#/$defs/", "#/components/schemas/RuleBook-");
    var document = new JsonObject(text);
    document.remove("$schema");
    document.remove("$id");
    JsonObject parts = (JsonObject) document.remove("$defs");
    parts.forEach(part -> schemas.put("RuleBook-" + part.getKey(), part.getValue()));
    schemas.put("RuleBookDocument", document);
  }

  /** The contract as callers read it. */
  static Map<?, ?> asWritten() {
    if (!(yaml() instanceof Map<?, ?> contract)) {
      throw new IllegalStateException("openapi.yaml is not an object");
    }
    return contract;
  }

  private static Object yaml() {
    try (InputStream in = ContractFile.class.getClassLoader().getResourceAsStream("openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("openapi.yaml is not on the class path");
      }
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The media types that a request or a response has, under their own names. */
  static Set<String> mediaTypes(JsonObject content) {
    return content.fieldNames().stream()
        .filter(name -> !name.startsWith("__"))
        .map(ContractFile::ownName)
        .collect(Collectors.toSet());
  }

  static @Nullable JsonObject mediaType(JsonObject content, String name) {
    return content.getJsonObject(STAND_INS.getOrDefault(name, name));
  }

  private static String ownName(String name) {
    return STAND_INS.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(name);
  }

  private static @Nullable Object json(@Nullable Object yaml) {
    if (yaml instanceof Map<?, ?> map) {
      JsonObject object = new JsonObject();
      map.forEach(
          (key, value) -> {
            String name = String.valueOf(key);
            object.put(STAND_INS.getOrDefault(name, name), json(value));
          });
      return strict(object);
    }
    if (yaml instanceof List<?> list) {
      JsonArray array = new JsonArray();
      list.forEach(value -> array.add(json(value)));
      return array;
    }
    return yaml;
  }

  private static JsonObject strict(JsonObject object) {
    if (object.containsKey("x-extensible-enum")) {
      object.put("enum", object.remove("x-extensible-enum"));
    }
    if (object.containsKey("x-constraints")) {
      object.put("allOf", object.remove("x-constraints"));
    }
    if ("object".equals(object.getValue("type"))
        && object.getValue("properties") instanceof JsonObject
        && !object.containsKey("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    return object;
  }
}
