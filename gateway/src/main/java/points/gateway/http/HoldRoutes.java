package points.gateway.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.command.HoldCommand.Capture;
import points.ledger.command.HoldCommand.Place;
import points.ledger.command.HoldCommand.Release;
import points.ledger.command.Refusal;
import points.ledger.model.Entry;
import points.ledger.model.Limits;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.registry.Stores;

/**
 * {@code /v1/holds}: points and stored value reserved for a purchase. A hold's id is that of the
 * transaction that made it, so it can be found without an index.
 */
final class HoldRoutes {

  private static final String ID = "holdId";
  private static final long TTL_SECONDS = 900;
  private static final long TTL_SECONDS_MAX = Limits.HOLD_MAX.toSeconds();

  private final Ledger ledger;
  private final Scope scope;

  HoldRoutes(Ledger ledger, Stores stores) {
    this.ledger = ledger;
    this.scope = new Scope(stores);
  }

  void mount(Api api) {
    api.post("/v1/holds", hold());
    api.get("/v1/holds/:holdId", Permission.READ, this::get);
    api.postWithoutBody(
        "/v1/holds/:holdId/capture",
        Permission.SERVE,
        ctx -> Call.answerOnEntry(ctx, ID, this::capture));
    api.postWithoutBody(
        "/v1/holds/:holdId/release",
        Permission.SERVE,
        ctx -> Call.answerOnEntry(ctx, ID, this::release));
  }

  Call hold() {
    return new Call(Permission.SERVE, this::place);
  }

  /** As a line of a batch. */
  Call capture() {
    return Call.onEntry(Permission.SERVE, ID, this::capture);
  }

  /** As a line of a batch. */
  Call release() {
    return Call.onEntry(Permission.SERVE, ID, this::release);
  }

  private Intent place(Credential caller, Input input) {
    Fields body = input.body();
    var member = new MemberKey(caller.programId(), body.id("memberId"));
    Origin origin =
        new Origin(
            body.id("storeId"),
            body.optionalId("terminalId"),
            body.optionalId("orderId"),
            null,
            body.optionalReadable("reason", Text.REASON_LENGTH_MAX),
            Metadata.of(body));
    Long points = body.optionalInteger("points", 0, Limits.POINTS_MAX);
    Long storedValue = body.optionalInteger("storedValue", 0, Limits.AMOUNT_MAX);
    Long ttl = body.optionalInteger("ttlSeconds", 1, TTL_SECONDS_MAX);
    boolean nothing = AccrualRoutes.orNone(points) + AccrualRoutes.orNone(storedValue) == 0;
    if (nothing && !body.isWrong()) {
      body.wrong("points", "must be above 0, or storedValue must be");
    }
    Place command =
        Place.of(
            member,
            input.key(),
            origin,
            AccrualRoutes.orNone(points),
            AccrualRoutes.orNone(storedValue),
            Duration.ofSeconds(ttl == null ? TTL_SECONDS : ttl));
    return Intent.of(
        command,
        () ->
            scope.within(
                caller,
                origin.storeId(),
                () -> Outcomes.told(ledger.submit(command), 201, HoldJson::placed)));
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

  private Intent capture(Credential caller, @Nullable EntryId id, Input input) {
    Fields body = input.body();
    Long points = body.optionalInteger("points", 0, Limits.POINTS_MAX);
    Long storedValue = body.optionalInteger("storedValue", 0, Limits.AMOUNT_MAX);
    String orderId = body.optionalId("orderId");
    return Intent.of(
        id,
        () ->
            withHold(
                caller,
                id,
                hold -> {
                  String held = hold.origin().orderId();
                  if (orderId != null && held != null && !orderId.equals(held)) {
                    body.wrong("orderId", "must be that of the hold, " + held);
                    return Told.not(input.problem());
                  }
                  Origin origin = of(hold, held == null ? orderId : held, null);
                  Capture command =
                      Capture.of(
                          hold.member(), input.key(), origin, hold.sequence(), points, storedValue);
                  return Outcomes.told(ledger.submit(command), 200, HoldJson::captured);
                }));
  }

  private Intent release(Credential caller, @Nullable EntryId id, Input input) {
    String reason = input.body().optionalReadable("reason", Text.REASON_LENGTH_MAX);
    return Intent.of(
        id,
        () ->
            withHold(
                caller,
                id,
                hold -> {
                  Origin origin = of(hold, hold.origin().orderId(), reason);
                  Release command = Release.of(hold.member(), input.key(), origin, hold.sequence());
                  return Outcomes.told(ledger.submit(command), 200, HoldJson::released);
                }));
  }

  /** A hold is ended where it was made, whichever till does it. */
  private static Origin of(Entry hold, @Nullable String orderId, @Nullable String reason) {
    return new Origin(hold.origin().storeId(), null, orderId, null, reason);
  }

  /** Goes on with the hold of this id, if there is one and the caller may act for it. */
  private Future<Told> withHold(
      Credential caller, @Nullable EntryId id, Function<Entry, Future<Told>> use) {
    return EntryId.find(ledger, id)
        .compose(
            found ->
                found
                    .filter(it -> it.kind() == Entry.Kind.HOLD)
                    .map(
                        hold ->
                            caller.actsFor(hold.origin().storeId())
                                ? use.apply(hold)
                                : Told.not(Scope.outOfScope(caller)))
                    .orElseGet(() -> Told.refused(new Refusal.HoldNotFound())));
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
