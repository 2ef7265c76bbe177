package points.load.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Whom a run's requests are about: members and stores that no other run uses, on one gateway.
 *
 * @param authority host and port
 * @param apiKey the credential every request carries
 * @param run what all ids of this run begin with
 */
record Population(String authority, String apiKey, String run, int members, int stores) {
  /** The id of a store, 0 ≤ number &lt; {@link #stores}. */
  String storeId(int number) {
    return "%s-s%03d".formatted(run, number);
  }

  /** The id of a member, 0 ≤ number &lt; {@link #members}. */
  String memberId(int number) {
    return "%s-m%06d".formatted(run, number);
  }

  String balancePath(int member) {
    return "/v1/members/" + memberId(member) + "/balance";
  }

  RequestTemplate read() {
    return RequestTemplate.get("/v1/members/%s-m<MEMBER>/balance".formatted(run), commonHeaders());
  }

  /**
   * @param amount what the order cost, in minor units
   */
  RequestTemplate accrual(long amount) {
    String json =
        "{\"memberId\":\"%1$s-m<MEMBER>\",\"storeId\":\"%1$s-s<STORE>\",\"orderId\":\"<ORDER>\","
            + "\"occurredAt\":\"<TIME>\",\"amount\":%2$d}";
    return RequestTemplate.post("/v1/accruals", writeHeaders(), json.formatted(run, amount));
  }

  RequestTemplate deduction() {
    String json =
        "{\"memberId\":\"%1$s-m<MEMBER>\",\"storeId\":\"%1$s-s<STORE>\",\"orderId\":\"<ORDER>\","
            + "\"points\":<POINTS>,\"reason\":\"points used\"}";
    return RequestTemplate.post("/v1/deductions", writeHeaders(), json.formatted(run));
  }

  /** Money paid in, with points for it if the program gives any. */
  RequestTemplate topUp() {
    String json =
        "{\"memberId\":\"%1$s-m<MEMBER>\",\"storeId\":\"%2$s\",\"orderId\":\"<ORDER>\","
            + "\"occurredAt\":\"%3$s\",\"amount\":50000}";
    return RequestTemplate.post(
        "/v1/stored-value/top-ups",
        writeHeaders(),
        json.formatted(run, storeId(0), Instant.now().truncatedTo(ChronoUnit.SECONDS)));
  }

  /** Growth value, given by hand so that the program needs no rule for it. */
  RequestTemplate growth() {
    String json =
        "{\"memberId\":\"%1$s-m<MEMBER>\",\"currency\":\"growth\",\"points\":1000,"
            + "\"operator\":\"bench\",\"reason\":\"begins with it\"}";
    return RequestTemplate.post("/v1/adjustments", writeHeaders(), json.formatted(run));
  }

  /** Points held for longer than any run takes. */
  RequestTemplate hold() {
    String json =
        "{\"memberId\":\"%1$s-m<MEMBER>\",\"storeId\":\"%2$s\",\"orderId\":\"<ORDER>\","
            + "\"points\":100,\"ttlSeconds\":604800}";
    return RequestTemplate.post("/v1/holds", writeHeaders(), json.formatted(run, storeId(0)));
  }

  private String commonHeaders() {
    return "Host: " + authority + "\r\nAuthorization: Bearer " + apiKey + "\r\n";
  }

  private String writeHeaders() {
    return commonHeaders() + "Idempotency-Key: <KEY>\r\n";
  }
}
