package points.gateway.rulebook;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import points.ledger.form.Formats;
import points.ledger.whatif.run.Simulation;

/** Simulations as callers see them. */
final class SimulationJson {

  private SimulationJson() {}

  static JsonObject of(Simulation simulation) {
    var json =
        new JsonObject()
            .put("simulationId", simulation.simulationId())
            .put("ruleBookId", simulation.ruleBookId())
            .put("bookHash", simulation.bookHash())
            .put("from", simulation.from().toString())
            .put("to", simulation.to().toString())
            .put(
                "redemption",
                new JsonObject()
                    .put("low", simulation.redemption().get(0))
                    .put("likely", simulation.redemption().get(1))
                    .put("high", simulation.redemption().get(2)))
            .put("state", simulation.state().text())
            .put("done", simulation.done())
            .put("total", simulation.total())
            .put("requestedAt", simulation.requestedAt().toString());
    Formats.putUnlessNull(json, "requestedBy", simulation.requestedBy());
    Formats.putUnlessNull(json, "startedAt", text(simulation.startedAt()));
    Formats.putUnlessNull(json, "endedAt", text(simulation.endedAt()));
    Formats.putUnlessNull(json, "failure", simulation.failure());
    Formats.putUnlessNull(json, "hash", simulation.hash());
    Formats.putUnlessNull(json, "result", simulation.result());
    return json;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
