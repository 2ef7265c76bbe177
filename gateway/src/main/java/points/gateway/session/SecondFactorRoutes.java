package points.gateway.session;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import points.gateway.access.Permission;
import points.gateway.staff.PasswordChange;
import points.gateway.staff.PasswordRules;
import points.gateway.staff.Staff;
import points.gateway.staff.StaffMember;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.Responses;
import points.ledger.form.FieldFault;
import points.ledger.trail.TrailChange;

/** Second factors: a person's own ({@code /v1/session/second-factor}), or one that was lost. */
public final class SecondFactorRoutes {

  /** In the audit trail, the change of a person's own second factor. */
  private static final String OWN = "staff.secondFactor";

  /** In the audit trail, the removal of another person's by head office. */
  private static final String RESET = "staff.resetSecondFactor";

  private static final String PATH = "/v1/session/second-factor";

  private final Staff staff;

  public SecondFactorRoutes(Staff staff) {
    this.staff = staff;
  }

  public void mount(ApiRouter api) {
    api.post(PATH, Permission.OWN_SESSION, this::offer);
    api.post(PATH + "/confirm", Permission.OWN_SESSION, this::confirm);
    api.deleteWithBody(PATH, Permission.OWN_SESSION, this::remove);
    api.delete("/v1/staff/:staffId/second-factor", Permission.MANAGE_STAFF, this::removeLost);
  }

  private void offer(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofBody(ctx);
    String password = password(input);
    StaffMember member = Authentication.session(ctx).staff();
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
    } else if (Authentication.caller(ctx).roles().isEmpty()) {
      Responses.problem(ctx, Authentication.forbidden(Authentication.caller(ctx)));
    } else if (!staff.secondFactor().isAvailable()) {
      Responses.problem(
          ctx, Code.SECOND_FACTOR_UNAVAILABLE, "The gateway has no POINTS_SECRET_KEY.");
    } else if (!member.hasPassword()) {
      Responses.problem(ctx, SessionRoutes.NO_PASSWORD);
    } else {
      Responses.when(
          ctx,
          staff.passwords().confirmed(member, password),
          result -> {
            if (result instanceof PasswordChange.Result.Done) {
              offerTo(ctx, member);
            } else {
              SessionRoutes.answer(ctx, result, "/password", "/password");
            }
          });
    }
  }

  private void offerTo(RoutingContext ctx, StaffMember member) {
    Responses.when(
        ctx,
        staff.secondFactor().offer(member),
        offered ->
            offered.ifPresentOrElse(
                it -> {
                  ctx.response().putHeader("Cache-Control", "no-store");
                  Responses.json(
                      ctx, 200, new JsonObject().put("secret", it.secret()).put("uri", it.uri()));
                },
                () ->
                    Responses.problem(
                        ctx, Code.SECOND_FACTOR_EXISTS, "Remove the one of now first.")));
  }

  private void confirm(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofBody(ctx);
    String code = SessionRoutes.code(input.body());
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    }
    Responses.when(
        ctx,
        staff
            .secondFactor()
            .confirm(Authentication.session(ctx).staff(), code, trail(ctx, OWN, ownId(ctx))),
        confirmed -> {
          if (confirmed) {
            done(ctx);
          } else {
            Responses.problem(ctx, Problem.invalid("/code", FieldFault.CODE_WRONG));
          }
        });
  }

  private void remove(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofBody(ctx);
    String password = password(input);
    StaffMember member = Authentication.session(ctx).staff();
    if (input.isWrong() || !member.hasPassword()) {
      Responses.problem(ctx, input.isWrong() ? input.problem() : SessionRoutes.NO_PASSWORD);
      return;
    }
    Responses.when(
        ctx,
        staff
            .passwords()
            .confirmed(member, password)
            .compose(
                result ->
                    result instanceof PasswordChange.Result.Done
                        ? staff
                            .secondFactor()
                            .remove(member, trail(ctx, OWN, member.staffId()))
                            .map(result)
                        : Future.succeededFuture(result)),
        result -> {
          staff.sessions().forget();
          SessionRoutes.answer(ctx, result, "/password", "/password");
        });
  }

  private void removeLost(RoutingContext ctx) {
    Responses.when(
        ctx,
        StaffRoutes.find(ctx, staff),
        found -> {
          Optional<Problem> fault =
              found.isEmpty()
                  ? Optional.of(StaffRoutes.NOT_FOUND)
                  : StaffResetRoutes.ownAccount(ctx, found.get());
          if (fault.isPresent()) {
            Responses.problem(ctx, fault.get());
          } else {
            Responses.when(
                ctx,
                staff.secondFactor().remove(found.get(), trail(ctx, RESET, found.get().staffId())),
                removed -> done(ctx));
          }
        });
  }

  private static String password(JsonRequest input) {
    return input
        .body()
        .known("password", PasswordRules::isReadable, FieldFault.LENGTH, PasswordRules.LENGTH_MAX);
  }

  private static String ownId(RoutingContext ctx) {
    return Authentication.session(ctx).staff().staffId();
  }

  private static TrailChange trail(RoutingContext ctx, String action, String staffId) {
    return Authentication.change(ctx, action, "staff", staffId);
  }

  private void done(RoutingContext ctx) {
    staff.sessions().forget();
    Responses.noContent(ctx);
  }
}
