package points.load.replay.program;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import points.load.http.Answer;
import points.load.http.Fields;
import points.load.http.Gateway;

/** Reads and changes the rules of the program in the gateway. */
public final class ProgramClient {
  private final Gateway gateway;

  public ProgramClient(Gateway gateway) {
    this.gateway = gateway;
  }

  /** The program as it is; fails soon when no gateway answers. */
  public Future<Program> program() {
    return gateway.probe("/v1/program").map(answer -> Program.read(new Fields(answer.required())));
  }

  /**
   * Makes points of the program never expire from now on.
   *
   * @return the program as it was, to be {@linkplain #putBack put back}; empty when its points
   *     never expired
   */
  public Future<Optional<JsonObject>> withoutExpiry() {
    return gateway
        .probe("/v1/program")
        .compose(
            answer -> {
              JsonObject before = answer.required().copy();
              before.remove("programId");
              JsonObject never = new JsonObject().put("kind", "never");
              if (never.equals(before.getJsonObject("validity"))) {
                return Future.succeededFuture(Optional.empty());
              }
              return putBack(before.copy().put("validity", never)).map(done -> Optional.of(before));
            });
  }

  /** Lets each store of the program take back what another sold. */
  public Future<Void> letAnyStoreTakeBack() {
    return gateway
        .probe("/v1/program")
        .compose(
            answer -> {
              JsonObject program = answer.required().copy();
              program.remove("programId");
              JsonObject worth = new JsonObject().put("points", 1).put("amount", 1);
              JsonObject plain = new JsonObject().put("shortfall", "debt").put("pointValue", worth);
              JsonObject refunds = program.getJsonObject("refunds", plain).copy();
              if ("any".equals(refunds.getString("stores"))) {
                return Future.succeededFuture();
              }
              return putBack(program.put("refunds", refunds.put("stores", "any")));
            });
  }

  /** Sets the program's rules to those that were read before. */
  public Future<Void> putBack(JsonObject program) {
    return gateway.put("/v1/program", program).map(Answer::required).mapEmpty();
  }
}
