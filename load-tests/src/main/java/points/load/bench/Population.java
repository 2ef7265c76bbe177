package points.load.bench;

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

  private String commonHeaders() {
    return "Host: " + authority + "\r\nAuthorization: Bearer " + apiKey + "\r\n";
  }

  private String writeHeaders() {
    return commonHeaders() + "Idempotency-Key: <KEY>\r\n";
  }
}
