package points.gateway.tier;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Permission;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.Page;
import points.gateway.web.QueryParameters;
import points.gateway.web.Responses;
import points.ledger.Ledger;
import points.ledger.Registry;
import points.ledger.model.MemberKey;
import points.ledger.rulebook.InForce;
import points.ledger.rulebook.Timelines;
import points.ledger.store.EntrySearch;
import points.ledger.store.EntrySearch.Wanted;
import points.ledger.tier.TierRules;

/** Shows the tier of a member, and how it changed. */
public final class TierRoutes {

  private final Ledger ledger;
  private final Timelines timelines;

  public TierRoutes(Ledger ledger, Registry registry) {
    this.ledger = ledger;
    this.timelines = registry.timelines();
  }

  public void mount(ApiRouter api) {
    api.get("/v1/members/:memberId/tier", Permission.READ, this::show);
    api.get(
        "/v1/members/:memberId/tier/history", Permission.READ, this::history, "cursor", "limit");
  }

  private void show(RoutingContext ctx) {
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
                it -> {
                  Instant now = ledger.time().instant();
                  TierRules rules = rules(member, now);
                  Responses.json(ctx, 200, TierJson.of(member, it, rules, now));
                },
                () -> Responses.memberNotFound(ctx)));
  }

  private void history(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    int limit = query.limit();
    long before = query.numberPosition(Long.MAX_VALUE);
    MemberKey member = Authentication.member(ctx);
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
    } else if (member == null) {
      Responses.memberNotFound(ctx);
    } else {
      Responses.when(
          ctx,
          ledger.state(member),
          found ->
              found.ifPresentOrElse(
                  it -> history(ctx, member, Math.min(before, it.state().sequence() + 1), limit),
                  () -> Responses.memberNotFound(ctx)));
    }
  }

  private void history(RoutingContext ctx, MemberKey member, long before, int limit) {
    Responses.when(
        ctx,
        new EntrySearch(ledger.entries()).part(member, Wanted.LEVELS, before, limit),
        part -> {
          String next = part.next() == null ? null : Long.toString(part.next());
          Responses.json(ctx, 200, Page.part(part.items(), TierJson::change, next));
        });
  }

  private @Nullable TierRules rules(MemberKey member, Instant now) {
    InForce book = timelines.shown(member.programId(), now);
    return book == null || book.compiled() == null ? null : book.compiled().book().tiers();
  }
}
