package points.ledger.whatif.run;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import points.ledger.program.Terms.PointValue;
import points.ledger.rules.Fraction;
import points.ledger.whatif.WhatIfResult;
import points.ledger.whatif.WhatIfResult.Idle;
import points.ledger.whatif.WhatIfResult.Mover;
import points.ledger.whatif.WhatIfResult.Named;
import points.ledger.whatif.WhatIfResult.Pair;

/** The result of a simulation, as it is kept and shown. */
final class ResultJson {

  private static final List<String> NAMES = List.of("low", "likely", "high");

  private ResultJson() {}

  /**
   * Writes a result.
   *
   * @param value of points in money
   * @param redemption low, likely and high percentages of points that are redeemed
   */
  static JsonObject of(WhatIfResult result, PointValue value, List<Integer> redemption) {
    Pair kept =
        new Pair(
            result.earned().before() - result.takenBack().before(),
            result.earned().after() - result.takenBack().after());
    var cost = new JsonObject();
    for (int i = 0; i < NAMES.size(); i++) {
      long percent = redemption.get(i);
      Fraction share = Fraction.of(percent, 100);
      cost.put(
          NAMES.get(i),
          new JsonObject()
              .put("redemptionPercent", percent)
              .put("before", cost(kept.before(), share, value))
              .put("after", cost(kept.after(), share, value)));
    }
    return new JsonObject()
        .put("same", result.isSame())
        .put("orders", result.orders())
        .put("ordersRated", result.rated())
        .put("ordersRefused", result.refused())
        .put("ordersAtCap", pair(result.ordersAtCap()))
        .put("members", result.members())
        .put("earned", pair(result.earned()))
        .put("takenBack", pair(result.takenBack()))
        .put("points", pair(kept))
        .put("cost", cost)
        .put("topUps", result.topUps())
        .put("topUpPoints", result.topUpPoints())
        .put("rules", array(result.rules(), it -> named("ruleId", it)))
        .put("idleRules", array(result.idle(), ResultJson::idle))
        .put("tiers", array(result.tiers(), it -> named("tier", it)))
        .put("stores", array(result.stores(), it -> named("storeId", it)))
        .put("days", array(result.days(), it -> pair(it.points()).put("day", it.day().toString())))
        .put("budgets", array(result.budgets(), ResultJson::budget))
        .put(
            "memberChanges",
            new JsonObject()
                .put("winning", result.movers().winning())
                .put("losing", result.movers().losing())
                .put("changingTier", result.movers().changingTier())
                .put("mostWon", array(result.movers().mostWon(), ResultJson::mover))
                .put("mostLost", array(result.movers().mostLost(), ResultJson::mover))
                .put("tierChanges", array(result.movers().tierChanges(), ResultJson::mover)));
  }

  /** Rounds half up. */
  private static long cost(long points, Fraction share, PointValue value) {
    Fraction redeemed = share.times(points).reduced();
    BigInteger part = redeemed.part().multiply(BigInteger.valueOf(value.amount()));
    BigInteger over = redeemed.over().multiply(BigInteger.valueOf(value.points()));
    BigInteger two = BigInteger.TWO;
    BigInteger sum = part.multiply(two).add(over);
    BigInteger[] whole = sum.divideAndRemainder(over.multiply(two));
    return (whole[1].signum() < 0 ? whole[0].subtract(BigInteger.ONE) : whole[0])
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }

  private static <T> JsonArray array(List<T> all, Function<T, JsonObject> json) {
    var array = new JsonArray();
    all.forEach(it -> array.add(json.apply(it)));
    return array;
  }

  private static JsonObject pair(Pair pair) {
    return new JsonObject().put("before", pair.before()).put("after", pair.after());
  }

  private static JsonObject named(String name, Named named) {
    return pair(named.points()).put(name, named.id());
  }

  private static JsonObject idle(Idle idle) {
    var json = new JsonObject().put("ruleId", idle.ruleId()).put("alwaysLoses", idle.lost() > 0);
    return idle.reason() == null
        ? json
        : json.put("reason", idle.reason().toLowerCase(Locale.ROOT));
  }

  private static JsonObject budget(WhatIfResult.BudgetEnd it) {
    var json =
        new JsonObject()
            .put("budgetId", it.budgetId())
            .put("usedBefore", it.usedBefore())
            .put("usedAfter", it.usedAfter());
    if (!it.scope().isEmpty()) {
      json.put("storeId", it.scope());
    }
    if (it.limit() != null) {
      json.put("limit", it.limit());
    }
    if (it.endedAtBefore() != null) {
      json.put("endedAtBefore", it.endedAtBefore().toString());
    }
    return it.endedAt() == null ? json : json.put("endedAt", it.endedAt().toString());
  }

  private static JsonObject mover(Mover it) {
    JsonObject json = pair(it.points()).put("memberId", it.memberId());
    if (it.tierBefore() != null) {
      json.put("tierBefore", it.tierBefore());
    }
    return it.tierAfter() == null ? json : json.put("tierAfter", it.tierAfter());
  }
}
