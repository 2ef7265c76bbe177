package points.gateway.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiConsumer;
import points.gateway.access.Permission;
import points.ledger.Ledger;
import points.ledger.domain.Lot;
import points.ledger.domain.Lots;
import points.ledger.domain.MemberKey;
import points.ledger.domain.MemberState;
import points.ledger.domain.Reading;

/** What a member has and how it came about: balance, lots, entries. */
final class BalanceRoutes {

  private final Ledger ledger;

  BalanceRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  void mount(Api api) {
    api.get("/v1/members/:memberId/balance", Permission.READ, this::balance);
    api.get("/v1/members/:memberId/lots", Permission.READ, this::lots, "cursor", "limit");
    api.get("/v1/members/:memberId/entries", Permission.READ, this::entries, "cursor", "limit");
  }

  private void balance(RoutingContext ctx) {
    withState(ctx, (member, reading) -> Reply.json(ctx, 200, balance(member, reading)));
  }

  private static JsonObject balance(MemberKey member, Reading reading) {
    MemberState state = reading.state();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Lots spendable = state.lots().spendableAt(now);
    List<Lot> byExpiry = spendable.byExpiry();
    boolean expires = !byExpiry.isEmpty() && !byExpiry.get(0).expiresAt().equals(Lot.NEVER);
    return new JsonObject()
        .put("memberId", member.memberId())
        .put("available", spendable.total())
        .put("held", 0) // nothing can be held, pending or owed yet
        .put("pending", 0)
        .put("debt", 0)
        .put("lifetimeEarned", state.lifetimeEarned())
        .put("lifetimeSpent", state.lifetimeSpent())
        .put("nextExpiry", expires ? EntryJson.lot(byExpiry.get(0), 1) : null)
        .put("sequence", state.sequence())
        .put("asOf", (reading.stale() ? reading.asOf() : now).toString())
        .put("stale", reading.stale());
  }

  private void lots(RoutingContext ctx) {
    Query query = Query.of(ctx);
    int limit = query.limit();
    long after = query.numberPosition(Long.MIN_VALUE);
    if (query.isWrong()) {
      Reply.problem(ctx, query.problem());
      return;
    }
    withState(
        ctx,
        (member, reading) -> {
          List<Lot> rest =
              reading.state().lots().spendableAt(Instant.now()).byExpiry().stream()
                  .filter(lot -> lot.expiresAt().getEpochSecond() > after)
                  .limit(limit + 1L)
                  .toList();
          JsonObject page =
              Page.of(
                  rest,
                  limit,
                  lot -> EntryJson.lot(lot, 1),
                  lot -> Long.toString(lot.expiresAt().getEpochSecond()));
          Reply.json(ctx, 200, page.put("stale", reading.stale()));
        });
  }

  private void entries(RoutingContext ctx) {
    Query query = Query.of(ctx);
    int limit = query.limit();
    long before = query.numberPosition(Long.MAX_VALUE);
    if (query.isWrong()) {
      Reply.problem(ctx, query.problem());
      return;
    }
    withState(
        ctx,
        (member, reading) ->
            Reply.when(
                ctx,
                ledger.entries().page(member, before, limit + 1),
                found ->
                    Reply.json(
                        ctx,
                        200,
                        Page.of(
                            found,
                            limit,
                            EntryJson::entry,
                            entry -> Long.toString(entry.sequence())))));
  }

  private void withState(RoutingContext ctx, BiConsumer<MemberKey, Reading> use) {
    MemberKey member = Guard.member(ctx);
    if (member == null) {
      Reply.memberNotFound(ctx);
      return;
    }
    Reply.when(
        ctx,
        ledger.state(member),
        found ->
            found.ifPresentOrElse(it -> use.accept(member, it), () -> Reply.memberNotFound(ctx)));
  }
}
