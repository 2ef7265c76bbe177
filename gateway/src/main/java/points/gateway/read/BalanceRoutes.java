package points.gateway.read;

import static java.util.stream.Collectors.toMap;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import points.gateway.access.Permission;
import points.gateway.json.BalanceJson;
import points.gateway.json.EntryJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.Page;
import points.gateway.web.QueryParameters;
import points.gateway.web.Responses;
import points.ledger.Ledger;
import points.ledger.account.Lot;
import points.ledger.decide.TimeEffects;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.StateSnapshot;
import points.ledger.store.EntrySearch;
import points.ledger.store.EntrySearch.Wanted;

/** Answers calls for a member's balance, lots and history. */
public final class BalanceRoutes {

  /** Lines on a page of entries; an entry with more has a page of its own. */
  private static final int LINES_MAX = 2_000;

  private static final Map<String, Entry.Kind> KINDS =
      Arrays.stream(Entry.Kind.values())
          .collect(toMap(Formats::label, kind -> kind, (one, other) -> one, TreeMap::new));

  private final Ledger ledger;

  public BalanceRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  public void mount(ApiRouter api) {
    api.get("/v1/members/:memberId/balance", Permission.READ, this::balance);
    api.get(
        "/v1/members/:memberId/lots", Permission.READ, this::lots, "currency", "cursor", "limit");
    api.get(
        "/v1/members/:memberId/entries",
        Permission.READ,
        this::entries,
        "from",
        "to",
        "kind",
        "cursor",
        "limit");
  }

  private void balance(RoutingContext ctx) {
    withState(
        ctx,
        (member, reading) ->
            Responses.json(ctx, 200, BalanceJson.of(member, reading, ledger.time().instant())));
  }

  private void lots(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    int limit = query.limit();
    String account = query.account("currency");
    long after = query.numberPosition(Long.MIN_VALUE);
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
      return;
    }
    withState(
        ctx,
        (member, reading) -> {
          List<Lot> rest =
              TimeEffects.at(reading.state(), ledger.time().instant())
                  .accounts()
                  .of(account)
                  .lots()
                  .byExpiry()
                  .stream()
                  .filter(lot -> lot.expiresAt().getEpochSecond() > after)
                  .limit(limit + 1L)
                  .toList();
          JsonObject page =
              Page.of(
                  rest,
                  limit,
                  lot -> EntryJson.lot(lot, 1),
                  lot -> Long.toString(lot.expiresAt().getEpochSecond()));
          Responses.json(ctx, 200, page.put("stale", reading.stale()));
        });
  }

  private void entries(RoutingContext ctx) {
    QueryParameters query = QueryParameters.of(ctx);
    int limit = query.limit();
    long before = query.numberPosition(Long.MAX_VALUE);
    Wanted filter = filter(query);
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
      return;
    }
    withState(
        ctx,
        (member, reading) -> {
          if (filter.isAny()) {
            page(ctx, member, before, limit);
          } else {
            long above = Math.min(before, reading.state().sequence() + 1);
            Responses.when(
                ctx,
                new EntrySearch(ledger.entries()).part(member, filter, above, limit),
                part -> Responses.json(ctx, 200, part(part, shown(ctx))));
          }
        });
  }

  private void page(RoutingContext ctx, MemberKey member, long before, int limit) {
    Responses.when(
        ctx,
        ledger.entries().page(member, before, limit + 1),
        found ->
            Responses.json(
                ctx,
                200,
                Page.of(
                    found,
                    fitting(found, limit),
                    shown(ctx),
                    entry -> Long.toString(entry.sequence()))));
  }

  /** Returns the number of entries that a page has room for, of which long orders take much. */
  private static int fitting(List<Entry> found, int limit) {
    int fitting = 0;
    int lines = 0;
    while (fitting < Math.min(limit, found.size())) {
      lines += found.get(fitting).lines().size();
      if (fitting > 0 && lines > LINES_MAX) {
        break;
      }
      fitting++;
    }
    return Math.max(1, fitting);
  }

  private static Function<Entry, JsonObject> shown(RoutingContext ctx) {
    boolean isForOffice = Authentication.caller(ctx).stores() == null;
    return entry -> EntryJson.entry(entry, isForOffice);
  }

  private static JsonObject part(EntrySearch.Part part, Function<Entry, JsonObject> shown) {
    int fitting = fitting(part.items(), Integer.MAX_VALUE);
    if (fitting < part.items().size()) {
      List<Entry> first = part.items().subList(0, fitting);
      return Page.part(first, shown, Long.toString(first.get(fitting - 1).sequence()));
    }
    String next = part.next() == null ? null : Long.toString(part.next());
    return Page.part(part.items(), shown, next);
  }

  private static Wanted filter(QueryParameters query) {
    Instant from = query.time("from");
    Instant to = query.time("to");
    if (from != null && to != null && !from.isBefore(to)) {
      query.wrong("to", FieldFault.AFTER_FROM);
    }
    String kind = query.get("kind");
    if (kind != null && !KINDS.containsKey(kind)) {
      query.wrong("kind", FieldFault.ONE_OF, String.join(", ", KINDS.keySet()));
    }
    return new Wanted(from, to, kind == null ? null : KINDS.get(kind));
  }

  private void withState(RoutingContext ctx, BiConsumer<MemberKey, StateSnapshot> use) {
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
                it -> use.accept(member, it), () -> Responses.memberNotFound(ctx)));
  }
}
