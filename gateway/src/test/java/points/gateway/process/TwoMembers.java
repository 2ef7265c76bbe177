package points.gateway.process;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.process.HeldCommit.Step;

/**
 * A call that concerns two members. Its steps are transactions of their own: an entry of the giver,
 * what follows from it, and the end of the row that says so. The giver has 100 points before it,
 * and the taker 5, unless it is a pool.
 */
record TwoMembers(Deed deed, String giver, String taker) {

  enum Deed {
    TRANSFER,
    TRANSFER_TO_ONE_WHO_IS_FROZEN,
    TRANSFER_TO_ONE_WHO_IS_CLOSED,
    /** Of a giver who has 40 more that are pending, and a phone. */
    MERGE,
    /** Of a sale that earned 100 points, and was paid with none. */
    MOVE,
    MOVE_TO_ONE_WHO_IS_FROZEN,
    CONTRIBUTION_TO_A_POOL,
    WITHDRAWAL_FROM_A_POOL,
    /** Of an order for which the giver has earned its 100 points and the taker paid with 3. */
    REFUND_OF_AN_ORDER_OF_BOTH,
    /**
     * Of the entry by which the giver earned its 100 points before it was merged into the taker.
     */
    REVERSAL_AFTER_A_MERGE;

    List<Step> steps() {
      return switch (this) {
        case TRANSFER, CONTRIBUTION_TO_A_POOL, WITHDRAWAL_FROM_A_POOL ->
            List.of(leaving(), entry("taker", "TRANSFER_IN"), end());
        case TRANSFER_TO_ONE_WHO_IS_FROZEN, TRANSFER_TO_ONE_WHO_IS_CLOSED ->
            List.of(leaving(), entry("giver", "TRANSFER_RETURN"), end());
        case MOVE -> List.of(entry("giver", "MOVE_OUT"), entry("taker", "MOVE_IN"), end());
        case MOVE_TO_ONE_WHO_IS_FROZEN ->
            List.of(entry("giver", "MOVE_OUT"), entry("giver", "MOVE_RETURN"), end());
        case REFUND_OF_AN_ORDER_OF_BOTH ->
            List.of(entry("giver", "REFUND"), entry("taker", "REFUND"), end());
        case REVERSAL_AFTER_A_MERGE -> List.of(entry("taker", "REVERSAL"));
        case MERGE ->
            List.of(
                entry("giver", "MERGE_OUT"),
                entry("taker", "MERGE_IN")
                    .of("what is available", "it.idempotency_key NOT LIKE '%pending%'"),
                entry("taker", "MERGE_IN")
                    .of("what is pending", "it.idempotency_key LIKE '%pending%'"),
                new Step("phone", "member_profile", "INSERT OR UPDATE", "it.member_id = '{taker}'"),
                end());
      };
    }

    private static Step leaving() {
      return entry("giver", "TRANSFER_OUT");
    }

    private static Step entry(String whose, String kind) {
      String condition = "it.member_id = '{%s}' AND it.kind = '%s'".formatted(whose, kind);
      return new Step(kind, "entry", "INSERT", condition);
    }

    private static Step end() {
      return new Step("end of the row", "outbox", "DELETE", "it.member_id = '{giver}'");
    }

    /** The taker is refused what was sent to it before. */
    boolean comesBack() {
      return this == TRANSFER_TO_ONE_WHO_IS_FROZEN
          || this == TRANSFER_TO_ONE_WHO_IS_CLOSED
          || this == MOVE_TO_ONE_WHO_IS_FROZEN;
    }
  }

  void prepare(Caller office) {
    switch (deed) {
      case WITHDRAWAL_FROM_A_POOL -> {
        earn(office, taker, 105);
        openPool(office, giver, taker);
        office.post(pool(giver, "contributions"), share(taker, 100)).json(201);
      }
      case CONTRIBUTION_TO_A_POOL -> {
        earn(office, giver, 100);
        openPool(office, taker, giver);
      }
      case MERGE -> {
        earn(office, giver, 100);
        earn(office, taker, 5);
        office.post("/v1/accruals", order(giver, 40).put("pending", new JsonObject())).json(201);
        var phone = new JsonObject().put("phone", phone());
        office.patch("/v1/members/" + giver, phone).json(200);
      }
      case REVERSAL_AFTER_A_MERGE -> {
        earn(office, giver, 100);
        earn(office, taker, 5);
        office.post("/v1/members/" + giver + "/merge", byTheOffice().put("into", taker)).json(201);
      }
      case REFUND_OF_AN_ORDER_OF_BOTH -> {
        earn(office, giver, 100);
        earn(office, taker, 5);
        var paid = Chain.spending(taker, 3).put("orderId", orderId(giver, 100));
        office.post("/v1/deductions", paid).json(201);
      }
      default -> {
        earn(office, giver, 100);
        earn(office, taker, 5);
      }
    }
  }

  String path() {
    return switch (deed) {
      case MERGE -> "/v1/members/" + giver + "/merge";
      case MOVE, MOVE_TO_ONE_WHO_IS_FROZEN -> "/v1/transactions/" + giver + "-1/move";
      case CONTRIBUTION_TO_A_POOL -> pool(taker, "contributions");
      case WITHDRAWAL_FROM_A_POOL -> pool(giver, "withdrawals");
      case REFUND_OF_AN_ORDER_OF_BOTH -> "/v1/refunds";
      case REVERSAL_AFTER_A_MERGE -> "/v1/reversals";
      default -> "/v1/transfers";
    };
  }

  JsonObject body() {
    return switch (deed) {
      case MERGE -> byTheOffice().put("into", taker);
      case MOVE, MOVE_TO_ONE_WHO_IS_FROZEN -> byTheOffice().put("memberId", taker);
      case CONTRIBUTION_TO_A_POOL -> share(giver, 30);
      case WITHDRAWAL_FROM_A_POOL -> share(taker, 30);
      case REFUND_OF_AN_ORDER_OF_BOTH ->
          new JsonObject()
              .put("storeId", Chain.STORE)
              .put("orderId", orderId(giver, 100))
              .put("refundId", "R1");
      case REVERSAL_AFTER_A_MERGE -> byTheOffice().put("transactionId", giver + "-1");
      default -> byTheOffice().put("from", giver).put("to", taker).put("points", 30);
    };
  }

  /** What becomes of the taker before the points come to it. */
  void meanwhile(Caller office) {
    switch (deed) {
      case TRANSFER_TO_ONE_WHO_IS_FROZEN, MOVE_TO_ONE_WHO_IS_FROZEN -> freeze(office);
      case TRANSFER_TO_ONE_WHO_IS_CLOSED ->
          office.post("/v1/members/" + taker + "/close", byTheOffice()).json(201);
      default -> {}
    }
  }

  void freeze(Caller office) {
    office.post("/v1/members/" + taker + "/freeze", why()).json(200);
  }

  void unfreeze(Caller office) {
    office.post("/v1/members/" + taker + "/unfreeze", why()).json(200);
  }

  /** The kinds of all entries in their order and what there is, of the giver and of the taker. */
  List<String> books() {
    return switch (deed) {
      case TRANSFER -> List.of("ACCRUAL TRANSFER_OUT: 70+0", "ACCRUAL TRANSFER_IN: 35+0");
      case TRANSFER_TO_ONE_WHO_IS_FROZEN ->
          List.of("ACCRUAL TRANSFER_OUT TRANSFER_RETURN: 100+0", "ACCRUAL FREEZE: 5+0");
      case TRANSFER_TO_ONE_WHO_IS_CLOSED ->
          List.of("ACCRUAL TRANSFER_OUT TRANSFER_RETURN: 100+0", "ACCRUAL CLOSING: 0+0");
      case MOVE -> List.of("ACCRUAL MOVE_OUT: 0+0", "ACCRUAL MOVE_IN: 105+0");
      case MOVE_TO_ONE_WHO_IS_FROZEN ->
          List.of("ACCRUAL MOVE_OUT MOVE_RETURN: 100+0", "ACCRUAL FREEZE: 5+0");
      case MERGE -> List.of("ACCRUAL ACCRUAL MERGE_OUT: 0+0", "ACCRUAL MERGE_IN MERGE_IN: 105+40");
      case CONTRIBUTION_TO_A_POOL -> List.of("ACCRUAL TRANSFER_OUT: 70+0", "TRANSFER_IN: 30+0");
      case WITHDRAWAL_FROM_A_POOL ->
          List.of("TRANSFER_IN TRANSFER_OUT: 70+0", "ACCRUAL TRANSFER_OUT TRANSFER_IN: 35+0");
      case REFUND_OF_AN_ORDER_OF_BOTH ->
          List.of("ACCRUAL REFUND: 0+0", "ACCRUAL DEDUCTION REFUND: 5+0");
      case REVERSAL_AFTER_A_MERGE ->
          List.of("ACCRUAL MERGE_OUT: 0+0", "ACCRUAL MERGE_IN REVERSAL: 5+0");
    };
  }

  String phone() {
    return "138%08d".formatted(Long.parseLong(giver.replaceAll("\\D", "")));
  }

  private static void earn(Caller office, String member, long points) {
    office.post("/v1/accruals", order(member, points)).json(201);
  }

  private static JsonObject order(String member, long points) {
    return new JsonObject()
        .put("memberId", member)
        .put("storeId", Chain.STORE)
        .put("orderId", orderId(member, points))
        .put("occurredAt", Instant.now().toString())
        .put("amount", points * 100);
  }

  private static String orderId(String member, long points) {
    return "of-" + member + "-" + points;
  }

  private static void openPool(Caller office, String pool, String member) {
    var wanted =
        new JsonObject()
            .put("poolId", pool)
            .put("name", "Family")
            .put("memberIds", new JsonArray().add(member));
    office.post("/v1/pools", wanted).json(201);
  }

  private static String pool(String poolId, String what) {
    return "/v1/pools/" + poolId + "/" + what;
  }

  private static JsonObject share(String member, long points) {
    return new JsonObject().put("memberId", member).put("points", points);
  }

  private static JsonObject byTheOffice() {
    return why().put("operator", "Li Lei");
  }

  private static JsonObject why() {
    return new JsonObject().put("reason", "asked for it");
  }
}
