package points.gateway.staff;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import points.gateway.access.KeyForm;

/** The staff of all programs: accounts, sign-ins and sessions. */
public record Staff(
    StaffAccounts accounts,
    Sessions sessions,
    SignIn signIn,
    PasswordChange passwords,
    SecondFactor secondFactor,
    ProviderAccounts providers,
    StaffOptions options) {

  /**
   * Puts the parts together.
   *
   * @param reading for reads and set-up
   * @param keys for looking up callers alone
   * @param form of the tokens of sessions
   */
  public static Staff of(
      Vertx vertx,
      Pool reading,
      Pool keys,
      KeyForm form,
      StaffOptions options,
      InstantSource time) {
    var accounts = new StaffAccounts(reading, time);
    var sessions = new Sessions(keys, form, options, time);
    var hasher = new PasswordHasher(vertx);
    var secondFactor = new SecondFactor(reading, options.secretKey(), time);
    var signInLimits = new SignInLimits(reading, time);
    return new Staff(
        accounts,
        sessions,
        new SignIn(reading, hasher, sessions, signInLimits, secondFactor, time),
        new PasswordChange(reading, hasher, signInLimits, time),
        secondFactor,
        new ProviderAccounts(reading, sessions, signInLimits, time),
        options);
  }
}
