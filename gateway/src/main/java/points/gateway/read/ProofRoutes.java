package points.gateway.read;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Permission;
import points.gateway.json.EntryJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.QueryParameters;
import points.gateway.web.RequestLifecycle;
import points.gateway.web.Responses;
import points.ledger.account.Account;
import points.ledger.account.Lot;
import points.ledger.account.Movement.Place;
import points.ledger.form.Formats;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.proof.Difference;
import points.ledger.proof.Proof;
import points.ledger.proof.Proofs;

/**
 * {@code /v1/members/{memberId}/proof}: proves that entries, lots and balances of a member agree.
 */
public final class ProofRoutes {

  private final Proofs proofs;
  private final InstantSource time;

  public ProofRoutes(Proofs proofs, InstantSource time) {
    this.proofs = proofs;
    this.time = time;
  }

  public void mount(ApiRouter api) {
    api.get("/v1/members/:memberId/proof", Permission.PROVE, this::prove, "at");
  }

  private void prove(RoutingContext ctx) {
    Instant now = time.instant().truncatedTo(ChronoUnit.MICROS);
    QueryParameters query = QueryParameters.of(ctx);
    Instant at = query.past("at", now);
    if (query.isWrong()) {
      Responses.problem(ctx, query.problem());
      return;
    }
    MemberKey member = Authentication.member(ctx);
    if (member == null) {
      Responses.memberNotFound(ctx);
      return;
    }
    RequestLifecycle.useOwnDeadline(ctx);
    Future<Optional<Proof>> proved = at == null ? proofs.now(member, now) : proofs.at(member, at);
    Responses.when(
        ctx,
        proved,
        found ->
            found.ifPresentOrElse(
                proof -> Responses.json(ctx, 200, json(member, proof)),
                () -> Responses.memberNotFound(ctx)));
  }

  private static JsonObject json(MemberKey member, Proof proof) {
    var differences = new JsonArray();
    proof.differences().forEach(it -> differences.add(difference(it)));
    return new JsonObject()
        .put("memberId", member.memberId())
        .put("sequence", proof.ofEntries().sequence())
        .put("entries", proof.entries())
        .put("asOf", proof.asOf().toString())
        .put("holds", proof.holds())
        .put("status", Formats.label(proof.ofEntries().status()))
        .put("lifetimeEarned", proof.ofEntries().lifetimeEarned())
        .put("lifetimeSpent", proof.ofEntries().lifetimeSpent())
        .put("accounts", accounts(proof))
        .put("differences", differences);
  }

  private static JsonArray accounts(Proof proof) {
    MemberState ofState = proof.ofState();
    Set<String> names = new TreeSet<>();
    addNames(names, proof.ofEntries());
    if (ofState != null) {
      addNames(names, ofState);
    }
    var array = new JsonArray();
    for (String name : names) {
      JsonObject json = places(proof.ofEntries(), name).put("currency", name);
      json.put("lots", EntryJson.lots(account(proof.ofEntries(), name).lots().byExpiry(), 1));
      json.put("ofEntries", places(proof.ofEntries(), name));
      if (ofState != null) {
        json.put("ofState", places(ofState, name));
      }
      array.add(json);
    }
    return array;
  }

  private static void addNames(Set<String> names, MemberState state) {
    state.accounts().forEach((name, account) -> names.add(name));
    state.reserves().forEach(reserve -> names.addAll(reserve.lots().keySet()));
  }

  private static Account account(MemberState state, String name) {
    return state.accounts().of(name);
  }

  private static JsonObject places(MemberState state, String name) {
    return new JsonObject()
        .put("available", account(state, name).lots().total())
        .put("held", state.setAside(name, Place.HELD))
        .put("pending", state.setAside(name, Place.PENDING))
        .put("debt", account(state, name).debt());
  }

  private static JsonObject difference(Difference it) {
    var json = new JsonObject().put("what", it.what());
    Formats.putUnlessNull(json, "currency", it.account());
    Formats.putUnlessNull(json, "place", label(it.place()));
    if (it.reserve() > 0) {
      json.put("setAsideBy", it.reserve());
    }
    Instant expiresAt = it.expiresAt();
    if (expiresAt != null) {
      json.put("expiresAt", expiresAt.equals(Lot.NEVER) ? null : expiresAt.toString());
    }
    return json.put("expected", it.expected()).put("found", it.found());
  }

  private static @Nullable String label(@Nullable Place place) {
    return place == null ? null : Formats.label(place);
  }
}
