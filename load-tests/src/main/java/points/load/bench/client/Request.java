package points.load.bench.client;

/**
 * A request, with the answers that it may have.
 *
 * @param text all of it
 * @param success the status of success
 * @param refusal the code of a problem that is to be expected; empty when there is none
 */
record Request(String text, int success, String refusal) {

  static Request get(String target, String headers) {
    return new Request("GET " + target + " HTTP/1.1\r\n" + headers + "\r\n", 200, "");
  }

  /** Makes a POST of JSON that is plain ASCII. */
  static Request post(String target, String headers, String json, String refusal) {
    String text =
        "POST "
            + target
            + " HTTP/1.1\r\n"
            + headers
            + "Content-Type: application/json\r\nContent-Length: "
            + json.length()
            + "\r\n\r\n"
            + json;
    return new Request(text, 201, refusal);
  }

  boolean writes() {
    return success == 201;
  }

  boolean isSuccess(ResponseReader answer) {
    return answer.status() == success;
  }

  /** Returns whether the rules of the program refused it, in a way that is to be expected. */
  boolean isRefusal(ResponseReader answer) {
    return !refusal.isEmpty()
        && answer.status() == 409
        && answer.body().contains("\"" + refusal + "\"");
  }

  /** Returns the request line. */
  @Override
  public String toString() {
    return text.substring(0, text.indexOf('\r'));
  }
}
