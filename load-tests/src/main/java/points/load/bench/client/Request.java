package points.load.bench.client;

/**
 * A request, with the answers that it may have.
 *
 * @param text all of it, in plain ASCII
 * @param success the status of success
 * @param refusal the code of a problem that is to be expected; empty when there is none
 */
record Request(String text, int success, String refusal) {
  boolean writes() {
    return success == 201;
  }

  /** Returns whether an answer is a refusal by the rules of the program, and to be expected. */
  boolean mayBeRefused(int status, String body) {
    return !refusal.isEmpty() && status == 409 && body.contains("\"" + refusal + "\"");
  }

  /** Returns the request line. */
  @Override
  public String toString() {
    return text.substring(0, text.indexOf('\r'));
  }
}
