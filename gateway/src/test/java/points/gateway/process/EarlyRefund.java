package points.gateway.process;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import points.gateway.fixture.Chain;
import points.gateway.process.HeldCommit.Step;

/**
 * A refund of 4,000 that came before its sale, an order of 10,000.
 *
 * @param soldAt before the refund came
 */
record EarlyRefund(String member, Instant soldAt) {

  /** How it comes to an end. Its steps are transactions of their own. */
  enum End {
    WITHDRAWN,
    APPLIED,
    LAPSED,
    /** Applied by head office when it has lapsed and its sale is there after all. */
    ACCEPTED;

    List<Step> steps() {
      return switch (this) {
        case WITHDRAWN -> List.of(refund("withdrawn", "it.ended = 'WITHDRAWN'"));
        case APPLIED ->
            List.of(
                refund("taken", "it.applying_at IS NOT NULL AND it.settled_at IS NULL"),
                entry("REFUND"),
                settled());
        case LAPSED -> List.of(refund("lapsed", "it.ended = 'LAPSED'"));
        case ACCEPTED ->
            List.of(review("ACCEPTING"), entry("REFUND"), settled(), review("ACCEPTED"));
      };
    }

    private static Step settled() {
      return refund("settled", "it.transaction_id IS NOT NULL");
    }

    private static Step entry(String kind) {
      String condition = "it.member_id = '{member}' AND it.kind = '%s'".formatted(kind);
      return new Step(kind, "entry", "INSERT", condition);
    }

    private static Step refund(String name, String condition) {
      return new Step(
          name, "parked_refund", "UPDATE", "it.order_id = 'of-{member}' AND " + condition);
    }

    private static Step review(String status) {
      String condition = "it.order_id = 'of-{member}' AND it.status = '%s'".formatted(status);
      return new Step("review " + status, "review", "UPDATE", condition);
    }
  }

  JsonObject order() {
    return new JsonObject()
        .put("memberId", member)
        .put("storeId", Chain.STORE)
        .put("orderId", "of-" + member)
        .put("occurredAt", soldAt.toString())
        .put("amount", 10_000);
  }

  JsonObject refund() {
    return named().put("memberId", member).put("amount", 4_000);
  }

  /** By its store, order and refund id. */
  JsonObject named() {
    return new JsonObject()
        .put("storeId", Chain.STORE)
        .put("orderId", "of-" + member)
        .put("refundId", "R1");
  }

  /** As if it had come eight days before. */
  String aged() {
    return "UPDATE parked_refund SET parked_at = now() - interval '8 days' WHERE order_id = 'of-%s'"
        .formatted(member);
  }

  /** How it ended, its reviews, and the kinds of all entries of its member. */
  String end() {
    return """
    SELECT concat_ws(' ', ended, CASE WHEN applying_at IS NOT NULL THEN 'TAKEN' END,
                     CASE WHEN transaction_id IS NOT NULL THEN 'APPLIED' END)
           || ', ' || coalesce((SELECT string_agg(status, ' ') FROM review r
                                 WHERE r.order_id = p.order_id), 'no review')
           || ', entries ' || coalesce((SELECT string_agg(kind, ' ' ORDER BY sequence)
                                          FROM entry e WHERE e.member_id = '%s'), 'none')
           AS became
      FROM parked_refund p WHERE order_id = 'of-%s'
    """
        .formatted(member, member);
  }
}
