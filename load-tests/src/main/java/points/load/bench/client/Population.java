package points.load.bench.client;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Members and stores that no other run uses, and the requests about them.
 *
 * @param authority host and port of the gateway
 * @param apiKey the credential of every request
 * @param run the beginning of all ids
 */
public record Population(String authority, String apiKey, String run, MemberShape shape) {
  /** Returns a population whose ids begin with the run and the shape's suffix. */
  public static Population of(String authority, String apiKey, String run, MemberShape shape) {
    return new Population(authority, apiKey, run + shape.suffix(), shape);
  }

  /** Returns the id of a store, 0 ≤ number &lt; {@link MemberShape#stores}. */
  public String storeId(int number) {
    return "%s-s%03d".formatted(run, number);
  }

  /** Returns the id of a member, 0 ≤ number &lt; {@link MemberShape#members}. */
  public String memberId(int number) {
    return "%s-m%06d".formatted(run, number);
  }

  RequestTemplate read() {
    return RequestTemplate.get("/v1/members/%s-m<MEMBER>/balance".formatted(run), headers());
  }

  /**
   * @param amount the price of the order in minor units
   */
  RequestTemplate accrual(long amount) {
    return post(
        "/v1/accruals",
        "\"storeId\":\"%s-s<STORE>\",\"orderId\":\"<ORDER>\",\"occurredAt\":\"<TIME>\",\"amount\":%d"
            .formatted(run, amount));
  }

  RequestTemplate deduction() {
    return post(
        "/v1/deductions",
        "\"storeId\":\"%s-s<STORE>\",\"orderId\":\"<ORDER>\",\"points\":<POINTS>,\"reason\":\"points used\""
            .formatted(run));
  }

  /** Returns the gifts to each member besides points: stored value, growth and a hold. */
  List<RequestTemplate> moreThanPoints() {
    String order = "\"storeId\":\"%s\",\"orderId\":\"<ORDER>\"".formatted(storeId(0));
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return List.of(
        post(
            "/v1/stored-value/top-ups",
            order + ",\"occurredAt\":\"%s\",\"amount\":50000".formatted(now)),
        // By hand, so that the program needs no rule for it.
        post(
            "/v1/adjustments",
            "\"currency\":\"growth\",\"points\":1000,\"operator\":\"bench\",\"reason\":\"begins"
                + " with it\""),
        // For longer than any run takes.
        post("/v1/holds", order + ",\"points\":100,\"ttlSeconds\":604800"));
  }

  private RequestTemplate post(String target, String fields) {
    String json = "{\"memberId\":\"" + run + "-m<MEMBER>\"," + fields + "}";
    String refusal = target.equals("/v1/deductions") ? "insufficient_points" : "";
    return RequestTemplate.post(target, headers() + "Idempotency-Key: <KEY>\r\n", json, refusal);
  }

  private String headers() {
    return "Host: " + authority + "\r\nAuthorization: Bearer " + apiKey + "\r\n";
  }
}
