package points.load.fault.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import points.load.fault.history.Operation;
import points.load.fault.history.Operation.Accrual;
import points.load.fault.history.OrderMetadata;

/** How a operation is put to the gateway. */
final class RequestBodies {
  private RequestBodies() {}

  static JsonObject body(Operation operation) {
    JsonObject body = new JsonObject();
    if (operation instanceof Operation.Accrual accrual) {
      ofOrder(body, accrual.memberId(), accrual.storeId(), accrual.orderId())
          .put("occurredAt", accrual.occurredAt().toString())
          .put("amount", accrual.amount());
      ofSale(accrual, body);
    } else if (operation instanceof Operation.Deduction deduction) {
      ofOrder(body, deduction.memberId(), deduction.storeId(), deduction.orderId())
          .put("points", deduction.points())
          .put("reason", deduction.reason());
    } else if (operation instanceof Operation.Adjustment adjustment) {
      body.put("memberId", adjustment.memberId())
          .put("points", adjustment.points())
          .put("operator", adjustment.operator())
          .put("reason", adjustment.reason());
    } else if (operation instanceof Operation.Transfer transfer) {
      body.put("from", transfer.memberId())
          .put("to", transfer.to())
          .put("points", transfer.points())
          .put("storeId", transfer.storeId())
          .put("reason", "gift");
    } else if (operation instanceof Operation.Move move) {
      body.put("memberId", move.to());
    } else {
      ofPool(operation, body);
      ofEnding(operation, body);
      ofHold(operation, body);
      undoing(operation, body);
      ofMoney(operation, body);
    }
    return body;
  }

  private static void ofSale(Accrual accrual, JsonObject body) {
    if (!accrual.lines().isEmpty()) {
      body.put("lines", lines(accrual.lines()));
    }
    Operation.Terms terms = accrual.terms();
    if (terms.points() > 0 || terms.storedValue() > 0) {
      JsonObject pay = new JsonObject();
      putUnless0(pay, "points", terms.points());
      putUnless0(pay, "storedValue", terms.storedValue());
      body.put("pay", pay);
    }
    if (terms.pending()) {
      JsonObject pending = new JsonObject();
      if (terms.effectiveAt() != null) {
        pending.put("effectiveAt", terms.effectiveAt().toString());
      }
      body.put("pending", pending);
    }
    if (terms.offline()) {
      body.put("offline", true);
    }
  }

  private static void ofPool(Operation operation, JsonObject body) {
    if (operation instanceof Operation.Share share) {
      body.put("memberId", share.sharer()).put("points", share.points());
    } else if (operation instanceof Operation.SharedDeduction deduction) {
      ofOrder(body, deduction.sharer(), deduction.storeId(), deduction.orderId())
          .put("poolId", deduction.poolId())
          .put("points", deduction.points())
          .put("reason", deduction.reason());
    }
  }

  private static void ofEnding(Operation operation, JsonObject body) {
    if (operation instanceof Operation.Merge merge) {
      body.put("into", merge.into())
          .put("operator", merge.operator())
          .put("reason", merge.reason());
    } else if (operation instanceof Operation.Close close) {
      body.put("operator", close.operator()).put("reason", close.reason());
    }
  }

  private static void ofHold(Operation operation, JsonObject body) {
    if (operation instanceof Operation.Hold hold) {
      ofOrder(body, hold.memberId(), hold.storeId(), hold.orderId())
          .put("ttlSeconds", hold.ttlSeconds());
      putUnless0(body, "points", hold.points());
      putUnless0(body, "storedValue", hold.storedValue());
    } else if (operation instanceof Operation.Capture capture && capture.points() != null) {
      body.put("points", capture.points());
    }
  }

  private static void undoing(Operation operation, JsonObject body) {
    if (operation instanceof Operation.Refund refund) {
      body.put("storeId", refund.storeId())
          .put("orderId", refund.orderId())
          .put("refundId", refund.refundId())
          .put("memberId", refund.memberId());
      if (refund.points() != null) {
        body.put("points", refund.points());
      }
      if (refund.refundStoreId() != null) {
        body.put("refundStoreId", refund.refundStoreId());
      }
      if (refund.lineId() != null) {
        JsonObject line = new JsonObject().put("lineId", refund.lineId());
        body.put("lines", new JsonArray().add(putIfThere(line, refund)));
      } else {
        putIfThere(body, refund);
      }
    } else if (operation instanceof Operation.Withdrawal withdrawal) {
      body.put("storeId", withdrawal.storeId())
          .put("orderId", withdrawal.orderId())
          .put("refundId", withdrawal.refundId());
    } else if (operation instanceof Operation.Reversal reversal) {
      body.put("transactionId", reversal.transactionId())
          .put("operator", reversal.operator())
          .put("reason", reversal.reason());
    }
  }

  private static JsonObject putIfThere(JsonObject json, Operation.Refund refund) {
    return refund.amount() == null ? json : json.put("amount", refund.amount());
  }

  private static void ofMoney(Operation operation, JsonObject body) {
    if (operation instanceof Operation.TopUp topUp) {
      ofOrder(body, topUp.memberId(), topUp.storeId(), topUp.orderId())
          .put("occurredAt", topUp.occurredAt().toString())
          .put("amount", topUp.amount())
          .put("bonus", topUp.bonus());
    } else if (operation instanceof Operation.Payment payment) {
      ofOrder(body, payment.memberId(), payment.storeId(), payment.orderId())
          .put("amount", payment.amount());
    } else if (operation instanceof Operation.Exchange exchange) {
      body.put("memberId", exchange.memberId())
          .put("from", "points")
          .put("to", exchange.to())
          .put("points", exchange.points());
    }
  }

  private static JsonObject ofOrder(
      JsonObject body, String memberId, String storeId, String orderId) {
    Map<String, String> notes = OrderMetadata.of(orderId);
    if (!notes.isEmpty()) {
      body.put("metadata", new JsonObject(new TreeMap<>(notes)));
    }
    return body.put("memberId", memberId).put("storeId", storeId).put("orderId", orderId);
  }

  private static void putUnless0(JsonObject body, String name, long value) {
    if (value != 0) {
      body.put(name, value);
    }
  }

  private static JsonArray lines(List<Long> amounts) {
    JsonArray lines = new JsonArray();
    for (int i = 0; i < amounts.size(); i++) {
      lines.add(
          new JsonObject()
              .put("lineId", Accrual.lineId(i))
              .put("productId", "P" + i)
              .put("quantity", 1)
              .put("amount", amounts.get(i)));
    }
    return lines;
  }
}
