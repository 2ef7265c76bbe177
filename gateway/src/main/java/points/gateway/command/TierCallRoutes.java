package points.gateway.command;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.EntryJson;
import points.gateway.json.WhyJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.JsonRequest;
import points.gateway.web.Metadata;
import points.ledger.Ledger;
import points.ledger.account.Limits;
import points.ledger.command.TierCommand;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.registry.Stores;
import points.ledger.tier.Floor;

/** {@code /v1/members/{memberId}/tier}: tiers given by hand, taken away, and bought with points. */
public final class TierCallRoutes {

  private static final Instant UNTIL_MIN = Instant.parse("2000-01-01T00:00:00Z");
  private static final String UPGRADE = "tier upgrade";

  private final StoreCalls calls;

  public TierCallRoutes(Ledger ledger, Stores stores) {
    this.calls = new StoreCalls(ledger, stores);
  }

  public void mount(ApiRouter api) {
    api.post(
        "/v1/members/:memberId/tier",
        Permission.GRANT_TIERS,
        ctx -> WriteCall.answerOnMember(ctx, this::grant));
    api.post(
        "/v1/members/:memberId/tier/withdraw",
        Permission.GRANT_TIERS,
        ctx -> WriteCall.answerOnMember(ctx, this::withdraw));
    api.post(
        "/v1/members/:memberId/tier/upgrade",
        Permission.SERVE,
        ctx -> WriteCall.answerOnMember(ctx, this::upgrade));
  }

  private ParsedCall grant(Credential caller, MemberKey member, JsonRequest input) {
    JsonFields body = input.body();
    String level = body.code("tier");
    Instant until = body.optionalTime("until", UNTIL_MIN, Floor.UNTIL_MAX);
    String period = period(body);
    Origin origin = StoreCalls.byHand(caller, input);
    var command = TierCommand.Grant.of(member, input.key(), origin, level, until, period);
    return calls.of(caller, command, TierCallRoutes::byHand);
  }

  /** The period of field {@code for}; null when there is none, or no good one. */
  private static @Nullable String period(JsonFields body) {
    if (!body.has("for")) {
      return null;
    }
    if (body.has("until")) {
      body.wrong("until", FieldFault.NOT_BESIDE_FOR);
    }
    String text = body.known("for", Formats::isPeriod, FieldFault.PERIOD);
    return Formats.isPeriod(text) ? text : null;
  }

  private ParsedCall withdraw(Credential caller, MemberKey member, JsonRequest input) {
    String level = input.body().code("tier");
    Origin origin = StoreCalls.byHand(caller, input);
    var command = TierCommand.Withdraw.of(member, input.key(), origin, level);
    return calls.of(caller, command, TierCallRoutes::byHand);
  }

  private ParsedCall upgrade(Credential caller, MemberKey member, JsonRequest input) {
    JsonFields body = input.body();
    String level = body.code("tier");
    Long price = body.optionalInteger("price", 1, Limits.POINTS_MAX);
    Origin till =
        Origin.till(body.id("storeId"), body.optionalId("terminalId"), null, UPGRADE)
            .with(Metadata.of(body))
            .sentBy(input.actor());
    var command = TierCommand.Buy.of(member, input.key(), Seller.of(body).of(till), level, price);
    return calls.of(caller, command, TierCallRoutes::bought);
  }

  private static JsonObject byHand(Entry entry) {
    JsonObject json =
        new JsonObject()
            .put("transactionId", entry.transactionId())
            .put("memberId", entry.member().memberId())
            .put("sequence", entry.sequence());
    WhyJson.putTier(json, entry);
    return json.put("reason", entry.origin().reason())
        .put("operator", entry.origin().operator())
        .put("recordedAt", entry.recordedAt().toString());
  }

  private static JsonObject bought(Entry entry) {
    JsonObject json = EntryJson.deduction(entry);
    WhyJson.putTier(json, entry);
    return json;
  }
}
