package points.load.fault.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.load.fault.history.Operation;
import points.load.fault.history.OrderMetadata;

/**
 * The HTTP request of an operation.
 *
 * @param body of a POST; null for the other methods
 */
record OperationRequest(String method, String path, @Nullable JsonObject body) {

  static OperationRequest of(Operation operation) {
    if (operation instanceof Operation.Accrual it) {
      return post("/v1/accruals", sale(it));
    } else if (operation instanceof Operation.Adjustment it) {
      return post(
          "/v1/adjustments", byHand(it).put("memberId", it.memberId()).put("points", it.points()));
    } else if (operation instanceof Operation.Deduction it) {
      return post("/v1/deductions", deduction(it, it.memberId(), it.points(), it.reason()));
    } else if (operation instanceof Operation.TopUp it) {
      return post(
          "/v1/stored-value/top-ups",
          order(it)
              .put("occurredAt", it.occurredAt().toString())
              .put("amount", it.amount())
              .put("bonus", it.bonus()));
    } else if (operation instanceof Operation.Payment it) {
      return post("/v1/stored-value/payments", order(it).put("amount", it.amount()));
    } else if (operation instanceof Operation.Exchange it) {
      return post(
          "/v1/exchanges",
          member(it).put("from", "points").put("to", it.to()).put("points", it.points()));
    } else if (operation instanceof Operation.Transfer it) {
      return post(
          "/v1/transfers",
          new JsonObject()
              .put("from", it.memberId())
              .put("to", it.to())
              .put("points", it.points())
              .put("storeId", it.storeId())
              .put("reason", "gift"));
    }
    return ofReservation(operation);
  }

  private static OperationRequest ofReservation(Operation operation) {
    if (operation instanceof Operation.Hold it) {
      JsonObject hold = order(it).put("ttlSeconds", it.ttlSeconds());
      putUnless0(hold, "points", it.points());
      putUnless0(hold, "storedValue", it.storedValue());
      return post("/v1/holds", hold);
    } else if (operation instanceof Operation.Capture it) {
      return post(
          "/v1/holds/" + it.holdId() + "/capture",
          putIfThere(new JsonObject(), "points", it.points()));
    } else if (operation instanceof Operation.Release it) {
      return post("/v1/holds/" + it.holdId() + "/release", new JsonObject());
    } else if (operation instanceof Operation.EndPending it) {
      String end = it.activates() ? "/activate" : "/cancel";
      return post("/v1/pending/" + it.transactionId() + end, new JsonObject());
    }
    return ofUndoing(operation);
  }

  private static OperationRequest ofUndoing(Operation operation) {
    if (operation instanceof Operation.Refund it) {
      return post("/v1/refunds", refund(it));
    } else if (operation instanceof Operation.Withdrawal it) {
      return post(
          "/v1/refunds/parked/withdraw",
          new JsonObject()
              .put("storeId", it.storeId())
              .put("orderId", it.orderId())
              .put("refundId", it.refundId()));
    } else if (operation instanceof Operation.Reversal it) {
      return post("/v1/reversals", byHand(it).put("transactionId", it.transactionId()));
    } else if (operation instanceof Operation.Move it) {
      return post(
          "/v1/transactions/" + it.transactionId() + "/move",
          new JsonObject().put("memberId", it.to()));
    }
    return ofMember(operation);
  }

  private static OperationRequest ofMember(Operation operation) {
    String member = "/v1/members/" + operation.memberId();
    if (operation instanceof Operation.Balance) {
      return new OperationRequest("GET", member + "/balance", null);
    } else if (operation instanceof Operation.Gift it) {
      JsonObject gift = byHand(it).put("points", it.points());
      return post(member + "/gifts", putIfThere(gift, "expiresAt", it.expiresAt()));
    } else if (operation instanceof Operation.Merge it) {
      return post(member + "/merge", byHand(it).put("into", it.into()));
    } else if (operation instanceof Operation.Close it) {
      return post(member + "/close", byHand(it));
    } else if (operation instanceof Operation.SharedDeduction it) {
      return post(
          "/v1/deductions",
          deduction(it, it.sharer(), it.points(), it.reason()).put("poolId", it.poolId()));
    } else if (operation instanceof Operation.Share it) {
      return post(
          "/v1/pools/" + it.poolId() + (it.in() ? "/contributions" : "/withdrawals"),
          new JsonObject().put("memberId", it.sharer()).put("points", it.points()));
    } else if (operation instanceof Operation.Join it) {
      return new OperationRequest("PUT", inPool(it.poolId(), it.memberId()), null);
    } else if (operation instanceof Operation.Leave it) {
      return new OperationRequest("DELETE", inPool(it.poolId(), it.memberId()), null);
    }
    throw new IllegalArgumentException("no request for " + operation);
  }

  private static OperationRequest post(String path, JsonObject body) {
    return new OperationRequest("POST", path, body);
  }

  private static String inPool(String poolId, String memberId) {
    return "/v1/pools/" + poolId + "/members/" + memberId;
  }

  private static JsonObject sale(Operation.Accrual sale) {
    JsonObject body =
        order(sale).put("occurredAt", sale.occurredAt().toString()).put("amount", sale.amount());
    if (!sale.lines().isEmpty()) {
      body.put("lines", lines(sale.lines()));
    }
    Operation.Terms terms = sale.terms();
    JsonObject pay = new JsonObject();
    putUnless0(pay, "points", terms.points());
    putUnless0(pay, "storedValue", terms.storedValue());
    if (!pay.isEmpty()) {
      body.put("pay", pay);
    }
    if (terms.pending()) {
      body.put("pending", putIfThere(new JsonObject(), "effectiveAt", terms.effectiveAt()));
    }
    return terms.offline() ? body.put("offline", true) : body;
  }

  private static JsonArray lines(List<Long> amounts) {
    JsonArray lines = new JsonArray();
    for (int i = 0; i < amounts.size(); i++) {
      lines.add(
          new JsonObject()
              .put("lineId", Operation.Accrual.lineId(i))
              .put("productId", "P" + i)
              .put("quantity", 1)
              .put("amount", amounts.get(i)));
    }
    return lines;
  }

  private static JsonObject deduction(
      Operation.OfOrder order, String memberId, long points, String reason) {
    return order(order).put("memberId", memberId).put("points", points).put("reason", reason);
  }

  private static JsonObject refund(Operation.Refund refund) {
    JsonObject body =
        member(refund)
            .put("storeId", refund.storeId())
            .put("orderId", refund.orderId())
            .put("refundId", refund.refundId());
    putIfThere(body, "points", refund.points());
    putIfThere(body, "refundStoreId", refund.refundStoreId());
    if (refund.lineId() == null) {
      return putIfThere(body, "amount", refund.amount());
    }
    JsonObject line = new JsonObject().put("lineId", refund.lineId());
    return body.put("lines", new JsonArray().add(putIfThere(line, "amount", refund.amount())));
  }

  private static JsonObject order(Operation.OfOrder operation) {
    JsonObject body = member(operation);
    Map<String, String> metadata = OrderMetadata.of(operation.orderId());
    if (!metadata.isEmpty()) {
      body.put("metadata", new JsonObject(new TreeMap<>(metadata)));
    }
    return body.put("storeId", operation.storeId()).put("orderId", operation.orderId());
  }

  private static JsonObject member(Operation operation) {
    return new JsonObject().put("memberId", operation.memberId());
  }

  private static JsonObject byHand(Operation.ByOperator operation) {
    return new JsonObject().put("operator", operation.operator()).put("reason", operation.reason());
  }

  private static void putUnless0(JsonObject body, String name, long value) {
    if (value != 0) {
      body.put(name, value);
    }
  }

  private static JsonObject putIfThere(JsonObject body, String name, @Nullable Object value) {
    return value == null ? body : body.put(name, value instanceof Long ? value : value.toString());
  }
}
