package points.gateway.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Account;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.account.Lots;
import points.ledger.account.Movement.Place;
import points.ledger.decide.TimeEffects;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.StateSnapshot;

/** The JSON of a member's balance, in all accounts. */
public final class BalanceJson {

  private BalanceJson() {}

  /** Returns the balance at an instant, with all effects of time until then, stored or not. */
  public static JsonObject of(MemberKey member, StateSnapshot reading, Instant instant) {
    Instant now = instant.truncatedTo(ChronoUnit.MICROS);
    MemberState state = TimeEffects.at(reading.state(), now);
    JsonObject json = new JsonObject().put("memberId", member.memberId());
    putAccount(json, state, Accounts.POINTS);
    return json.put("lifetimeEarned", state.lifetimeEarned())
        .put("lifetimeSpent", state.lifetimeSpent())
        .put("nextExpiry", nextExpiry(state.lots()))
        .put("storedValue", storedValue(state))
        .put("growth", state.accounts().of(Accounts.GROWTH).lots().total())
        .put("accounts", others(state))
        .put("sequence", state.sequence())
        .put("asOf", (reading.stale() ? reading.asOf() : now).toString())
        .put("stale", reading.stale());
  }

  private static void putAccount(JsonObject json, MemberState state, String name) {
    Account account = state.accounts().of(name);
    json.put("available", account.lots().total())
        .put("held", state.setAside(name, Place.HELD))
        .put("pending", state.setAside(name, Place.PENDING))
        .put("debt", account.debt());
  }

  private static @Nullable JsonObject nextExpiry(Lots lots) {
    if (lots.byExpiry().isEmpty()) {
      return null;
    }
    Lot first = lots.byExpiry().get(0);
    return first.expiresAt().equals(Lot.NEVER) ? null : EntryJson.lot(first, 1);
  }

  private static JsonObject storedValue(MemberState state) {
    return new JsonObject()
        .put("available", state.accounts().of(Accounts.STORED_VALUE).lots().total())
        .put("held", state.setAside(Accounts.STORED_VALUE, Place.HELD));
  }

  /**
   * Returns the further point currencies in which the member has something available, held or
   * pending.
   */
  private static JsonArray others(MemberState state) {
    Set<String> names = new TreeSet<>(state.accounts().others().keySet());
    state.reserves().forEach(it -> names.addAll(it.lots().keySet()));
    names.remove(Accounts.POINTS);
    names.remove(Accounts.GROWTH);
    names.remove(Accounts.STORED_VALUE);
    var array = new JsonArray();
    for (String name : names) {
      var json = new JsonObject().put("currency", name);
      putAccount(json, state, name);
      array.add(json.put("nextExpiry", nextExpiry(state.accounts().of(name).lots())));
    }
    return array;
  }
}
