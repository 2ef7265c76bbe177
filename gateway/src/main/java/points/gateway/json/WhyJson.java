package points.gateway.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import points.ledger.award.Award;
import points.ledger.award.Awarded;
import points.ledger.award.Cut;
import points.ledger.form.Formats;
import points.ledger.model.Entry;
import points.ledger.tier.Floor;
import points.ledger.tier.TierChange;
import points.ledger.tier.TierMove;

/** The reasons for which an order earned what it did. */
public final class WhyJson {

  private WhyJson() {}

  /**
   * Adds the change of the member's tier by an entry.
   *
   * <p>When it stays, nothing; but on reviews, and where a tier is given, bought or ends.
   */
  public static void putTier(JsonObject json, Entry entry) {
    TierChange change = entry.factsChange().tier();
    TierMove move = change.move();
    boolean isReview = entry.kind() == Entry.Kind.TIER_REVIEW;
    boolean isGiven = isGiven(change);
    if (move == null || (!isReview && !isGiven && move.from().equals(move.to()))) {
      return;
    }
    var tier =
        new JsonObject()
            .put("from", move.from())
            .put("to", move.to())
            .put("reason", Formats.label(move.reason()));
    if (isGiven) {
      tier.put("given", given(change.floors().get(0)));
    }
    json.put("tier", tier);
  }

  /**
   * Returns whether an entry gives a level, or ends one that was given; a merge only moves them.
   */
  public static boolean isGiven(TierChange change) {
    TierMove move = change.move();
    return move != null
        && switch (move.reason()) {
          case GRANT, PURCHASE, WITHDRAWAL, END -> !change.floors().isEmpty();
          default -> false;
        };
  }

  /** Returns a level that is given or bought. */
  public static JsonObject given(Floor floor) {
    var json = new JsonObject().put("tier", floor.level()).put("since", floor.since().toString());
    Instant until = floor.until();
    return until == null ? json : json.put("until", until.toString());
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
    if (!awarded.heldBy().isEmpty()) {
      why.put("heldBy", new JsonArray(awarded.heldBy()));
    }
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
