package points.gateway.command;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.EntryJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.JsonRequest;
import points.ledger.Ledger;
import points.ledger.account.Accounts;
import points.ledger.account.Limits;
import points.ledger.command.Command.Give;
import points.ledger.form.JsonFields;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.registry.Stores;

/**
 * {@code /v1/members/{memberId}/gifts}: points given by hand, which may have an end of their own.
 */
public final class GiftRoutes {

  private static final Instant EXPIRES_MIN = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant EXPIRES_MAX = Instant.parse("2200-01-01T00:00:00Z");

  private final StoreCalls calls;

  public GiftRoutes(Ledger ledger, Stores stores) {
    this.calls = new StoreCalls(ledger, stores);
  }

  public void mount(ApiRouter api) {
    api.post(
        "/v1/members/:memberId/gifts",
        Permission.GIVE,
        ctx -> WriteCall.answerOnMember(ctx, this::give));
  }

  /** Returns the call in the form that batches use. */
  public WriteCall gift() {
    return WriteCall.onMember(Permission.GIVE, this::give);
  }

  private ParsedCall give(Credential caller, MemberKey member, JsonRequest input) {
    JsonFields body = input.body();
    long points = body.integer("points", 1, Limits.POINTS_MAX);
    Instant expiresAt = body.optionalTime("expiresAt", EXPIRES_MIN, EXPIRES_MAX);
    Origin origin = StoreCalls.byHand(caller, input);
    Give command = Give.of(member, input.key(), origin, points, expiresAt);
    return calls.of(caller, command, GiftRoutes::json);
  }

  /** As of an adjustment, but that what has expired already is gone by an entry of its own. */
  private static JsonObject json(Entry gift) {
    JsonObject json = EntryJson.adjustment(gift);
    long expired = gift.expiredOnArrival(Accounts.POINTS);
    return expired == 0
        ? json
        : json.put("balance", gift.balance() - expired).put("expiredOnArrival", expired);
  }
}
