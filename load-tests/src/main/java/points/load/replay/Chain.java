package points.load.replay;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import points.load.http.Answer;
import points.load.http.Fields;
import points.load.http.Gateway;
import points.load.http.UnexpectedAnswerException;

/** Sets a chain up in the gateway: its program, its stores and, where it must be, its members. */
final class Chain {
  private final Gateway gateway;

  Chain(Gateway gateway) {
    this.gateway = gateway;
  }

  /** The program as it is; fails soon when no gateway answers. */
  Future<Program> program() {
    return gateway.knock("/v1/program").map(answer -> Program.read(new Fields(answer.required())));
  }

  /**
   * Makes points of the program never expire from now on, and returns the program as it then is.
   */
  Future<Program> withoutExpiry() {
    return gateway
        .knock("/v1/program")
        .compose(
            answer -> {
              JsonObject program = answer.required().copy();
              program.remove("programId");
              program.put("validity", new JsonObject().put("kind", "never"));
              return gateway.put("/v1/program", program);
            })
        .map(answer -> Program.read(new Fields(answer.required())));
  }

  /** Makes a store where there is none. */
  Future<Void> store(String storeId) {
    JsonObject store = new JsonObject().put("storeId", storeId).put("name", "Store " + storeId);
    return gateway
        .post("/v1/stores", "replay-store:" + storeId, store)
        .compose(answer -> madeOr("store_exists", answer));
  }

  /** Enrols a member who is not enrolled yet. */
  Future<Void> member(String memberId) {
    return gateway
        .post(
            "/v1/members", "replay-member:" + memberId, new JsonObject().put("memberId", memberId))
        .compose(answer -> madeOr("member_exists", answer));
  }

  private static Future<Void> madeOr(String alreadyThere, Answer answer) {
    return answer.done() || answer.code().equals(alreadyThere)
        ? Future.succeededFuture()
        : Future.failedFuture(new UnexpectedAnswerException(answer.toString()));
  }
}
