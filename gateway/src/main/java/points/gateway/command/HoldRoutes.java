package points.gateway.command;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.OutcomeMapping;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.HoldJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.CallResult;
import points.gateway.web.JsonRequest;
import points.gateway.web.Metadata;
import points.gateway.web.RefusalProblem;
import points.gateway.web.Responses;
import points.gateway.web.StoreScope;
import points.gateway.web.TransactionId;
import points.ledger.Ledger;
import points.ledger.account.Limits;
import points.ledger.command.HoldCommand.Capture;
import points.ledger.command.HoldCommand.Place;
import points.ledger.command.HoldCommand.Release;
import points.ledger.command.Refusal;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.registry.Stores;

/**
 * {@code /v1/holds}: points and stored value reserved for a purchase. A hold's id is that of the
 * transaction that made it, so it can be found without an index.
 */
public final class HoldRoutes {

  private static final String ID = "holdId";
  private static final long TTL_SECONDS = 900;
  private static final long TTL_SECONDS_MAX = Limits.HOLD_MAX.toSeconds();

  private final Ledger ledger;
  private final StoreCalls calls;

  public HoldRoutes(Ledger ledger, Stores stores) {
    this.ledger = ledger;
    this.calls = new StoreCalls(ledger, stores);
  }

  public void mount(ApiRouter api) {
    hold().mount(api, "/v1/holds");
    api.get("/v1/holds/:holdId", Permission.READ, this::get);
    api.postWithOptionalBody(
        "/v1/holds/:holdId/capture",
        Permission.SERVE,
        ctx -> WriteCall.answerOnEntry(ctx, ID, this::capture));
    api.postWithOptionalBody(
        "/v1/holds/:holdId/release",
        Permission.SERVE,
        ctx -> WriteCall.answerOnEntry(ctx, ID, this::release));
  }

  public WriteCall hold() {
    return new WriteCall(Permission.SERVE, this::place);
  }

  /** As a line of a batch. */
  public WriteCall capture() {
    return WriteCall.onEntry(Permission.SERVE, ID, this::capture);
  }

  /** As a line of a batch. */
  public WriteCall release() {
    return WriteCall.onEntry(Permission.SERVE, ID, this::release);
  }

  private ParsedCall place(Credential caller, JsonRequest input) {
    JsonFields body = input.body();
    var member = new MemberKey(caller.programId(), body.id("memberId"));
    Origin origin =
        Seller.of(body)
            .of(
                new Origin(
                    body.id("storeId"),
                    body.optionalId("terminalId"),
                    body.optionalId("orderId"),
                    null,
                    body.optionalReadable("reason", Formats.REASON_LENGTH_MAX)))
            .with(Metadata.of(body))
            .sentBy(input.actor());
    Long points = body.optionalInteger("points", 0, Limits.POINTS_MAX);
    Long storedValue = body.optionalInteger("storedValue", 0, Limits.AMOUNT_MAX);
    Long ttl = body.optionalInteger("ttlSeconds", 1, TTL_SECONDS_MAX);
    boolean nothing = AccrualRoutes.orNone(points) + AccrualRoutes.orNone(storedValue) == 0;
    if (nothing && !body.isWrong()) {
      body.wrong("points", FieldFault.NOTHING_TO_HOLD);
    }
    Place command =
        Place.of(
            member,
            input.key(),
            origin,
            AccrualRoutes.orNone(points),
            AccrualRoutes.orNone(storedValue),
            Duration.ofSeconds(ttl == null ? TTL_SECONDS : ttl));
    return calls.of(caller, command, HoldJson::placed);
  }

  private void get(RoutingContext ctx) {
    TransactionId id = TransactionId.ofPath(ctx, "holdId");
    if (id == null) {
      notFound(ctx);
      return;
    }
    Responses.when(
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
                            own ->
                                Responses.json(
                                    ctx, 200, HoldJson.seen(own, found, ledger.time().instant()))),
                    () -> notFound(ctx)));
  }

  private ParsedCall capture(Credential caller, @Nullable TransactionId id, JsonRequest input) {
    JsonFields body = input.body();
    Long points = body.optionalInteger("points", 0, Limits.POINTS_MAX);
    Long storedValue = body.optionalInteger("storedValue", 0, Limits.AMOUNT_MAX);
    String orderId = body.optionalId("orderId");
    Seller seller = Seller.of(body);
    return ofHold(
        caller,
        id,
        hold -> {
          String held = hold.origin().orderId();
          if (orderId != null && held != null && !orderId.equals(held)) {
            body.wrong("orderId", FieldFault.HELD_ORDER, held);
            return CallResult.failure(input.problem());
          }
          Origin origin =
              seller
                  .orOf(hold.origin())
                  .of(of(hold, held == null ? orderId : held, null))
                  .sentBy(input.actor());
          Capture command =
              Capture.of(hold.member(), input.key(), origin, hold.sequence(), points, storedValue);
          return OutcomeMapping.result(ledger.submit(command), 200, HoldJson::captured);
        });
  }

  private ParsedCall release(Credential caller, @Nullable TransactionId id, JsonRequest input) {
    String reason = input.body().optionalReadable("reason", Formats.REASON_LENGTH_MAX);
    return ofHold(
        caller,
        id,
        hold -> {
          Origin origin = of(hold, hold.origin().orderId(), reason).sentBy(input.actor());
          Release command = Release.of(hold.member(), input.key(), origin, hold.sequence());
          return OutcomeMapping.result(ledger.submit(command), 200, HoldJson::released);
        });
  }

  /** A hold is ended where it was made, whichever till does it. */
  private static Origin of(Entry hold, @Nullable String orderId, @Nullable String reason) {
    return new Origin(hold.origin().storeId(), null, orderId, null, reason);
  }

  private ParsedCall ofHold(
      Credential caller, @Nullable TransactionId id, Function<Entry, Future<CallResult>> end) {
    return new NamedEntry(ledger, caller, id)
        .call(it -> it.kind() == Entry.Kind.HOLD, new Refusal.HoldNotFound(), end);
  }

  private static void ifOwn(RoutingContext ctx, Entry hold, Consumer<Entry> use) {
    Credential caller = Authentication.caller(ctx);
    if (caller.actsFor(hold.origin().storeId())) {
      use.accept(hold);
    } else {
      Responses.problem(ctx, StoreScope.outOfScope(caller));
    }
  }

  private static void notFound(RoutingContext ctx) {
    Responses.problem(ctx, RefusalProblem.of(new Refusal.HoldNotFound()));
  }
}
