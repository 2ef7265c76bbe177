package points.gateway.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.web.JsonRequest;
import points.ledger.account.Limits;
import points.ledger.command.OrderCommand.RefundedLine;
import points.ledger.form.FieldFault;
import points.ledger.form.JsonFields;
import points.ledger.model.OrderPart;
import points.ledger.model.Origin;
import points.ledger.refund.RefundRequest;
import points.ledger.refund.SaleFacts;

/** Refunds as callers write them. */
final class RefundRequestFields {

  private static final int LINES_MAX = 500;
  private static final Map<String, OrderPart> PARTS =
      Map.of("goods", OrderPart.GOODS, "topUp", OrderPart.TOP_UP);

  private RefundRequestFields() {}

  static RefundRequest read(Credential caller, JsonRequest input, Instant now) {
    JsonFields body = input.body();
    Origin origin =
        Seller.of(body)
            .of(Origin.sale(body.id("storeId"), body.optionalId("terminalId"), body.id("orderId")))
            .sentBy(input.actor());
    String refundId = body.id("refundId");
    List<RefundedLine> lines = lines(body);
    Long amount = body.optionalInteger("amount", 1, Limits.AMOUNT_MAX);
    if (amount != null && namesLines(body)) {
      body.wrong("amount", FieldFault.NOT_BESIDE_LINES);
    }
    Long points = body.optionalInteger("points", 1, Limits.POINTS_MAX);
    if (points != null && (amount != null || namesLines(body))) {
      body.wrong("points", FieldFault.NOT_BESIDE_LINES_OR_AMOUNT);
    }
    OrderPart part = body.has("orderPart") ? body.oneOf("orderPart", PARTS) : null;
    String refundStoreId = body.optionalId("refundStoreId");
    return new RefundRequest(
        caller.programId(),
        input.key(),
        origin,
        refundId,
        lines,
        amount,
        points,
        part,
        refundStoreId,
        sale(body, now));
  }

  /** One that is named by its store, order and refund id only. */
  static RefundRequest named(Credential caller, JsonRequest input) {
    JsonFields body = input.body();
    Origin origin = Origin.sale(body.id("storeId"), null, body.id("orderId"));
    return new RefundRequest(
        caller.programId(), input.key(), origin, body.id("refundId"), List.of(), null);
  }

  private static SaleFacts sale(JsonFields body, Instant now) {
    String memberId = body.optionalId("memberId");
    Instant soldAt = null;
    Long amount = null;
    JsonFields sale = body.optionalObject("sale");
    if (sale != null) {
      soldAt = AccrualRoutes.time(sale, "soldAt", now);
      amount = sale.integer("amount", 0, Limits.AMOUNT_MAX);
      sale.end();
    }
    Instant refundedAt = occurredAt(body, now);
    if (soldAt != null && refundedAt != null && !body.isWrong()) {
      notBefore(body, soldAt, refundedAt);
    }
    return new SaleFacts(memberId, soldAt, amount, refundedAt);
  }

  private static @Nullable Instant occurredAt(JsonFields body, Instant now) {
    return body.has("occurredAt") ? AccrualRoutes.occurredAt(body, now) : null;
  }

  private static void notBefore(JsonFields body, Instant soldAt, Instant refundedAt) {
    if (refundedAt.isBefore(soldAt.minus(Duration.ofMinutes(1)))) {
      body.wrong("occurredAt", FieldFault.BEFORE_SALE, soldAt);
    }
  }

  private static boolean namesLines(JsonFields body) {
    return body.has("lines") && !body.isNull("lines");
  }

  private static List<RefundedLine> lines(JsonFields body) {
    if (body.isNull("lines")) {
      // Some generated clients would send an empty list for one that nobody has set, or null.
      return List.of();
    }
    List<JsonFields> objects = body.objects("lines", LINES_MAX);
    var lines = new ArrayList<RefundedLine>(objects.size());
    var ids = new HashSet<String>();
    for (JsonFields object : objects) {
      String lineId = object.id("lineId");
      Long amount = object.optionalInteger("amount", 1, Limits.AMOUNT_MAX);
      object.end();
      if (!ids.add(lineId)) {
        object.wrong("lineId", FieldFault.LINE_TWICE_IN_REFUND);
      }
      lines.add(new RefundedLine(lineId, amount));
    }
    if (body.isEmptyArray("lines")) {
      body.wrong("lines", FieldFault.LINES_EMPTY);
    }
    return lines;
  }
}
