package points.gateway.rulebook;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.SqlClient;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Permission;
import points.gateway.setup.IdempotentSetup;
import points.gateway.setup.VersionTag;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Page;
import points.gateway.web.Problem;
import points.gateway.web.Responses;
import points.ledger.Ledger;
import points.ledger.Registry;
import points.ledger.book.check.RuleBookDocument;
import points.ledger.book.json.RuleBookReader;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.model.Fingerprint;
import points.ledger.program.Program;
import points.ledger.registry.Programs;
import points.ledger.registry.SetupRequests.Answer;
import points.ledger.rulebook.Draft;
import points.ledger.rulebook.DraftChange;
import points.ledger.rulebook.Publications;
import points.ledger.rulebook.RuleBooks;
import points.ledger.rulebook.StoredBook;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.TrailChange;

/** {@code /v1/rule-books}: drafts of rule books, and books that were published. */
public final class RuleBookRoutes {

  static final String BOOK = "/v1/rule-books/:ruleBookId";

  /** Greatest number of publications that are shown with a book. */
  private static final int PUBLICATIONS_SHOWN = 50;

  private final Ledger ledger;
  private final Programs programs;
  private final RuleBooks books;
  private final Publications publications;
  private final IdempotentSetup setup;

  public RuleBookRoutes(Ledger ledger, Registry registry, IdempotentSetup setup) {
    this.ledger = ledger;
    this.programs = registry.programs();
    this.books = registry.ruleBooks();
    this.publications = registry.publications();
    this.setup = setup;
  }

  public void mount(ApiRouter api) {
    api.post("/v1/rule-books", Permission.EDIT_RULE_BOOKS, this::create);
    api.get("/v1/rule-books", Permission.READ_CHAIN, this::list, "cursor", "limit");
    api.get(BOOK, Permission.READ_CHAIN, this::get);
    api.put(BOOK, Permission.EDIT_RULE_BOOKS, this::replace);
    api.delete(BOOK, Permission.EDIT_RULE_BOOKS, this::delete);
    api.post("/v1/rule-book-validation", Permission.EDIT_RULE_BOOKS, this::validate);
  }

  private void create(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofWrite(ctx);
    Draft draft = draft(ctx, input);
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    Responses.answer(
        ctx,
        setup.once(
            ctx,
            input.key(),
            Fingerprint.of("rule book").and(draft.hash()),
            transaction ->
                books
                    .create(transaction, draft, now())
                    .compose(change -> created(ctx, transaction, change))));
  }

  private static Future<Answer> created(
      RoutingContext ctx, SqlClient transaction, DraftChange change) {
    if (change instanceof DraftChange.Done done && done.after() != null) {
      Answer answer = Answer.first(201, RuleBookJson.of(done.after()).toBuffer());
      return record(ctx, transaction, "rulebook.create", done).map(answer);
    }
    return Future.succeededFuture(IdempotentSetup.refusal(ctx, RuleBookProblem.of(change)));
  }

  private void list(RoutingContext ctx) {
    Page.answer(ctx, books::page, RuleBookJson::of, StoredBook::ruleBookId);
  }

  private void get(RoutingContext ctx) {
    String programId = Authentication.caller(ctx).programId();
    String ruleBookId = idOf(ctx);
    Responses.when(
        ctx,
        books
            .find(programId, ruleBookId)
            .compose(
                found ->
                    publications
                        .ofBook(programId, ruleBookId, PUBLICATIONS_SHOWN)
                        .map(
                            its ->
                                found.map(book -> shown(ctx, book, RuleBookJson.of(book, its))))),
        shown ->
            shown.ifPresentOrElse(
                json -> Responses.json(ctx, 200, json),
                () -> Responses.problem(ctx, RuleBookProblem.NOT_FOUND)));
  }

  /** The version is that of the document: publications do not change it. */
  private static JsonObject shown(RoutingContext ctx, StoredBook book, JsonObject json) {
    VersionTag.put(ctx, RuleBookJson.version(book));
    return json;
  }

  private void replace(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofBody(ctx);
    Draft draft = draft(ctx, input);
    if (!draft.ruleBookId().equals(idOf(ctx))) {
      input.body().wrong("ruleBookId", FieldFault.RULE_BOOK_ID, idOf(ctx));
    }
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    Responses.when(
        ctx,
        books.replace(
            draft,
            now(),
            expected(ctx),
            (transaction, done) -> record(ctx, transaction, "rulebook.change", done)),
        change -> {
          if (change instanceof DraftChange.Done done && done.after() != null) {
            Responses.json(ctx, 200, shown(ctx, done.after(), RuleBookJson.of(done.after())));
          } else {
            Responses.problem(ctx, RuleBookProblem.of(change));
          }
        });
  }

  private void delete(RoutingContext ctx) {
    Responses.when(
        ctx,
        books.delete(
            Authentication.caller(ctx).programId(),
            idOf(ctx),
            expected(ctx),
            (transaction, done) -> record(ctx, transaction, "rulebook.delete", done)),
        change -> {
          if (change instanceof DraftChange.Done) {
            Responses.noContent(ctx);
          } else {
            Responses.problem(ctx, RuleBookProblem.of(change));
          }
        });
  }

  private void validate(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofBody(ctx);
    Problem unreadable = input.unreadable();
    if (unreadable != null) {
      Responses.problem(ctx, unreadable);
      return;
    }
    Responses.when(
        ctx,
        BookReview.of(
            ctx.vertx(),
            new JsonObject(JsonRequest.textOf(ctx)),
            zone(ctx),
            ledger.time().instant()),
        review -> Responses.json(ctx, 200, review.toJson()));
  }

  private Draft draft(RoutingContext ctx, JsonRequest input) {
    RuleBookDocument read = RuleBookReader.readDocument(input.body(), zone(ctx));
    return new Draft(
        Authentication.caller(ctx).programId(),
        read.book().ruleBookId(),
        read.title(),
        JsonRequest.textOf(ctx),
        Authentication.actor(ctx).reference());
  }

  private ZoneId zone(RoutingContext ctx) {
    Program program = programs.find(Authentication.caller(ctx).programId());
    return program == null ? ZoneOffset.UTC : program.timeZone();
  }

  private static Predicate<StoredBook> expected(RoutingContext ctx) {
    Predicate<JsonObject> wanted = VersionTag.wantedBy(ctx);
    return book -> wanted.test(RuleBookJson.version(book));
  }

  /** Returns the id that the path names; one that no book has when it is no id. */
  static String idOf(RoutingContext ctx) {
    String id = String.valueOf(ctx.pathParam("ruleBookId"));
    return Formats.isId(id) ? id : "";
  }

  private Instant now() {
    return ledger.time().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The trail has the hash of a document and not the document, which may be 256 kB. */
  private static Future<Void> record(
      RoutingContext ctx, SqlClient transaction, String action, DraftChange.Done done) {
    StoredBook book = done.after() == null ? done.before() : done.after();
    String id = book == null ? "" : book.ruleBookId();
    TrailChange change = Authentication.change(ctx, action, "ruleBook", id);
    return AuditTrail.append(transaction, change.with(fields(done.before()), fields(done.after())));
  }

  private static @Nullable JsonObject fields(@Nullable StoredBook book) {
    return book == null
        ? null
        : new JsonObject().put("title", book.title()).put("hash", book.hash());
  }
}
