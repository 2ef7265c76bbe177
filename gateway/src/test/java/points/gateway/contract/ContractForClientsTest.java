package points.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The contract keeps the form from which generators make clients that people like to use, and that
 * live with a later gateway.
 */
class ContractForClientsTest {
  private static final String SCHEMA = "#/components/schemas/";

  private final Map<?, ?> contract = ContractFile.asWritten();
  private final Map<?, ?> components = map(contract.get("components"));
  private final Map<?, ?> schemas = map(components.get("schemas"));

  /** A schema without a name becomes a class that is named after a call, or a number. */
  @Test
  void everyObjectHasAName() {
    List<String> nameless = new ArrayList<>();
    eachSchema(
        (where, schema) -> {
          boolean named = schemas.values().stream().anyMatch(it -> it == schema);
          boolean object = schema.containsKey("properties") || "object".equals(schema.get("type"));
          boolean composed =
              List.of("allOf", "anyOf", "not", "if").stream().anyMatch(schema::containsKey);
          if ((!named && object) || composed) {
            nameless.add(where);
          }
        });
    assertThat(nameless).isEmpty();
  }

  /** A choice of which the generators do not know how it is made ends in an exception. */
  @Test
  void everyChoiceSaysWhatItIsMadeBy() {
    List<String> blind = new ArrayList<>();
    Set<String> choices = new TreeSet<>();
    eachSchema(
        (where, schema) -> {
          if (schema.get("oneOf") instanceof List<?> choice
              && !choice.contains(Map.of("type", "null"))) {
            choices.add(where);
            if (!saysWhich(schema, choice)) {
              blind.add(where);
            }
          }
        });
    assertThat(blind).isEmpty();
    assertThat(choices).contains("RefundAnswer", "Validity");
  }

  private boolean saysWhich(Map<?, ?> schema, List<?> choice) {
    if (!(schema.get("discriminator") instanceof Map<?, ?> discriminator)) {
      return false;
    }
    Map<?, ?> mapping = map(discriminator.get("mapping"));
    String property = String.valueOf(discriminator.get("propertyName"));
    return mapping.size() == choice.size()
        && mapping.entrySet().stream()
            .allMatch(
                entry -> {
                  Map<?, ?> one = named(entry.getValue());
                  Map<?, ?> field = map(map(one.get("properties")).get(property));
                  return choice.contains(Map.of("$ref", entry.getValue()))
                      && list(one.get("required")).contains(property)
                      && list(field.get("enum")).equals(List.of(entry.getKey()));
                });
  }

  /** A client with a closed list of values fails on the first new one. */
  @Test
  void listsOfValuesAreOpen() {
    List<String> closed = new ArrayList<>();
    Set<String> chosenBy = new TreeSet<>();
    eachSchema(
        (where, schema) -> {
          Map<?, ?> discriminator = map(schema.get("discriminator"));
          for (Object one : map(discriminator.get("mapping")).values()) {
            String name = String.valueOf(one).substring(SCHEMA.length());
            chosenBy.add(name + "." + discriminator.get("propertyName"));
          }
        });
    eachSchema(
        (where, schema) -> {
          boolean isClosed = schema.containsKey("const") || schema.containsKey("enum");
          if (isClosed && !chosenBy.contains(where)) {
            closed.add(where);
          }
        });
    assertThat(closed).isEmpty();
  }

  /** Requests are read strictly; answers may have more fields one day. */
  @Test
  void requestsAreClosedAndAnswersAreOpen() {
    Set<String> asked = new TreeSet<>();
    Set<String> answered = new TreeSet<>(Set.of("BatchAnswer", "BatchAnswerBody"));
    answered.add("UncheckedRuleBook"); // the answer to it says which of its fields are wrong
    for (Object path : map(contract.get("paths")).values()) {
      for (Object operation : map(path).values()) {
        collect(map(operation).get("requestBody"), asked);
        collect(map(operation).get("responses"), answered);
      }
    }
    for (Map.Entry<?, ?> entry : schemas.entrySet()) {
      Map<?, ?> schema = map(entry.getValue());
      if ("object".equals(schema.get("type"))) {
        String name = String.valueOf(entry.getKey());
        assertThat(schema.get("additionalProperties"))
            .as(name)
            .isNotEqualTo(answered.contains(name) ? (Object) false : "nothing");
        if (!answered.contains(name)) {
          assertThat(asked).as("used").contains(name);
          assertThat(schema.get("additionalProperties")).as(name).isEqualTo(false);
        }
      }
    }
  }

  @Test
  void everythingIsDescribed() {
    List<String> undescribed = new ArrayList<>();
    for (Map.Entry<?, ?> entry : schemas.entrySet()) {
      Map<?, ?> schema = map(entry.getValue());
      String name = String.valueOf(entry.getKey());
      if (!isDescribed(schema)) {
        undescribed.add(name);
      }
      for (Map.Entry<?, ?> field : map(schema.get("properties")).entrySet()) {
        if (!isDescribed(map(field.getValue()))) {
          undescribed.add(name + "." + field.getKey());
        }
      }
    }
    for (Map.Entry<?, ?> entry : map(components.get("parameters")).entrySet()) {
      if (!isDescribed(map(entry.getValue()))) {
        undescribed.add("parameter " + entry.getKey());
      }
    }
    for (Map.Entry<?, ?> entry : map(components.get("headers")).entrySet()) {
      if (!isDescribed(map(entry.getValue()))) {
        undescribed.add("header " + entry.getKey());
      }
    }
    assertThat(undescribed).isEmpty();
  }

  @Test
  void itSaysWhereAGatewayIs() {
    assertThat(list(contract.get("servers"))).isNotEmpty();
  }

  private boolean isDescribed(Map<?, ?> schema) {
    return (schema.get("description") instanceof String own && !own.isBlank())
        || (schema.get("$ref") instanceof String && isDescribed(named(schema.get("$ref"))));
  }

  /** Each schema of the contract, those within others too, with where it is. */
  private void eachSchema(BiConsumer<String, Map<?, ?>> check) {
    schemas.forEach((name, schema) -> walk(String.valueOf(name), map(schema), check));
    outside("paths", contract.get("paths"), check);
    for (String kind : List.of("parameters", "headers", "responses")) {
      outside(kind, components.get(kind), check);
    }
  }

  private static void outside(
      String where, @Nullable Object part, BiConsumer<String, Map<?, ?>> check) {
    if (part instanceof Map<?, ?> object) {
      object.forEach(
          (key, value) -> {
            if (key.equals("schema")) {
              walk(where, map(value), check);
            } else {
              outside(where + " " + key, value, check);
            }
          });
    } else if (part instanceof List<?> array) {
      array.forEach(element -> outside(where, element, check));
    }
  }

  private static void walk(String where, Map<?, ?> schema, BiConsumer<String, Map<?, ?>> check) {
    check.accept(where, schema);
    map(schema.get("properties"))
        .forEach((name, field) -> walk(where + "." + name, map(field), check));
    if (schema.get("items") instanceof Map<?, ?> items) {
      walk(where + "[]", items, check);
    }
    if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
      walk(where + "{}", values, check);
    }
    for (Object one : list(schema.get("oneOf"))) {
      walk(where + "|", map(one), check);
    }
  }

  private void collect(@Nullable Object part, Set<String> names) {
    if (part instanceof Map<?, ?> object) {
      if (object.get("$ref") instanceof String reference) {
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        if (!reference.startsWith(SCHEMA)) {
          String kind = List.of(reference.split("/", -1)).get(2);
          collect(map(components.get(kind)).get(name), names);
        } else if (names.add(name)) {
          collect(schemas.get(name), names);
        }
      }
      object.values().forEach(value -> collect(value, names));
    } else if (part instanceof List<?> array) {
      array.forEach(element -> collect(element, names));
    }
  }

  private Map<?, ?> named(@Nullable Object reference) {
    return map(schemas.get(String.valueOf(reference).substring(SCHEMA.length())));
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
