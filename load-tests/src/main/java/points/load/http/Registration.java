package points.load.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Makes stores and members in the gateway where there are none yet. */
public final class Registration {
  private final Gateway gateway;
  private final String run;

  /**
   * @param run begins the idempotency keys, so that another program's stay apart
   */
  public Registration(Gateway gateway, String run) {
    this.gateway = gateway;
    this.run = run;
  }

  /** Makes a store, unless there is one. */
  public Future<Void> store(String storeId) {
    var store = new JsonObject().put("storeId", storeId).put("name", "Store " + storeId);
    return make("/v1/stores", run + "-store:" + storeId, store, "store_exists");
  }

  /** Enrols a member, unless there is one. */
  public Future<Void> member(String memberId) {
    var member = new JsonObject().put("memberId", memberId);
    return make("/v1/members", run + "-member:" + memberId, member, "member_exists");
  }

  private Future<Void> make(String path, String key, JsonObject body, String alreadyThere) {
    return gateway
        .post(path, key, body)
        .compose(
            answer ->
                answer.done() || answer.code().equals(alreadyThere)
                    ? Future.succeededFuture()
                    : Future.failedFuture(new UnexpectedAnswerException(answer.toString())));
  }
}
