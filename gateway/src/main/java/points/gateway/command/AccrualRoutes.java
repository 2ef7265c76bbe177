package points.gateway.command;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.OutcomeMapping;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.EntryJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Metadata;
import points.gateway.web.Responses;
import points.gateway.web.StoreScope;
import points.ledger.Ledger;
import points.ledger.account.Limits;
import points.ledger.command.Command.Accrue;
import points.ledger.command.SaleTerms;
import points.ledger.form.FieldFault;
import points.ledger.form.JsonFields;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.registry.Stores;

/** {@code /v1/accruals}: points for orders. */
public final class AccrualRoutes {

  private static final Instant OCCURRED_MIN = Instant.parse("2000-01-01T00:00:00Z");

  /** Greatest lead of a till's clock. */
  private static final Duration AHEAD_MAX = Duration.ofHours(24);

  private static final int EFFECTIVE_YEARS_MAX = 10;
  private static final int LINES_MAX = 500;
  private static final long QUANTITY_MAX = 1_000_000_000L;
  private static final int CATEGORY_LENGTH_MAX = 128;

  private final Ledger ledger;
  private final StoreCalls calls;
  private final StoreScope scope;

  public AccrualRoutes(Ledger ledger, Stores stores) {
    this.ledger = ledger;
    this.calls = new StoreCalls(ledger, stores);
    this.scope = new StoreScope(stores);
  }

  public void mount(ApiRouter api) {
    accrual().mount(api, "/v1/accruals");
    api.post("/v1/accruals/preview", Permission.SERVE, this::preview);
  }

  public WriteCall accrual() {
    return new WriteCall(Permission.SERVE, this::accrue);
  }

  private ParsedCall accrue(Credential caller, JsonRequest input) {
    return calls.ofSale(caller, command(caller, input), EntryJson::accrual);
  }

  private void preview(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofBody(ctx);
    Accrue command = command(Authentication.caller(ctx), input);
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    scope.check(
        ctx,
        command.origin().storeId(),
        () -> OutcomeMapping.reply(ctx, ledger.preview(command), 200, EntryJson::preview));
  }

  private Accrue command(Credential caller, JsonRequest input) {
    JsonFields body = input.body();
    var member = new MemberKey(caller.programId(), body.id("memberId"));
    Origin origin =
        Seller.of(body)
            .of(Origin.sale(body.id("storeId"), body.optionalId("terminalId"), body.id("orderId")))
            .with(Metadata.of(body))
            .sentBy(input.actor());
    Instant now = ledger.time().instant();
    Instant occurredAt = occurredAt(body, now);
    long amount = body.integer("amount", 0, Limits.AMOUNT_MAX);
    List<Line> lines = lines(body, amount);
    SaleTerms terms = terms(body, occurredAt, now);
    return Accrue.of(member, input.key(), origin, occurredAt, amount, lines, terms);
  }

  /** Reads when a sale was paid, as the till says. */
  static Instant occurredAt(JsonFields body, Instant now) {
    return time(body, "occurredAt", now);
  }

  /** Reads when something happened in a shop. */
  static Instant time(JsonFields body, String name, Instant now) {
    return body.time(name, OCCURRED_MIN, now.plus(AHEAD_MAX));
  }

  private static SaleTerms terms(JsonFields body, Instant occurredAt, Instant now) {
    long points = 0;
    long storedValue = 0;
    JsonFields pay = body.optionalObject("pay");
    if (pay != null) {
      points = orNone(pay.optionalInteger("points", 0, Limits.POINTS_MAX));
      storedValue = orNone(pay.optionalInteger("storedValue", 0, Limits.AMOUNT_MAX));
      pay.end();
      if (points == 0 && storedValue == 0 && !body.isWrong()) {
        body.wrong("pay", FieldFault.NOTHING_TO_PAY);
      }
    }
    boolean offline = body.has("offline") && body.flag("offline");
    JsonFields pending = body.optionalObject("pending");
    if (pending == null) {
      return new SaleTerms(points, storedValue, false, null, offline);
    }
    Instant effectiveAt = effectiveAt(pending, occurredAt, now);
    pending.end();
    return new SaleTerms(points, storedValue, true, effectiveAt, offline);
  }

  /**
   * Reads when the points become effective. That may be in the past.
   *
   * <p>A retry, and an order of a till that was offline, may come in after it.
   */
  private static @Nullable Instant effectiveAt(
      JsonFields pending, Instant occurredAt, Instant now) {
    Instant latest = now.atOffset(ZoneOffset.UTC).plusYears(EFFECTIVE_YEARS_MAX).toInstant();
    Instant effectiveAt = pending.optionalTime("effectiveAt", OCCURRED_MIN, latest);
    if (effectiveAt != null && !effectiveAt.isAfter(occurredAt)) {
      pending.wrong("effectiveAt", FieldFault.AFTER_OCCURRED);
    }
    return effectiveAt;
  }

  static long orNone(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  private static List<Line> lines(JsonFields body, long amount) {
    List<JsonFields> objects = body.objects("lines", LINES_MAX);
    var lines = new ArrayList<Line>(objects.size());
    var ids = new HashSet<String>();
    long sum = 0;
    for (JsonFields object : objects) {
      var line =
          new Line(
              object.id("lineId"),
              object.id("productId"),
              object.optionalReadable("category", CATEGORY_LENGTH_MAX),
              object.integer("quantity", 0, QUANTITY_MAX),
              object.integer("amount", 0, Limits.AMOUNT_MAX));
      object.end();
      if (!ids.add(line.lineId())) {
        object.wrong("lineId", FieldFault.LINE_TWICE_IN_ORDER);
      }
      lines.add(line);
      sum += line.amount();
    }
    if (!lines.isEmpty() && sum != amount) {
      body.wrong("lines", FieldFault.LINES_SUM, sum, amount);
    }
    return lines;
  }
}
