package points.ledger.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import points.ledger.book.RuleBook;
import points.ledger.book.json.RuleBookReader;
import points.ledger.engine.CompiledBook;
import points.ledger.form.FieldErrors;
import points.ledger.program.PublishedBook;

/**
 * A book with tiers that small orders come to, that are for sale, and that are reviewed. Limits
 * against abuse hold the ninth order of a week, and refuse large ones.
 */
final class TierBook {

  private TierBook() {}

  /**
   * The document.
   *
   * @param more fields of its tiers
   */
  static String document(String more) {
    return """
    {"ruleBookId": "tiers", "base": {"points": 1, "perAmount": 3},
     "tierFactors": {"gold": "1.5", "black": "2"},
     "abuse": [
       {"id": "many", "count": "orders", "per": "member", "within": "P7D", "limit": 8, "then": "review"},
       {"id": "large", "count": "amount", "per": "receipt", "limit": 150, "then": "refuse"}],
     "growth": {"rules": [{"id": "visit", "fixed": 10, "perDay": 2}]},
     "tiers": {
       "levels": [{"id": "silver", "from": 0},
                  {"id": "gold", "from": 20, "upgradePrice": {"points": 5, "validity": "P1M"}},
                  {"id": "black", "from": 60, "upgradePrice": {"points": 10}}],
       "measure": {"account": "growth", "period": "rolling", "length": "P1M"},
       "review": {"on": "yearEnd"}, %s}}
    """
        .formatted(more);
  }

  /** The first publication of a document. */
  static PublishedBook published(String document, ZoneId zone) {
    var errors = new FieldErrors();
    RuleBook book = RuleBookReader.read(new JsonObject(document), zone, errors);
    assertThat(errors.all()).isEmpty();
    return new PublishedBook(1, book.ruleBookId(), new CompiledBook(book));
  }
}
