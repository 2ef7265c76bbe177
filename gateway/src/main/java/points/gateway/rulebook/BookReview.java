package points.gateway.rulebook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.ledger.book.check.BookExamples;
import points.ledger.book.check.BookFindings;
import points.ledger.book.check.Finding;
import points.ledger.book.check.RuleBookDocument;
import points.ledger.book.check.Words;
import points.ledger.book.check.WrongExample;
import points.ledger.book.json.RuleBookReader;
import points.ledger.form.FieldErrors;

/**
 * A review of a rule book before it is published.
 *
 * @param errors faults of the document, by which it cannot be read
 * @param findings rules that can hardly be meant, and examples that do not come out
 * @param stops whether a finding keeps the book from being published
 */
record BookReview(FieldErrors errors, JsonArray findings, boolean stops) {

  /** Reviews a document, on a thread that may take its time. */
  static Future<BookReview> of(Vertx vertx, JsonObject document, ZoneId zone, Instant now) {
    return vertx.executeBlocking(() -> of(document, zone, now), false);
  }

  private static BookReview of(JsonObject json, ZoneId zone, Instant now) {
    var errors = new FieldErrors();
    RuleBookDocument document = RuleBookReader.readDocument(json, zone, errors);
    var findings = new JsonArray();
    if (!errors.isEmpty()) {
      return new BookReview(errors, findings, true);
    }
    List<WrongExample> examples = BookExamples.check(document);
    examples.forEach(it -> findings.add(json(it)));
    boolean stops = !examples.isEmpty();
    for (Finding it : BookFindings.of(document, now)) {
      findings.add(json(it.kind().label(), it.pointer(), it.words(), it.stopsPublishing()));
      stops |= it.stopsPublishing();
    }
    return new BookReview(errors, findings, stops);
  }

  private static JsonObject json(WrongExample example) {
    Words why = Words.list(example.why());
    var words =
        new Words(
            "规则书给出 " + example.given() + " 分：" + why.zh(),
            "The book gives " + example.given() + " points: " + why.en());
    return json("example_points", example.pointer(), words, true);
  }

  private static JsonObject json(String kind, String pointer, Words words, boolean stops) {
    return new JsonObject()
        .put("kind", kind)
        .put("pointer", pointer)
        .put("zh", words.zh())
        .put("en", words.en())
        .put("stopsPublishing", stops);
  }

  JsonObject toJson() {
    var faults = new JsonArray();
    errors.all().forEach(it -> faults.add(it.toJson()));
    return new JsonObject()
        .put("publishable", !stops)
        .put("errors", faults)
        .put("findings", findings);
  }

  /** Returns the problem of a book that is not to be published. */
  Problem problem() {
    String first =
        errors.isEmpty()
            ? findings.getJsonObject(0).getString("en")
            : errors.all().get(0).pointer() + " " + errors.all().get(0).message();
    return Problem.of(Code.RULE_BOOK_NOT_PUBLISHABLE, first + ". Nothing was published.")
        .with("findings", findings);
  }
}
