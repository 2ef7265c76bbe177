package points.gateway.tier;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.gateway.json.WhyJson;
import points.ledger.form.Formats;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.StateSnapshot;
import points.ledger.tier.Level;
import points.ledger.tier.Level.Benefit;
import points.ledger.tier.Level.Named;
import points.ledger.tier.LevelChange;
import points.ledger.tier.Standing;
import points.ledger.tier.Standing.Outlook;
import points.ledger.tier.TierChange;
import points.ledger.tier.TierMove;
import points.ledger.tier.TierRules;
import points.ledger.tier.UpgradePrice;

/** The JSON of tiers. */
final class TierJson {

  private TierJson() {}

  /**
   * Returns the tier of a member.
   *
   * @param rules those of the book in force; null when it has no tiers
   */
  static JsonObject of(
      MemberKey member, StateSnapshot reading, @Nullable TierRules rules, Instant now) {
    var json = new JsonObject().put("memberId", member.memberId());
    if (rules == null) {
      json.putNull("tier");
    } else {
      put(json, Standing.of(reading.state().facts().tier(), rules, now), rules);
    }
    return json.put("stale", reading.stale());
  }

  /** Returns the change of the level by an entry. */
  static JsonObject change(Entry entry) {
    TierChange change = entry.factsChange().tier();
    TierMove move = Objects.requireNonNull(change.move());
    var json =
        new JsonObject()
            .put("transactionId", entry.transactionId())
            .put("kind", Formats.label(entry.kind()))
            .put("from", move.from())
            .put("to", move.to())
            .put("reason", Formats.label(move.reason()));
    LevelChange level = change.level();
    if (level != null) {
      json.put("since", level.since().toString());
      Formats.putUnlessNull(json, "until", text(level.reviewAt()));
    } else {
      json.put("since", entry.occurredAt().toString());
    }
    if (WhyJson.isGiven(change)) {
      json.put("given", WhyJson.given(change.floors().get(0)));
    }
    Formats.putUnlessNull(json, "because", entry.origin().reason());
    return json.put("inGrace", level != null && level.inGrace())
        .put("recordedAt", entry.recordedAt().toString());
  }

  private static void put(JsonObject json, Standing standing, TierRules rules) {
    json.put("tier", level(standing.level()));
    Formats.putUnlessNull(json, "since", text(standing.since()));
    Formats.putUnlessNull(json, "until", text(standing.until()));
    json.put("inGrace", standing.inGrace())
        .put("measured", Formats.label(rules.measure()))
        .put("amount", standing.measured())
        .put("missingToStay", standing.missingToStay())
        .put("projected", standing.projected());
    Outlook outlook = standing.outlook();
    if (outlook != null) {
      json.put(
          "outlook",
          new JsonObject()
              .put("at", outlook.at().toString())
              .put("tier", outlook.level().id())
              .put("reason", Formats.label(outlook.reason())));
    }
    if (standing.next() != null) {
      json.put("next", level(standing.next()).put("missing", standing.missing()));
    }
    var given = new JsonArray();
    standing.floors().forEach(it -> given.add(WhyJson.given(it)));
    json.put("given", given);
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static JsonObject level(Level level) {
    var benefits = new JsonArray();
    level.benefits().forEach(it -> benefits.add(benefit(it)));
    var json =
        new JsonObject()
            .put("level", level.id())
            .put("name", named(level.name()))
            .put("from", level.from())
            .put("benefits", benefits);
    UpgradePrice price = level.price();
    return price == null
        ? json
        : json.put(
            "upgradePrice",
            new JsonObject()
                .put("points", price.points())
                .put("validity", "P" + price.months() + "M"));
  }

  private static JsonObject benefit(Benefit benefit) {
    var json = new JsonObject().put("kind", benefit.kind()).put("text", named(benefit.text()));
    if (!benefit.facts().isEmpty()) {
      var facts = new JsonObject();
      for (Map.Entry<String, String> it : benefit.facts().entrySet()) {
        facts.put(it.getKey(), it.getValue());
      }
      json.put("facts", facts);
    }
    return json;
  }

  private static JsonObject named(Named name) {
    return new JsonObject().put("zh", name.zh()).put("en", name.en());
  }
}
