package points.gateway.catalogue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Permission;
import points.gateway.setup.ChangedFields;
import points.gateway.setup.VersionTag;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonLines;
import points.gateway.web.JsonLines.Line;
import points.gateway.web.JsonRequest;
import points.gateway.web.Page;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.QueryParameters;
import points.gateway.web.RequestLifecycle;
import points.gateway.web.Responses;
import points.ledger.catalogue.Catalogue;
import points.ledger.catalogue.Product;
import points.ledger.catalogue.ProductSearch;
import points.ledger.catalogue.Products;
import points.ledger.catalogue.ProductsChange;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.TrailChange;

/**
 * {@code /v1/products}: takes over from the chain's stock system how its goods are classed, and
 * lists it.
 */
public final class ProductRoutes {

  private static final int LINES_MAX = 1_000;

  /** Greatest number of wrong lines that an answer names; it counts all. */
  private static final int NAMED_MAX = 100;

  private static final Map<String, Boolean> FLAGS = Map.of("true", true, "false", false);

  private final Products products;
  private final Catalogue catalogue;

  /**
   * @param catalogue announces changes by which orders are rated
   */
  public ProductRoutes(Products products, Catalogue catalogue) {
    this.products = products;
    this.catalogue = catalogue;
  }

  public void mount(ApiRouter api) {
    api.put("/v1/products", Permission.KEEP_CATALOGUE, this::putMany);
    api.get(
        "/v1/products",
        Permission.READ_CHAIN,
        this::list,
        "prefix",
        "category",
        "active",
        "cursor",
        "limit");
    api.put("/v1/products/:productId", Permission.KEEP_CATALOGUE, this::put);
    api.get("/v1/products/:productId", Permission.READ_CHAIN, this::get);
  }

  private void list(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    String prefix = query.get("prefix");
    if (prefix != null && !Formats.isId(prefix)) {
      query.wrong("prefix", FieldFault.ID_FORM);
    }
    String category = query.get("category");
    if (category != null && !Formats.isReadable(category, ProductJson.CATEGORY_LENGTH_MAX)) {
      query.wrong("category", FieldFault.READABLE, ProductJson.CATEGORY_LENGTH_MAX);
    } else if (category != null && !ProductJson.isPath(category)) {
      query.wrong("category", FieldFault.CATEGORY_PATH);
    }
    var wanted = new ProductSearch(prefix, category, query.oneOf("active", FLAGS));
    int limit = query.limit();
    String after = query.idPosition();
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
      return;
    }
    Responses.when(
        ctx,
        products.page(Authentication.caller(ctx).programId(), wanted, after, limit + 1),
        found ->
            Responses.json(
                ctx, 200, Page.of(found, limit, ProductJson::write, Product::productId)));
  }

  private void get(RoutingContext ctx) {
    String productId = String.valueOf(ctx.pathParam("productId"));
    if (!Formats.isId(productId)) {
      Responses.problem(ctx, notFound());
      return;
    }
    Responses.when(
        ctx,
        products.find(Authentication.caller(ctx).programId(), productId),
        found ->
            found.ifPresentOrElse(
                product -> VersionTag.answer(ctx, ProductJson.write(product)),
                () -> Responses.problem(ctx, notFound())));
  }

  private static Problem notFound() {
    return Problem.of(Code.NOT_FOUND, "The program has no such product.");
  }

  private void put(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofBody(ctx);
    String productId = String.valueOf(ctx.pathParam("productId"));
    Product product = ProductJson.read(input.body(), productId);
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    if (!Formats.isId(productId)) {
      Responses.problem(ctx, Problem.invalid("/productId", FieldFault.ID_FORM));
      return;
    }
    Predicate<Map<String, Product>> isExpected = isExpected(ctx, productId);
    Responses.when(
        ctx,
        products
            .put(
                Authentication.caller(ctx).programId(),
                List.of(product),
                isExpected,
                (transaction, before, done) ->
                    record(transaction, ctx, before.get(productId), product))
            .compose(put -> catalogue.changed().map(put)),
        put -> answer(ctx, put, product));
  }

  /** With the header If-Match there has to be a product, and of that version. */
  private static Predicate<Map<String, Product>> isExpected(RoutingContext ctx, String productId) {
    if (!VersionTag.isAsked(ctx)) {
      return there -> true;
    }
    Predicate<JsonObject> version = VersionTag.wantedBy(ctx);
    return there -> {
      Product before = there.get(productId);
      return before != null && version.test(ProductJson.write(before));
    };
  }

  private static Future<Void> record(
      SqlClient transaction, RoutingContext ctx, @Nullable Product before, Product after) {
    JsonObject now = ProductJson.write(after);
    if (before == null) {
      now.remove("productId");
      return AuditTrail.append(transaction, change(ctx, "product.create", after).with(null, now));
    }
    return ChangedFields.of(ProductJson.write(before), now)
        .record(transaction, change(ctx, "product.change", after));
  }

  private static TrailChange change(RoutingContext ctx, String action, Product product) {
    return Authentication.change(ctx, action, "product", product.productId());
  }

  private static void answer(RoutingContext ctx, ProductsChange put, Product product) {
    if (put instanceof ProductsChange.Done done) {
      VersionTag.answer(ctx, done.created() > 0 ? 201 : 200, ProductJson.write(product));
    } else if (put instanceof ProductsChange.TooMany) {
      Responses.problem(ctx, tooMany());
    } else {
      VersionTag.refuse(ctx);
    }
  }

  private static Problem tooMany() {
    return Problem.of(
        Code.TOO_MANY_PRODUCTS,
        "A program has at most %d products. Nothing was applied.".formatted(Products.PRODUCTS_MAX));
  }

  private void putMany(RoutingContext ctx) {
    JsonLines<Product> body = JsonLines.read(ctx, LINES_MAX, ProductJson::read);
    if (body.problem() != null) {
      Responses.problem(ctx, body.problem());
      return;
    }
    var right = new ArrayList<Product>();
    List<Line<Product>> wrong = wrong(body.lines(), right);
    String programId = Authentication.caller(ctx).programId();
    TrailChange change = Authentication.change(ctx, "products.put", "program", programId);
    Responses.when(
        ctx,
        products
            .put(
                programId,
                right,
                there -> true,
                (transaction, before, done) ->
                    AuditTrail.append(transaction, change.with(null, counts(done, wrong.size()))))
            .compose(put -> catalogue.changed().map(put)),
        put -> answerMany(ctx, put, wrong));
  }

  /** Sorts lines into those that are wrong and the products of the others. */
  private static List<Line<Product>> wrong(List<Line<Product>> lines, List<Product> right) {
    var wrong = new ArrayList<Line<Product>>();
    var ids = new HashSet<String>();
    for (Line<Product> line : lines) {
      Product product = line.value();
      if (product == null) {
        wrong.add(line);
      } else if (ids.add(product.productId())) {
        right.add(product);
      } else {
        wrong.add(line.wrong(Problem.invalid("/productId", FieldFault.TWICE)));
      }
    }
    return wrong;
  }

  private static JsonObject counts(ProductsChange.Done done, int wrong) {
    return new JsonObject()
        .put("created", done.created())
        .put("changed", done.changed())
        .put("unchanged", done.unchanged())
        .put("rejected", wrong);
  }

  private static void answerMany(
      RoutingContext ctx, ProductsChange put, List<Line<Product>> wrong) {
    if (put instanceof ProductsChange.Done done) {
      String requestId = RequestLifecycle.requestId(ctx);
      var named = new JsonArray();
      wrong.stream().limit(NAMED_MAX).map(line -> json(line, requestId)).forEach(named::add);
      Responses.json(ctx, 200, counts(done, wrong.size()).put("rejectedLines", named));
    } else {
      Responses.problem(ctx, tooMany());
    }
  }

  private static JsonObject json(Line<Product> line, String requestId) {
    Problem problem = line.problem();
    return new JsonObject()
        .put("line", line.number())
        .put("problem", problem == null ? null : problem.toJson(requestId));
  }
}
