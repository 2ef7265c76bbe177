package points.gateway.contract;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/** An exchange in the making: a good accrual, or any other call, to be changed. */
final class CannedExchange {
  private final String method;
  private final String uri;
  private final MultiMap asked = MultiMap.caseInsensitiveMultiMap();
  private final MultiMap answered = MultiMap.caseInsensitiveMultiMap();
  String requestBody = "";
  private String responseBody = "";
  private int status;

  CannedExchange(String method, String uri) {
    this.method = method;
    this.uri = uri;
    asked
        .add("Authorization", "Bearer k")
        .add("Content-Type", "application/json")
        .add("Idempotency-Key", "k-1");
    answered.add("X-Request-Id", "r-1");
  }

  CannedExchange answered(int newStatus, String body) {
    status = newStatus;
    responseBody = body;
    return answer("Content-Type", "application/json");
  }

  CannedExchange problem(int newStatus, String code) {
    JsonObject problem =
        new JsonObject()
            .put("type", "urn:points:problem:" + code)
            .put("title", "No")
            .put("status", newStatus)
            .put("detail", "It is so")
            .put("code", code)
            .put("requestId", "r-1")
            .put("retryable", false);
    return answered(newStatus, problem.encode()).answer("Content-Type", "application/problem+json");
  }

  CannedExchange ask(String header, String value) {
    asked.set(header, value);
    return this;
  }

  CannedExchange without(String header) {
    asked.remove(header);
    return this;
  }

  CannedExchange answer(String header, String value) {
    answered.set(header, value);
    return this;
  }

  CannedExchange askBody(Consumer<JsonObject> change) {
    requestBody = changed(requestBody, change);
    return this;
  }

  CannedExchange answerBody(Consumer<JsonObject> change) {
    responseBody = changed(responseBody, change);
    return this;
  }

  private static String changed(String body, Consumer<JsonObject> change) {
    JsonObject object = new JsonObject(body);
    change.accept(object);
    return object.encode();
  }

  Exchange exchange() {
    return new Exchange(
        HttpMethod.valueOf(method), uri, asked, requestBody, status, answered, responseBody, false);
  }

  static CannedExchange accrual() {
    CannedExchange canned = new CannedExchange("POST", "/v1/accruals");
    JsonObject lot = new JsonObject().put("expiresAt", "2027-11-22T16:00:00Z").put("points", 128);
    JsonObject order =
        new JsonObject().put("memberId", "1873").put("storeId", "S001").put("orderId", "O-1");
    canned.requestBody =
        order
            .copy()
            .put("amount", 12850)
            .put("occurredAt", "2026-11-22T18:00:00.123456+08:00")
            .encode();
    return canned.answered(
        201,
        order
            .put("transactionId", "1873-42")
            .put("sequence", 42)
            .put("points", 128)
            .put("balance", 1200)
            .put("lots", new JsonArray().add(lot))
            .put("lines", new JsonArray())
            .put("occurredAt", "2026-11-22T10:00:00.123456Z")
            .put("recordedAt", "2026-11-22T10:00:01Z")
            .encode());
  }
}
