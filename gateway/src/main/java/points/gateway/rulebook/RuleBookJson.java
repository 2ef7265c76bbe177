package points.gateway.rulebook;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import points.ledger.form.Formats;
import points.ledger.rulebook.Publication;
import points.ledger.rulebook.StoredBook;

/** Rule books and their publications as callers see them. */
final class RuleBookJson {

  private RuleBookJson() {}

  /** Returns a book without its document. */
  static JsonObject of(StoredBook book) {
    var json =
        new JsonObject()
            .put("ruleBookId", book.ruleBookId())
            .put("state", book.published() ? "published" : "draft");
    Formats.putUnlessNull(json, "title", book.title());
    json.put("hash", book.hash())
        .put("createdAt", book.createdAt().toString())
        .put("changedAt", book.changedAt().toString());
    Formats.putUnlessNull(json, "changedBy", book.changedBy());
    return json;
  }

  /** Returns a book with its document and its newest publications. */
  static JsonObject of(StoredBook book, List<Publication> publications) {
    var all = new JsonArray();
    publications.forEach(it -> all.add(of(it)));
    return of(book).put("document", new JsonObject(book.document())).put("publications", all);
  }

  /** Returns the part of a book by which callers name the version that they have read. */
  static JsonObject version(StoredBook book) {
    return new JsonObject().put("ruleBookId", book.ruleBookId()).put("hash", book.hash());
  }

  static JsonObject of(Publication publication) {
    var json =
        new JsonObject()
            .put("number", publication.number())
            .put("ruleBookId", publication.ruleBookId())
            .put("inForceFrom", publication.inForceFrom().toString())
            .put("timeZone", publication.timeZone().getId())
            .put("publishedAt", publication.publishedAt().toString());
    Formats.putUnlessNull(json, "publishedBy", publication.publishedBy());
    Formats.putUnlessNull(json, "rollsBack", publication.rollsBack());
    if (publication.withdrawnAt() != null) {
      json.put("withdrawnAt", publication.withdrawnAt().toString());
      Formats.putUnlessNull(json, "withdrawnBy", publication.withdrawnBy());
    }
    return json;
  }
}
