package points.gateway.session;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Permission;
import points.gateway.access.TrustedProxies;
import points.gateway.staff.PasswordChange;
import points.gateway.staff.PasswordRules;
import points.gateway.staff.Session;
import points.gateway.staff.SessionCookie;
import points.gateway.staff.SignIn;
import points.gateway.staff.SignIn.Attempt;
import points.gateway.staff.Staff;
import points.gateway.staff.StaffMember;
import points.gateway.web.ApiRouter;
import points.gateway.web.Authentication;
import points.gateway.web.JsonRequest;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.gateway.web.Responses;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.program.Program;
import points.ledger.registry.Programs;
import points.ledger.trail.AuditTrail;
import points.ledger.trail.TrailChange;

/** {@code /v1/session}: signs people in and out, and lets them change their password. */
public final class SessionRoutes {

  private static final String CODE = "[0-9]{6}";

  private static final Problem SIGN_IN_FAILED =
      Problem.of(Code.SIGN_IN_FAILED, "Name, password or code are not right.");

  private static final Problem CODE_REQUIRED =
      Problem.of(Code.CODE_REQUIRED, "Send the code that the authenticator shows.");

  static final Problem NO_PASSWORD =
      Problem.of(
          Code.NO_PASSWORD,
          "The person signs in by the identity provider, which has the password.");

  private static final Problem ELSEWHERE =
      Problem.of(Code.CSRF_TOKEN_INVALID, "Sign in from a page of this gateway.");

  private final Staff staff;
  private final Programs programs;
  private final AuditTrail trail;
  private final TrustedProxies proxies;

  public SessionRoutes(Staff staff, Programs programs, AuditTrail trail, TrustedProxies proxies) {
    this.proxies = proxies;
    this.staff = staff;
    this.programs = programs;
    this.trail = trail;
  }

  public void mount(ApiRouter api) {
    api.postByAnybody("/v1/session", this::signIn);
    api.get("/v1/session", Permission.OWN_SESSION, this::get);
    api.delete("/v1/session", Permission.OWN_SESSION, this::signOut);
    api.delete("/v1/sessions", Permission.OWN_SESSION, this::signOutEverywhere);
    api.put("/v1/session/password", Permission.OWN_SESSION, this::changePassword);
  }

  private void signIn(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofBody(ctx);
    JsonFields body = input.body();
    String programId = body.optionalId("programId");
    String name = body.readable("name", Formats.NAME_LENGTH_MAX);
    String password =
        body.known(
            "password", PasswordRules::isReadable, FieldFault.LENGTH, PasswordRules.LENGTH_MAX);
    String code = body.has("code") ? code(body) : null;
    Program only = onlyProgram();
    if (programId == null && only == null && !body.has("programId")) {
      body.wrong("programId", FieldFault.PROGRAM_REQUIRED);
    }
    if (input.isWrong()) {
      Responses.problem(ctx, input.problem());
      return;
    } else if (SessionCookie.isFromElsewhere(ctx.request(), proxies.hostOf(ctx.request()))) {
      Responses.problem(ctx, ELSEWHERE);
      return;
    }
    String program = programId == null ? Objects.requireNonNull(only).programId() : programId;
    var attempt = new Attempt(program, name, password, code, Authentication.address(ctx));
    Responses.when(ctx, staff.signIn().attempt(attempt), result -> answer(ctx, result, program));
  }

  static String code(JsonFields body) {
    return body.known("code", text -> text.matches(CODE), FieldFault.CODE_FORM);
  }

  /** Returns the program of the deployment; null when it has several. */
  private @Nullable Program onlyProgram() {
    Collection<Program> all = programs.all();
    return all.size() == 1 ? all.iterator().next() : null;
  }

  private void answer(RoutingContext ctx, SignIn.Result result, String programId) {
    if (result instanceof SignIn.Result.Failed && programs.find(programId) != null) {
      Responses.when(
          ctx,
          staff
              .signIn()
              .noteFailure(programId, Authentication.address(ctx))
              .compose(
                  counted ->
                      counted.isPresent()
                          ? trail.append(StaffTrail.failed(ctx, programId, counted.get()))
                          : Future.succeededFuture()),
          appended -> Responses.problem(ctx, SIGN_IN_FAILED));
    } else if (result instanceof SignIn.Result.Opened opened) {
      begin(ctx, opened.token());
    } else if (result instanceof SignIn.Result.Locked locked) {
      Responses.problem(ctx, locked(locked.rest()));
    } else {
      Responses.problem(
          ctx, result instanceof SignIn.Result.CodeRequired ? CODE_REQUIRED : SIGN_IN_FAILED);
    }
  }

  private void begin(RoutingContext ctx, String token) {
    Responses.when(
        ctx,
        staff.sessions().find(token),
        found -> {
          if (found.isEmpty()) { // the account was ended meanwhile
            Responses.problem(ctx, SIGN_IN_FAILED);
            return;
          }
          Session session = found.get();
          Responses.when(
              ctx,
              trail.append(StaffTrail.opened(ctx, session.staff(), SessionJson.PASSWORD)),
              appended -> {
                ctx.response().addCookie(SessionCookie.of(token, isSecure(ctx)));
                noStore(ctx);
                Responses.json(ctx, 200, SessionJson.session(session, token));
              });
        });
  }

  private boolean isSecure(RoutingContext ctx) {
    return ctx.request().isSSL() || staff.options().secureCookies();
  }

  static Problem locked(Duration rest) {
    long seconds = Math.max(1, rest.plusMillis(999).toSeconds());
    return Problem.of(
            Code.TOO_MANY_ATTEMPTS, "Too many attempts have failed. Wait, or ask head office.")
        .with("retryAfterSeconds", seconds);
  }

  private void get(RoutingContext ctx) {
    noStore(ctx);
    Responses.json(
        ctx, 200, SessionJson.session(Authentication.session(ctx), Authentication.secretOf(ctx)));
  }

  private static void noStore(RoutingContext ctx) {
    ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private void signOut(RoutingContext ctx) {
    Responses.when(
        ctx,
        staff.sessions().end(Authentication.secretOf(ctx), change(ctx, "session.end")),
        ended -> signedOut(ctx));
  }

  private void signOutEverywhere(RoutingContext ctx) {
    StaffMember member = Authentication.session(ctx).staff();
    Responses.when(
        ctx,
        staff.sessions().endAll(member, change(ctx, "session.endAll")),
        ended -> signedOut(ctx));
  }

  /** Returns a change of the caller's own account. */
  private static TrailChange change(RoutingContext ctx, String action) {
    return Authentication.change(ctx, action, "staff", Authentication.caller(ctx).id());
  }

  private void signedOut(RoutingContext ctx) {
    ctx.response().addCookie(SessionCookie.none(isSecure(ctx)));
    Responses.noContent(ctx);
  }

  private void changePassword(RoutingContext ctx) {
    JsonRequest input = JsonRequest.ofBody(ctx);
    JsonFields body = input.body();
    String current =
        body.known(
            "current", PasswordRules::isReadable, FieldFault.LENGTH, PasswordRules.LENGTH_MAX);
    String wanted =
        body.known("new", PasswordRules::isReadable, FieldFault.LENGTH, PasswordRules.LENGTH_MAX);
    StaffMember member = Authentication.session(ctx).staff();
    if (input.isWrong() || !member.hasPassword()) {
      Responses.problem(ctx, input.isWrong() ? input.problem() : NO_PASSWORD);
      return;
    }
    Responses.when(
        ctx,
        staff
            .passwords()
            .change(
                member,
                current,
                wanted,
                Authentication.secretOf(ctx),
                change(ctx, "staff.password")),
        result -> {
          staff.sessions().forget();
          answer(ctx, result, "/current", "/new");
        });
  }

  /**
   * Answers a call that needed the person's password.
   *
   * @param current the field of the password
   * @param wanted the field of a new one
   */
  static void answer(
      RoutingContext ctx, PasswordChange.Result result, String current, String wanted) {
    if (result instanceof PasswordChange.Result.Done) {
      Responses.noContent(ctx);
    } else if (result instanceof PasswordChange.Result.Refused refused) {
      Responses.problem(ctx, refused(wanted, refused.fault()));
    } else if (result instanceof PasswordChange.Result.Locked locked) {
      Responses.problem(ctx, locked(locked.rest()));
    } else {
      boolean isOver = result instanceof PasswordChange.Result.Over;
      Responses.problem(
          ctx,
          Problem.invalid(current, isOver ? FieldFault.PASSWORD_OVER : FieldFault.PASSWORD_WRONG));
    }
  }

  private static Problem refused(String field, PasswordRules.Fault fault) {
    return switch (fault) {
      case LENGTH ->
          Problem.invalid(
              field,
              FieldFault.PASSWORD_LENGTH,
              PasswordRules.LENGTH_MIN,
              PasswordRules.LENGTH_MAX);
      case COMMON -> Problem.invalid(field, FieldFault.PASSWORD_COMMON);
      case REPEATS -> Problem.invalid(field, FieldFault.PASSWORD_REPEATS);
      case NAME -> Problem.invalid(field, FieldFault.PASSWORD_OF_NAME);
      case SAME -> Problem.invalid(field, FieldFault.PASSWORD_SAME);
    };
  }
}
