package points.gateway.ops;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /clock}: reads and sets the clock of a node that is there for tests. */
final class ClockRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(ClockRoutes.class);
  private static final int BODY_BYTES_MAX = 1_000;
  private static final Instant MIN = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant MAX = Instant.parse("2200-01-01T00:00:00Z");

  private final TestClock clock;

  ClockRoutes(TestClock clock) {
    this.clock = clock;
  }

  void mount(Router router) {
    router.get("/clock").handler(this::reply);
    router
        .put("/clock")
        .handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX))
        .handler(this::set);
    router.delete("/clock").handler(this::reset);
  }

  private void set(RoutingContext ctx) {
    Instant instant = instantOf(ctx);
    if (instant == null || instant.isBefore(MIN) || instant.isAfter(MAX)) {
      refuse(ctx);
      return;
    }
    clock.set(instant);
    LOG.warn("the test clock was set to {}", instant);
    reply(ctx);
  }

  private static @Nullable Instant instantOf(RoutingContext ctx) {
    try {
      JsonObject body = ctx.body().asJsonObject();
      String text = body == null ? null : body.getString("instant");
      return text == null ? null : Instant.parse(text);
    } catch (DecodeException | ClassCastException | DateTimeParseException e) {
      return null;
    }
  }

  private void reset(RoutingContext ctx) {
    clock.reset();
    LOG.warn("the test clock was set to the machine's clock");
    reply(ctx);
  }

  private static void refuse(RoutingContext ctx) {
    ctx.response()
        .setStatusCode(400)
        .end(
            "the body must be {\"instant\": \"2026-12-01T00:00:00Z\"}, from %s to %s\n"
                .formatted(MIN, MAX));
  }

  private void reply(RoutingContext ctx) {
    ctx.response()
        .putHeader("Content-Type", "application/json")
        .end(new JsonObject().put("instant", clock.instant().toString()).toBuffer());
  }
}
