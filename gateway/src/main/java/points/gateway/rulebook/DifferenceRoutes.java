package points.gateway.rulebook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import points.gateway.access.Permission;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.QueryParameters;
import points.gateway.web.Responses;
import points.ledger.Registry;
import points.ledger.book.diff.BookDiff;
import points.ledger.book.diff.Change;
import points.ledger.program.Program;
import points.ledger.registry.Programs;
import points.ledger.rulebook.RuleBooks;
import points.ledger.rulebook.StoredBook;

/** Compares two rule books of a program, in words for people. */
public final class DifferenceRoutes {

  private final Programs programs;
  private final RuleBooks books;

  public DifferenceRoutes(Registry registry) {
    this.programs = registry.programs();
    this.books = registry.ruleBooks();
  }

  public void mount(ApiRouter api) {
    api.get(RuleBookRoutes.BOOK + "/diff", Permission.READ_CHAIN, this::compare, "from");
  }

  private void compare(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    String from = query.id("from");
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
      return;
    }
    String programId = Authentication.caller(ctx).programId();
    Program program = programs.find(programId);
    Responses.when(
        ctx,
        books
            .find(programId, from)
            .compose(
                old -> books.find(programId, RuleBookRoutes.idOf(ctx)).map(its -> pair(old, its)))
            .compose(
                pair ->
                    pair.isEmpty() || program == null
                        ? Future.succeededFuture(Optional.<JsonObject>empty())
                        : difference(ctx.vertx(), pair.get(), program.currency())),
        found ->
            found.ifPresentOrElse(
                json -> Responses.json(ctx, 200, json),
                () -> Responses.problem(ctx, RuleBookProblem.NOT_FOUND)));
  }

  /** Two books, of which the first is the old one. */
  private record Pair(StoredBook from, StoredBook to) {}

  private static Optional<Pair> pair(Optional<StoredBook> from, Optional<StoredBook> to) {
    return from.flatMap(old -> to.map(its -> new Pair(old, its)));
  }

  /** Compares on a thread that may take its time: a document may have 256 kB. */
  private static Future<Optional<JsonObject>> difference(Vertx vertx, Pair pair, String currency) {
    return vertx.executeBlocking(
        () -> {
          BookDiff diff =
              BookDiff.between(
                  new JsonObject(pair.from().document()),
                  new JsonObject(pair.to().document()),
                  Currency.getInstance(currency));
          return Optional.of(json(pair, diff));
        },
        false);
  }

  private static JsonObject json(Pair pair, BookDiff diff) {
    var changes = new JsonArray();
    diff.changes().forEach(it -> changes.add(json(it)));
    return new JsonObject()
        .put("from", pair.from().ruleBookId())
        .put("to", pair.to().ruleBookId())
        .put("total", diff.total())
        .put("changes", changes);
  }

  private static JsonObject json(Change change) {
    return new JsonObject()
        .put("kind", change.kind().name().toLowerCase(Locale.ROOT))
        .put("pointer", change.pointer())
        .put("zh", change.words().zh())
        .put("en", change.words().en());
  }
}
