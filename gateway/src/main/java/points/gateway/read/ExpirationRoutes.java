package points.gateway.read;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import points.gateway.access.Permission;
import points.gateway.json.EntryJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.QueryParameters;
import points.gateway.web.Responses;
import points.ledger.Ledger;
import points.ledger.account.Lot;
import points.ledger.decide.TimeEffects;
import points.ledger.member.ExpiringMembers.Expiring;
import points.ledger.member.ExpiringMembers.Part;
import points.ledger.model.MemberKey;
import points.ledger.model.StateSnapshot;

/** {@code expirations}: points that a member, or the members of a program, will lose next. */
public final class ExpirationRoutes {

  private final Ledger ledger;

  public ExpirationRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  public void mount(ApiRouter api) {
    api.get(
        "/v1/members/:memberId/expirations", Permission.READ, this::ofMember, "within", "currency");
    api.get(
        "/v1/expirations",
        Permission.READ_EXPIRATIONS,
        this::ofProgram,
        "within",
        "cursor",
        "limit");
  }

  private void ofMember(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    Duration within = query.days("within");
    String account = query.account("currency");
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
      return;
    }
    MemberKey member = Authentication.member(ctx);
    if (member == null) {
      Responses.memberNotFound(ctx);
      return;
    }
    Responses.when(
        ctx,
        ledger.state(member),
        found ->
            found.ifPresentOrElse(
                reading ->
                    Responses.json(
                        ctx, 200, json(reading, account, ledger.time().instant(), within)),
                () -> Responses.memberNotFound(ctx)));
  }

  private static JsonObject json(
      StateSnapshot reading, String account, Instant now, Duration within) {
    Instant until = now.plus(within);
    List<Lot> lots =
        TimeEffects.at(reading.state(), now).accounts().of(account).lots().byExpiry().stream()
            .filter(lot -> !lot.expiresAt().isAfter(until))
            .toList();
    return new JsonObject()
        .put("items", EntryJson.lots(lots, 1))
        .put("total", lots.stream().mapToLong(Lot::points).sum())
        .put("stale", reading.stale());
  }

  private void ofProgram(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    Duration within = query.days("within");
    int limit = query.limit();
    String after = query.idPosition();
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
      return;
    }
    Instant now = ledger.time().instant();
    String programId = Authentication.caller(ctx).programId();
    Responses.when(
        ctx,
        ledger.expiring().part(programId, after, now, now.plus(within), limit),
        part -> Responses.json(ctx, 200, json(part)));
  }

  /**
   * Returns a part of the list. Unlike a page it may be shorter than asked for without being the
   * last.
   */
  private static JsonObject json(Part part) {
    var items = new JsonArray();
    for (Expiring it : part.items()) {
      items.add(
          new JsonObject()
              .put("memberId", it.memberId())
              .put("expiresAt", it.expiresAt().toString())
              .put("points", it.points()));
    }
    String next = part.next();
    return new JsonObject()
        .put("items", items)
        .put("hasMore", next != null)
        .put("nextCursor", next == null ? null : QueryParameters.cursor(next));
  }
}
