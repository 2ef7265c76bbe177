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

  private static final Validator EXPLAINING = validator(OutputFormat.Basic);

  /** Stops at the first fault. */
  private static final Validator QUICK = validator(OutputFormat.Flag);

  private RuleBookSchema() {}

  private static Validator validator(OutputFormat format) {
    return Validator.create(
        JsonSchema.of(new JsonObject(text())),
        new JsonSchemaOptions()
            .setBaseUri("urn:points:rule-book")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(format));
  }

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
    return EXPLAINING.validate(document);
  }

  /** Returns whether a document has the form of the schema. */
  public static boolean admits(JsonObject document) {
    return Boolean.TRUE.equals(QUICK.validate(document).getValid());
  }
}
