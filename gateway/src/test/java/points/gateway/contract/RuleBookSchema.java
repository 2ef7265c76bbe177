package points.gateway.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The JSON Schema of rule books, as the gateway serves it. */
public final class RuleBookSchema {

  private static final Validator VALIDATOR =
      Validator.create(
          JsonSchema.of(new JsonObject(text())),
          new JsonSchemaOptions()
              .setBaseUri("urn:points:rule-book")
              .setDraft(Draft.DRAFT202012)
              .setOutputFormat(OutputFormat.Basic));

  private RuleBookSchema() {}

  public static String text() {
    try (InputStream in = RuleBookSchema.class.getResourceAsStream("/rule-book.schema.json")) {
      if (in == null) {
        throw new IllegalStateException("rule-book.schema.json is not on the class path");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Holds a document against the schema. */
  public static OutputUnit check(JsonObject document) {
    return VALIDATOR.validate(document);
  }
}
