package points.gateway.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import points.gateway.web.RefusalProblem;
import points.ledger.account.Accounts;
import points.ledger.command.OrderCommand.RefundedLine;
import points.ledger.form.Formats;
import points.ledger.model.Detail;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.OrderPart;
import points.ledger.refund.ParkedRefund;
import points.ledger.refund.RefundRequest;
import points.ledger.refund.SaleFacts;

/** Refunds and parked refunds in the form that callers see. */
public final class RefundJson {

  private RefundJson() {}

  public static JsonObject refund(Entry entry) {
    var detail = (Detail.Refunded) entry.detail();
    if (detail == null) {
      throw new IllegalStateException("a refund that does not say what it did: " + entry);
    }
    var json =
        new JsonObject()
            .put("status", "refunded")
            .put("transactionId", entry.transactionId())
            .put("memberId", entry.member().memberId())
            .put("storeId", entry.origin().storeId())
            .put("orderId", entry.origin().orderId())
            .put("refundId", detail.refundId())
            .put("sequence", entry.sequence())
            .put("amount", entry.amount())
            .put("pointsTakenBack", of(detail.takenBack(), Accounts.POINTS))
            .put("pointsGivenBack", of(detail.givenBack(), Accounts.POINTS))
            .put("expiredOnReturn", detail.expired())
            .put("debt", detail.debt())
            .put(
                "shortfall",
                new JsonObject().put("points", detail.shortfall()).put("amount", detail.charge()))
            .put("storedValueTakenBack", of(detail.takenBack(), Accounts.STORED_VALUE))
            .put("storedValueGivenBack", of(detail.givenBack(), Accounts.STORED_VALUE))
            .put("growthTakenBack", of(detail.takenBack(), Accounts.GROWTH))
            .put("whole", detail.whole())
            .put("balance", entry.balance())
            .put("lines", lines(entry.lines()));
    Formats.putUnlessNull(json, "refundStoreId", detail.storeId());
    if (detail.basis() != null) {
      putBasis(json, entry, detail, detail.basis());
    }
    return json.put("recordedAt", entry.recordedAt().toString());
  }

  /**
   * Adds the fields that answers of earlier versions did not have; those answers stay as they were.
   */
  private static void putBasis(
      JsonObject json, Entry entry, Detail.Refunded detail, Detail.Refunded.Basis basis) {
    json.put("orderPart", label(basis.orderPart()));
    if (!basis.others().isEmpty()) {
      json.put("others", EntryDetailJson.shares(basis.others()));
    }
    if (of(basis.lapsed(), Accounts.POINTS) > 0) {
      json.put("lapsed", of(basis.lapsed(), Accounts.POINTS));
    }
    var touched = new TreeSet<>(detail.takenBack().keySet());
    touched.addAll(detail.givenBack().keySet());
    touched.remove(Accounts.POINTS);
    if (touched.isEmpty()) {
      return;
    }
    var accounts = new JsonArray();
    for (String account : touched) {
      var one =
          new JsonObject()
              .put("currency", account)
              .put("takenBack", of(detail.takenBack(), account))
              .put("givenBack", of(detail.givenBack(), account))
              .put("expiredOnReturn", of(basis.expired(), account))
              .put("lapsed", of(basis.lapsed(), account))
              .put("debt", of(basis.owed(), account));
      Formats.putUnlessNull(one, "balance", entry.balances().get(account));
      accounts.add(one);
    }
    json.put("accounts", accounts);
  }

  static String label(OrderPart part) {
    return part == OrderPart.TOP_UP ? "topUp" : "goods";
  }

  public static JsonObject preview(Entry entry) {
    JsonObject json = refund(entry);
    json.remove("status");
    json.remove("transactionId");
    json.remove("sequence");
    json.remove("recordedAt");
    return json;
  }

  private static long of(Map<String, Long> accounts, String account) {
    return accounts.getOrDefault(account, 0L);
  }

  /**
   * Lists the lines of an order. An order without lines has one without a name, which is left out
   * because callers do not know of it.
   */
  private static JsonArray lines(List<EarnedLine> lines) {
    var array = new JsonArray();
    for (EarnedLine back : lines) {
      if (!back.line().lineId().isEmpty()) {
        array.add(
            new JsonObject()
                .put("lineId", back.line().lineId())
                .put("amount", back.line().amount())
                .put("pointsTakenBack", back.points()));
      }
    }
    return array;
  }

  /** Returns the answer to the caller of a parked refund, the same on each repetition. */
  public static JsonObject parkedAnswer(ParkedRefund refund, Instant now) {
    RefundRequest request = refund.wanted();
    var json =
        new JsonObject()
            .put("status", "parked")
            .put("storeId", request.storeId())
            .put("orderId", request.orderId())
            .put("refundId", request.refundId());
    return json.put("parkedAt", refund.parkedAt().toString());
  }

  /** Returns a parked refund in the list that head office sees. */
  public static JsonObject parked(ParkedRefund refund, Instant now) {
    RefundRequest request = refund.wanted();
    var json =
        new JsonObject()
            .put("status", Formats.label(refund.status()))
            .put("storeId", request.storeId());
    Formats.putUnlessNull(json, "refundStoreId", request.refundStoreId());
    Formats.putUnlessNull(json, "terminalId", request.origin().terminalId());
    json.put("orderId", request.orderId()).put("refundId", request.refundId());
    putSale(json, request.sale());
    Formats.putUnlessNull(json, "amount", request.amount());
    if (!request.lines().isEmpty()) {
      json.put("lines", requestedLines(request.lines()));
    }
    json.put("parkedAt", refund.parkedAt().toString());
    putEnd(json, refund, now);
    return json;
  }

  private static void putSale(JsonObject json, SaleFacts sale) {
    Formats.putUnlessNull(json, "memberId", sale.memberId());
    if (sale.soldAt() != null) {
      json.put(
          "sale",
          new JsonObject().put("soldAt", sale.soldAt().toString()).put("amount", sale.amount()));
    }
    Formats.putUnlessNull(json, "occurredAt", EntryDetailJson.text(sale.refundedAt()));
  }

  /** Adds how long a parked refund has waited and may wait, or how it ended. */
  private static void putEnd(JsonObject json, ParkedRefund refund, Instant now) {
    String refusal = refund.refusal();
    String endedAt = String.valueOf(refund.endedAt());
    switch (refund.status()) {
      case PARKED, APPLYING ->
          json.put("ageSeconds", Duration.between(refund.parkedAt(), now).toSeconds())
              .put("lapsesAt", refund.parkedAt().plus(ParkedRefund.WAIT_MAX).toString());
      case WITHDRAWN -> json.put("withdrawnAt", endedAt);
      case LAPSED ->
          json.put("lapsedAt", endedAt).put("reviewId", String.valueOf(refund.reviewId()));
      case REFUSED -> json.put("code", codeOf(refusal)).put("refusedAt", endedAt);
      case APPLIED -> json.put("transactionId", refund.transactionId());
    }
  }

  private static String codeOf(@Nullable String refusal) {
    return RefusalProblem.ofKind(String.valueOf(refusal)).label();
  }

  private static JsonArray requestedLines(List<RefundedLine> lines) {
    var array = new JsonArray();
    for (RefundedLine line : lines) {
      var json = new JsonObject().put("lineId", line.lineId());
      Formats.putUnlessNull(json, "amount", line.amount());
      array.add(json);
    }
    return array;
  }
}
