package points.gateway.setup;

import java.time.Instant;
import points.gateway.access.Credential;
import points.gateway.access.Permission;
import points.gateway.call.OutcomeMapping;
import points.gateway.call.ParsedCall;
import points.gateway.call.WriteCall;
import points.gateway.json.EntryJson;
import points.gateway.web.ApiRouter;
import points.gateway.web.JsonRequest;
import points.ledger.Ledger;
import points.ledger.account.Limits;
import points.ledger.command.MembershipCommand.Open;
import points.ledger.form.JsonFields;
import points.ledger.member.Profiles.Change;
import points.ledger.model.Fingerprint;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;

/** {@code /v1/members/{memberId}/opening}: imports a member's balance from another system. */
public final class OpeningRoutes {

  private static final String REASON = "opening balance";
  private static final Instant EXPIRES_MIN = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant EXPIRES_MAX = Instant.parse("2200-01-01T00:00:00Z");

  private final Ledger ledger;
  private final PhoneField phones;

  public OpeningRoutes(Ledger ledger, PhoneField phones) {
    this.ledger = ledger;
    this.phones = phones;
  }

  public void mount(ApiRouter api) {
    api.post(
        "/v1/members/:memberId/opening",
        Permission.SET_UP,
        ctx -> WriteCall.answerOnMember(ctx, this::open));
  }

  /** Returns the call in the form that batches use. */
  public WriteCall opening() {
    return WriteCall.onMember(Permission.SET_UP, this::open);
  }

  /** Reads an opening balance. The entry names the API key as its operator, as freezing does. */
  private ParsedCall open(Credential caller, MemberKey member, JsonRequest input) {
    JsonFields body = input.body();
    long points = amount(body, "points", Limits.POINTS_MAX);
    long storedValue = amount(body, "storedValue", Limits.AMOUNT_MAX);
    long growth = amount(body, "growth", Limits.POINTS_MAX);
    Instant expiresAt = body.optionalTime("expiresAt", EXPIRES_MIN, EXPIRES_MAX);
    Change profile = MemberRoutes.change(body, false, phones, member.programId());
    Origin origin = Origin.office(caller.id(), REASON).sentBy(input.actor());
    Open plain = Open.of(member, input.key(), origin, points, expiresAt, storedValue, growth);
    Open command = withProfile(plain, profile);
    return ParsedCall.of(
        command,
        () ->
            OutcomeMapping.result(
                ledger.open(command, phones.normalized(member.programId(), profile)),
                201,
                EntryJson::opening));
  }

  private static long amount(JsonFields body, String name, long max) {
    return body.has(name) ? body.integer(name, 0, max) : 0;
  }

  /**
   * Adds the profile to the fingerprint: it is part of the call, though the ledger does not use it.
   */
  private static Open withProfile(Open plain, Change profile) {
    if (profile.columns().isEmpty()) {
      return plain;
    }
    Fingerprint print = Fingerprint.of("opening").and(plain.request().fingerprint().toString());
    return new Open(
        plain.member(),
        new Request(plain.request().key(), profile.addTo(print).toUuid()),
        plain.origin(),
        plain.points(),
        plain.expiresAt(),
        plain.storedValue(),
        plain.growth());
  }
}
