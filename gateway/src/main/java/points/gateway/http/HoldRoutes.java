package points.gateway.http;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.domain.Entry;
import points.ledger.domain.HoldCommand.Capture;
import points.ledger.domain.HoldCommand.Place;
import points.ledger.domain.HoldCommand.Release;
import points.ledger.domain.Limits;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Origin;
import points.ledger.domain.Refusal;
import points.ledger.registry.Stores;

/**
 * {@code /v1/holds}: points and stored value reserved for a purchase. A hold's id is that of the
 * transaction that made it, so it can be found without an index.
 */
final class HoldRoutes {

  private static final long TTL_SECONDS = 900;
  private static final long TTL_SECONDS_MAX = Limits.HOLD_MAX.toSeconds();

  private final Ledger ledger;
  private final Scope scope;

  HoldRoutes(Ledger ledger, Stores stores) {
    this.ledger = ledger;
    this.scope = new Scope(stores);
  }

  void mount(Api api) {
    api.post("/v1/holds", Permission.SERVE, this::place);
    api.get("/v1/holds/:holdId", Permission.READ, this::get);
    api.post("/v1/holds/:holdId/capture", Permission.SERVE, this::capture);
    api.post("/v1/holds/:holdId/release", Permission.SERVE, this::release);
  }

  private void place(RoutingContext ctx) {
    Input input = Input.ofWrite(ctx);
    Fields body = input.body();
    var member = new MemberKey(Guard.caller(ctx).programId(), body.id("memberId"));
    Origin origin =
        new Origin(
            body.id("storeId"),
            body.optionalId("terminalId"),
            body.optionalId("orderId"),
            null,
            body.optionalReadable("reason", Text.REASON_LENGTH_MAX));
    Long points = body.optionalInteger("points", 0, Limits.POINTS_MAX);
    Long storedValue = body.optionalInteger("storedValue", 0, Limits.AMOUNT_MAX);
    Long ttl = body.optionalInteger("ttlSeconds", 1, TTL_SECONDS_MAX);
    boolean nothing = AccrualRoutes.orNone(points) + AccrualRoutes.orNone(storedValue) == 0;
    if (nothing && !body.isWrong()) {
      body.wrong("points", "must be above 0, or storedValue must be");
    }
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    Place command =
        Place.of(
            member,
            input.key(),
            origin,
            AccrualRoutes.orNone(points),
            AccrualRoutes.orNone(storedValue),
            Duration.ofSeconds(ttl == null ? TTL_SECONDS : ttl));
    scope.check(
        ctx,
        origin.storeId(),
        () -> Outcomes.reply(ctx, ledger.submit(command), 201, HoldJson::placed));
  }

  private void get(RoutingContext ctx) {
    EntryId id = EntryId.ofPath(ctx, "holdId");
    if (id == null) {
      notFound(ctx);
      return;
    }
    Reply.when(
        ctx,
        ledger.entries().around(id.member(), id.sequence()),
        found ->
            found.stream()
                .filter(it -> it.sequence() == id.sequence() && it.kind() == Entry.Kind.HOLD)
                .findFirst()
                .ifPresentOrElse(
                    hold ->
                        ifOwn(
                            ctx,
                            hold,
                            own -> Reply.json(ctx, 200, HoldJson.seen(own, found, Instant.now()))),
                    () -> notFound(ctx)));
  }

  private void capture(RoutingContext ctx) {
    Input input = Input.ofWrite(ctx);
    Fields body = input.body();
    Long points = body.optionalInteger("points", 0, Limits.POINTS_MAX);
    Long storedValue = body.optionalInteger("storedValue", 0, Limits.AMOUNT_MAX);
    String orderId = body.optionalId("orderId");
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    withHold(
        ctx,
        hold -> {
          Origin held = hold.origin();
          if (orderId != null && held.orderId() != null && !orderId.equals(held.orderId())) {
            body.wrong("orderId", "must be that of the hold, " + held.orderId());
            Reply.problem(ctx, input.problem());
            return;
          }
          Origin origin = of(hold, held.orderId() == null ? orderId : held.orderId(), null);
          Capture command =
              Capture.of(hold.member(), input.key(), origin, hold.sequence(), points, storedValue);
          Outcomes.reply(ctx, ledger.submit(command), 200, HoldJson::captured);
        });
  }

  private void release(RoutingContext ctx) {
    Input input = Input.ofWrite(ctx);
    String reason = input.body().optionalReadable("reason", Text.REASON_LENGTH_MAX);
    if (input.isWrong()) {
      Reply.problem(ctx, input.problem());
      return;
    }
    withHold(
        ctx,
        hold -> {
          Origin origin = of(hold, hold.origin().orderId(), reason);
          Release command = Release.of(hold.member(), input.key(), origin, hold.sequence());
          Outcomes.reply(ctx, ledger.submit(command), 200, HoldJson::released);
        });
  }

  /** A hold is ended where it was made, whichever till does it. */
  private static Origin of(Entry hold, @Nullable String orderId, @Nullable String reason) {
    return new Origin(hold.origin().storeId(), null, orderId, null, reason);
  }

  /** Goes on with the hold that the path names, if there is one and the caller may act for it. */
  private void withHold(RoutingContext ctx, Consumer<Entry> use) {
    EntryId id = EntryId.ofPath(ctx, "holdId");
    if (id == null) {
      notFound(ctx);
      return;
    }
    Reply.when(
        ctx,
        ledger.entries().find(id.member(), id.sequence()),
        found ->
            found
                .filter(it -> it.kind() == Entry.Kind.HOLD)
                .ifPresentOrElse(hold -> ifOwn(ctx, hold, use), () -> notFound(ctx)));
  }

  private static void ifOwn(RoutingContext ctx, Entry hold, Consumer<Entry> use) {
    Credential caller = Guard.caller(ctx);
    if (caller.actsFor(hold.origin().storeId())) {
      use.accept(hold);
    } else {
      Reply.problem(ctx, Scope.outOfScope(caller));
    }
  }

  private static void notFound(RoutingContext ctx) {
    Reply.problem(ctx, Refusals.problem(new Refusal.HoldNotFound()));
  }
}
