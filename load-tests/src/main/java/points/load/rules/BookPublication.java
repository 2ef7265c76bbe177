package points.load.rules;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import points.load.http.Fields;
import points.load.http.Gateway;
import points.load.http.UnexpectedAnswerException;

/**
 * A rule book that was published.
 *
 * @param number of the publication in its program
 * @param inForceFrom the first instant whose orders it rates
 */
public record BookPublication(String ruleBookId, long number, Instant inForceFrom) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final int TRIES_MAX = 300; // a minute

  /** Publishes a document for as soon as may be; again, it gives the first answer. */
  public static Future<BookPublication> publish(Gateway gateway, JsonObject document) {
    String id = document.getString("ruleBookId");
    return gateway
        .post("/v1/rule-books", "load-book:" + id, document)
        .compose(
            draft ->
                draft.done()
                    ? gateway.post(
                        "/v1/rule-books/" + id + "/publish", "load-publish:" + id, new JsonObject())
                    : Future.failedFuture(new UnexpectedAnswerException(draft.toString())))
        .map(
            answer -> {
              Fields json = new Fields(answer.required());
              return new BookPublication(
                  json.text("ruleBookId"), json.integer("number"), json.instant("inForceFrom"));
            });
  }

  /** Waits until the node shows that it rates orders by this publication. */
  public Future<Void> awaitInForce(Gateway gateway) {
    return awaitInForce(gateway, 1);
  }

  private Future<Void> awaitInForce(Gateway gateway, int tries) {
    return gateway
        .get("/v1/program")
        .compose(
            answer -> {
              long shown =
                  new Fields(answer.required())
                      .optionalObject("ruleBookInForce")
                      .map(it -> it.integer("number"))
                      .orElse(0L);
              if (shown == number) {
                return Future.succeededFuture();
              }
              return tries < TRIES_MAX
                  ? gateway.pause(LOOK_EVERY).compose(slept -> awaitInForce(gateway, tries + 1))
                  : Future.failedFuture(
                      new UnexpectedAnswerException(
                          "publication %d is in force, not %d".formatted(shown, number)));
            });
  }
}
