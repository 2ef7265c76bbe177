package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.fixture.Chain.line;
import static points.gateway.fixture.Chain.lines;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.AsWritten;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** What is wrong with an accrual is refused at its field, and nothing changes. */
@WithGateway
class BadAccrualIT {

  private static final String ACCRUALS = "/v1/accruals";
  private static final String MEMBER = "m";

  private final Chain chain;
  private final Caller admin;

  BadAccrualIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "/memberId   | ``",
        "/memberId   | 7",
        "/memberId   | null",
        "/memberId   | \"\"",
        "/memberId   | \"-m\"",
        "/memberId   | \"a b\"",
        "/memberId   | \"12345678901234567890123456789012345678901234567890123456789012345\"",
        "/storeId    | ``",
        "/storeId    | \"S/1\"",
        "/terminalId | \"\"",
        "/terminalId | null",
        "/orderId    | ``",
        "/orderId    | [1]",
        "/occurredAt | ``",
        "/occurredAt | \"yesterday\"",
        "/occurredAt | \"2026-11-22\"",
        "/occurredAt | \"2026-11-22T10:00:00\"",
        "/occurredAt | \"2026-11-22 10:00:00Z\"",
        "/occurredAt | 1700000000",
        "/amount     | ``",
        "/amount     | \"100\"",
        "/amount     | null",
        "/amount     | true",
        "/amount     | -1",
        "/amount     | 0.5",
        "/amount     | 1000000000000001",
        "/amount     | 9223372036854775808",
        "/amount     | 123456789012345678901234567890",
        "/lines      | {}",
        "/lines      | null",
        "/lines/0    | [1]",
        "/color      | \"red\"",
      })
  void names_the_field_of_an_accrual_that_breaks_the_contract(String pointer, String value) {
    for (String path : new String[] {ACCRUALS, "/v1/accruals/preview"}) {
      send(admin.breaking(), path, order(pointer, value)).isInvalid(pointer);
    }
    nothingChanged();
  }

  /** JSON Schema takes these for whole numbers; the contract refuses them in words. */
  @ParameterizedTest
  @ValueSource(strings = {"12850.0", "1e3", "1E3", "1.0e3", "-0.0"})
  void refuses_a_number_with_fraction_or_exponent(String amount) {
    send(admin, ACCRUALS, order("/amount", amount)).isInvalid("/amount");
    nothingChanged();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1999-12-31T23:59:59Z", "2000-01-01T07:59:59+08:00", "9999-12-31T23:59:59Z"})
  void refuses_a_time_out_of_range(String time) {
    send(admin, ACCRUALS, order("/occurredAt", '"' + time + '"')).isInvalid("/occurredAt");
    nothingChanged();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-13-22T10:00:00Z", "2026-02-30T10:00:00Z", "2026-11-22T25:00:00Z"})
  void refuses_an_invalid_time(String time) {
    send(admin, ACCRUALS, order("/occurredAt", '"' + time + '"')).isInvalid("/occurredAt");
    nothingChanged();
  }

  @Test
  void lets_the_clock_of_a_till_run_ahead_by_no_more_than_a_day() {
    String ahead = Instant.now().plus(Duration.ofHours(23)).toString();
    admin.post(ACCRUALS, chain.order("ahead", 100).put("occurredAt", ahead)).json(201);

    String tooFar = Instant.now().plus(Duration.ofHours(25)).toString();
    admin
        .post(ACCRUALS, chain.order("ahead", 100).put("occurredAt", tooFar))
        .isInvalid("/occurredAt");

    assertThat(chain.entries("ahead")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "lineId    | ``",
        "lineId    | \"a b\"",
        "productId | ``",
        "productId | 3",
        "category  | \"\"",
        "category  | \"line\\u000Abreak\"",
        "quantity  | ``",
        "quantity  | -1",
        "quantity  | 0.5",
        "quantity  | 1000000001",
        "amount    | ``",
        "amount    | -1",
        "amount    | 1000000000000001",
        "weight    | 3",
      })
  void names_the_field_of_a_line_that_breaks_the_contract(String field, String value) {
    JsonObject broken = AsWritten.put(line("b", 50), field, value);
    JsonObject order = chain.order(MEMBER, 100).put("lines", lines(line("a", 50), broken));

    Answer answer = send(admin.breaking(), ACCRUALS, AsWritten.encode(order));

    assertThat(pointers(answer)).contains("/lines/1/" + field);
    nothingChanged();
  }

  @Test
  void refuses_lines_that_do_not_add_up() {
    JsonObject order = chain.order(MEMBER, 100).put("lines", lines(line("a", 50), line("b", 49)));

    admin.post(ACCRUALS, order).isInvalid("/lines");
    nothingChanged();
  }

  @Test
  void refuses_a_line_id_that_is_there_twice() {
    JsonObject order = chain.order(MEMBER, 100).put("lines", lines(line("a", 50), line("a", 50)));

    admin.post(ACCRUALS, order).isInvalid("/lines/1/lineId");
    nothingChanged();
  }

  @Test
  void takes_five_hundred_lines_and_no_more() {
    JsonObject order = chain.order("long", 500);
    var many = new JsonArray();
    for (int i = 0; i < 500; i++) {
      many.add(line("line-" + i, 1));
    }
    order.put("lines", many);
    admin.post(ACCRUALS, order).json(201);

    order = chain.order(MEMBER, 501).put("lines", many.copy().add(line("one-more", 1)));
    admin.breaking().post(ACCRUALS, order).isInvalid("/lines");
    nothingChanged();
  }

  @Test
  void names_all_fields_that_are_wrong_at_once() {
    JsonObject order = chain.order(MEMBER, -1).put("storeId", "").put("color", "red");
    order.remove("orderId");

    admin.breaking().post(ACCRUALS, order).isInvalid("/amount", "/storeId", "/color", "/orderId");
  }

  @Test
  void escapes_the_name_of_an_unknown_field() {
    JsonObject order = chain.order(MEMBER, 100).put("a/b~c", 1);

    admin.breaking().post(ACCRUALS, order).isInvalid("/a~1b~0c");
    nothingChanged();
  }

  @Test
  void refuses_a_store_that_the_program_does_not_have() {
    JsonObject problem =
        admin
            .post(ACCRUALS, chain.order(MEMBER, 100).put("storeId", "nowhere"))
            .isProblem(422, "unknown_store");

    assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("pointer"))
        .isEqualTo("/storeId");
    nothingChanged();
  }

  private String order(String pointer, String value) {
    String field = pointer.substring(1).split("/", -1)[0];
    return AsWritten.encode(AsWritten.put(chain.order(MEMBER, 100), field, value));
  }

  private static Answer send(Caller caller, String path, String body) {
    return caller.with("Idempotency-Key", Caller.newKey()).send("POST", path, body);
  }

  private static List<String> pointers(Answer answer) {
    JsonArray errors = answer.json(422).getJsonArray("errors");
    return errors.stream().map(error -> ((JsonObject) error).getString("pointer")).toList();
  }

  private void nothingChanged() {
    assertThat(chain.entries(MEMBER)).isZero();
  }
}
