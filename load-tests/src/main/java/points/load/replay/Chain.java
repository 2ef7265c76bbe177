package points.load.replay;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import points.load.http.Fields;
import points.load.http.Gateway;

/** The chain's program in the gateway. */
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
}
