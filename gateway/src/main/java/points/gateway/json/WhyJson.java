package points.gateway.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import points.ledger.award.Award;
import points.ledger.award.Awarded;
import points.ledger.award.Cut;
import points.ledger.form.Formats;
import points.ledger.model.Entry;
import points.ledger.tier.LevelChange;

/** The reasons for which an order earned what it did. */
final class WhyJson {

  private WhyJson() {}

  /** Adds the change of the member's level by an entry; nothing when it stays, but on reviews. */
  static void putTier(JsonObject json, Entry entry) {
    LevelChange level = entry.factsChange().tier().level();
    boolean isReview = entry.kind() == Entry.Kind.TIER_REVIEW;
    if (level == null || (!isReview && level.from().equals(level.to()))) {
      return;
    }
    json.put(
        "tier",
        new JsonObject()
            .put("from", level.from())
            .put("to", level.to())
            .put("reason", Formats.label(level.reason())));
  }

  /** Adds the awards of the rule book that rated an order, rule by rule and line by line. */
  static void put(JsonObject json, Entry entry) {
    Awarded awarded = entry.awarded();
    if (awarded == null) {
      return;
    }
    var awards = new JsonArray();
    awarded.awards().forEach(it -> awards.add(award(it, awarded, entry)));
    var why =
        new JsonObject()
            .put("ruleBookId", awarded.ruleBookId())
            .put("publication", awarded.publication())
            .put("awards", awards);
    if (!awarded.cuts().isEmpty()) {
      var cuts = new JsonArray();
      awarded.cuts().forEach(it -> cuts.add(cut(it, awarded)));
      why.put("cuts", cuts);
    }
    json.put("why", why);
  }

  private static JsonObject award(Award award, Awarded awarded, Entry entry) {
    var json = new JsonObject().put("rule", awarded.idOf(award.rule()));
    if (!entry.lines().isEmpty()) {
      json.put("lineId", entry.lines().get(award.line()).line().lineId());
    }
    return json.put("points", award.points());
  }

  private static JsonObject cut(Cut cut, Awarded awarded) {
    return new JsonObject()
        .put("rule", awarded.idOf(cut.rule()))
        .put("reason", Formats.label(cut.reason()))
        .put("points", cut.points());
  }
}
