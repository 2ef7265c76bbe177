package points.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.Person;
import points.gateway.fixture.WithGateway;

/** A sign-in with a second factor, with an authenticator of the test's own. */
@WithGateway
class SecondFactorIT {

  private static final String PATH = "/v1/session/second-factor";

  private final LocalGateway gateway;
  private final Chain chain;

  SecondFactorIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  /** All tests call from one address, which has so many failures and no more. */
  @AfterEach
  void forgetFailures() throws SQLException {
    gateway.database().rows("DELETE FROM sign_in_failure RETURNING failures");
  }

  @Test
  void asks_for_a_code_and_takes_each_code_once() throws Exception {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    Caller caller = person.signIn();
    JsonObject offered = caller.postPlain(PATH, body(person.password())).json(200);
    String secret = offered.getString("secret");
    assertThat(offered.getString("uri")).contains(secret, "otpauth://totp/");
    person.attempt(person.password()).json(200); // it does not count before it is confirmed
    Instant now = Instant.now();
    gateway.clock().moveTo(now);

    caller
        .postPlain(
            PATH + "/confirm", code("000000".equals(codeAt(secret, now)) ? "111111" : "000000"))
        .isInvalid("/code");
    assertThat(caller.postPlain(PATH + "/confirm", code(codeAt(secret, now))).status())
        .isEqualTo(204);

    assertThat(caller.get("/v1/session").json(200).getBoolean("secondFactor")).isTrue();
    person.attempt(person.password()).isProblem(401, "code_required");
    attempt(person, codeAt(secret, now)).isProblem(401, "sign_in_failed"); // was taken to confirm
    attempt(person, codeAt(secret, now.plusSeconds(90))).isProblem(401, "sign_in_failed");
    String next = codeAt(secret, now.plusSeconds(30));
    attempt(person, next).json(200);
    attempt(person, next).isProblem(401, "sign_in_failed");
    caller.postPlain(PATH, body(person.password())).isProblem(409, "second_factor_exists");
    assertThat(gateway.database().tablesWith(secret, HexFormat.of().formatHex(bytes(secret))))
        .isEmpty();
  }

  @Test
  void offers_no_secret_without_the_password() throws Exception {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    Caller caller = person.signIn();
    caller.breaking().postPlain(PATH, new JsonObject()).isInvalid("/password");
    for (int i = 0; i < 5; i++) {
      caller.postPlain(PATH, body("not the password")).isInvalid("/password");
    }
    caller.postPlain(PATH, body(person.password())).isProblem(429, "too_many_attempts");
    assertThat(candidates(person)).as("secrets that were made").isEmpty();

    gateway.database().rows("DELETE FROM sign_in_failure RETURNING failures");
    caller.postPlain(PATH, body(person.password())).json(200);
    assertThat(candidates(person)).hasSize(1);
  }

  private List<String> candidates(Person person) throws SQLException {
    return gateway
        .database()
        .rows(
            "SELECT staff_id FROM staff WHERE otp_candidate IS NOT NULL AND staff_id = '%s'"
                .formatted(person.staffId()));
  }

  @Test
  void removes_it_with_the_password_or_by_head_office() {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    Caller caller = person.signIn();
    confirmed(person, caller);
    caller.send("DELETE", PATH, password("not the password")).isInvalid("/password");
    person.attempt(person.password()).isProblem(401, "code_required");
    assertThat(caller.send("DELETE", PATH, password(person.password())).status()).isEqualTo(204);
    person.attempt(person.password()).json(200);

    confirmed(person, caller);
    assertThat(chain.admin().delete(person.path() + "/second-factor").status()).isEqualTo(204);
    person.attempt(person.password()).json(200);
    chain.admin().delete("/v1/staff/nobody/second-factor").isProblem(404, "not_found");
    assertThat(chain.admin().delete(person.path() + "/second-factor").status()).isEqualTo(204);
    assertThat(changes(person, "staff.secondFactor"))
        .containsExactly("staff false true", "staff true false", "staff false true");
    assertThat(changes(person, "staff.resetSecondFactor"))
        .as("by head office, and nothing for the one that was off")
        .containsExactly("key true false");
  }

  @Test
  void a_right_password_at_the_limit_of_failures_locks_nobody_out() {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    String secret = confirmed(person, person.signIn());
    for (int i = 0; i < 4; i++) {
      person.attempt("not the password").isProblem(401, "sign_in_failed");
    }
    person.attempt(person.password()).isProblem(401, "code_required");
    attempt(person, codeAt(secret, Instant.now().plusSeconds(30))).json(200);
  }

  @Test
  void counts_wrong_codes_as_failures() {
    Person person = Person.of(gateway, chain, List.of("auditor"));
    String secret = confirmed(person, person.signIn());
    for (int i = 0; i < 3; i++) {
      person.attempt(person.password()).isProblem(401, "code_required");
    }
    String wrong = codeAt(secret, Instant.now().minusSeconds(3_600));
    for (int i = 0; i < 5; i++) {
      attempt(person, wrong).isProblem(401, "sign_in_failed");
    }
    attempt(person, codeAt(secret, Instant.now())).isProblem(429, "too_many_attempts");
  }

  @Test
  void says_how_people_may_sign_in() {
    Answer answer = Person.visitor(gateway).get("/v1/session/options");
    assertThat(answer.json(200)).isEqualTo(new JsonObject().put("password", true).putNull("oidc"));
  }

  private List<String> changes(Person person, String action) {
    String rows = "/v1/audit-trail?action=" + action + "&subject=staff:" + person.staffId();
    return chain.admin().get(rows).items().stream().map(SecondFactorIT::change).toList();
  }

  private static String change(JsonObject row) {
    return row.getJsonObject("actor").getString("kind")
        + ' '
        + row.getJsonObject("before").getBoolean("secondFactor")
        + ' '
        + row.getJsonObject("after").getBoolean("secondFactor");
  }

  private static String confirmed(Person person, Caller caller) {
    JsonObject offered = caller.postPlain(PATH, body(person.password())).json(200);
    String secret = offered.getString("secret");
    Answer confirmed = caller.postPlain(PATH + "/confirm", code(codeAt(secret, Instant.now())));
    assertThat(confirmed.status()).isEqualTo(204);
    return secret;
  }

  private Answer attempt(Person person, String code) {
    return Person.visitor(gateway).postPlain("/v1/session", person.attempt().put("code", code));
  }

  private static JsonObject code(String code) {
    return new JsonObject().put("code", code);
  }

  private static String password(String password) {
    return body(password).encode();
  }

  private static JsonObject body(String password) {
    return new JsonObject().put("password", password);
  }

  /** Reckons a code as an authenticator does. */
  private static String codeAt(String secret, Instant instant) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(bytes(secret), "HmacSHA1"));
      long step = instant.getEpochSecond() / 30;
      byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
      int number = ByteBuffer.wrap(hash).getInt(hash[19] & 0xf) & Integer.MAX_VALUE;
      return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Reads the base 32 of a secret. */
  private static byte[] bytes(String secret) {
    ByteBuffer key = ByteBuffer.allocate(20);
    long buffered = 0;
    int bits = 0;
    for (int i = 0; i < secret.length(); i++) {
      buffered = (buffered << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(secret.charAt(i));
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        key.put((byte) (buffered >> bits));
      }
    }
    return key.array();
  }
}
