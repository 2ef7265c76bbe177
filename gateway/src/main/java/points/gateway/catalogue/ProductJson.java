package points.gateway.catalogue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.catalogue.Product;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;

/** Products as callers send and see them. */
final class ProductJson {

  static final int CATEGORY_LENGTH_MAX = 128;
  private static final int MARGIN_CLASS_LENGTH_MAX = 64;
  private static final int TAGS_MAX = 20;

  private ProductJson() {}

  static JsonObject write(Product product) {
    var json = new JsonObject().put("productId", product.productId()).put("name", product.name());
    Formats.putUnlessNull(json, "category", product.category());
    Formats.putUnlessNull(json, "marginClass", product.marginClass());
    json.put("tags", new JsonArray(product.tags()));
    Formats.putUnlessNull(json, "price", product.price());
    return json.put("active", product.active());
  }

  /** Reads a product with its id. */
  static Product read(JsonFields line) {
    return read(line, line.id("productId"));
  }

  /** Reads a product whole: what is left out, it has not. */
  static Product read(JsonFields body, String productId) {
    return new Product(
        productId,
        body.readable("name", Formats.NAME_LENGTH_MAX),
        category(body),
        body.optionalReadable("marginClass", MARGIN_CLASS_LENGTH_MAX),
        body.has("tags") ? body.texts("tags", 0, TAGS_MAX) : List.of(),
        body.optionalInteger("price", 0, Limits.AMOUNT_MAX),
        !body.has("active") || body.flag("active"));
  }

  private static @Nullable String category(JsonFields body) {
    String category = body.optionalReadable("category", CATEGORY_LENGTH_MAX);
    if (category != null && !isPath(category)) {
      body.wrong("category", FieldFault.CATEGORY_PATH);
    }
    return category;
  }

  static boolean isPath(String text) {
    return Stream.of(text.split("/", -1))
        .allMatch(it -> Formats.isReadable(it, CATEGORY_LENGTH_MAX));
  }
}
