package points.gateway.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** What a program offers besides points for spend: written, kept, shown, refused. */
@WithGateway
class ProgramTermsIT {

  private static final String PROGRAM = "/v1/program";

  private final LocalGateway gateway;
  private final Caller admin;

  ProgramTermsIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.admin = chain.admin();
  }

  private static JsonObject full() {
    return Chain.rules()
        .put(
            "currencies",
            new JsonArray()
                .add(Chain.currency("coins", null))
                .add(
                    Chain.currency("stars", Chain.earning(3, 1000, "halfEven"))
                        .put(
                            "validity",
                            new JsonObject()
                                .put("kind", "endOf")
                                .put("unit", "quarter")
                                .put("after", 2))))
        .put("growth", new JsonObject().put("earning", Chain.earning(1, 10, "ceiling")))
        .put(
            "storedValue",
            new JsonObject()
                .put("earning", Chain.earning(1, 1000, "halfUp"))
                .put(
                    "bonuses",
                    new JsonArray()
                        .add(new JsonObject().put("from", 100).put("bonus", 5))
                        .add(new JsonObject().put("from", 200).put("bonus", 0))))
        .put(
            "refunds",
            new JsonObject()
                .put("shortfall", "charge")
                .put("returnGrace", "P30D")
                .put("pointValue", new JsonObject().put("points", 20).put("amount", 100))
                .put("stores", "any"))
        .put(
            "exchanges",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("from", "points")
                        .put("to", "coins")
                        .put("give", 10)
                        .put("get", 1)))
        .put("closing", new JsonObject().put("points", "payOut"))
        .put("lateWindow", "PT24H")
        .put("offline", new JsonObject().put("uncovered", "claim"))
        .put("country", "CN");
  }

  @Test
  void keeps_all_terms_and_shows_them_after_a_restart() {
    Chain chain = Chain.open(gateway, "kept");

    JsonObject put = chain.admin().put(PROGRAM, full()).json(200);

    assertThat(put).isEqualTo(full().put("programId", chain.programId()));
    assertThat(chain.admin().get(PROGRAM).json(200)).isEqualTo(put);
    gateway.restart();
    assertThat(chain.admin().get(PROGRAM).json(200)).isEqualTo(put);
  }

  @Test
  void resets_terms_that_are_left_out() {
    Chain chain = Chain.open(gateway, "back");
    JsonObject once = full();
    once.remove("currencies");
    once.remove("exchanges");
    chain.admin().put(PROGRAM, once).json(200);

    JsonObject plain = chain.admin().put(PROGRAM, Chain.rules()).json(200);

    assertThat(plain)
        .isEqualTo(Chain.rules().mergeIn(Chain.terms()).put("programId", chain.programId()));
  }

  @Test
  void shows_a_window_of_days_in_hours() {
    Chain chain = Chain.open(gateway, "days");

    JsonObject put = chain.admin().put(PROGRAM, Chain.rules().put("lateWindow", "P30D")).json(200);

    assertThat(put.getString("lateWindow")).isEqualTo("PT720H");
  }

  @Test
  void never_takes_a_currency_away() {
    Chain chain = Chain.open(gateway, "stays");
    JsonObject before = chain.admin().put(PROGRAM, full()).json(200);
    JsonObject fewer = full();
    fewer.getJsonArray("currencies").remove(1);

    chain.admin().put(PROGRAM, fewer).isProblem(409, "currency_in_use");
    chain.admin().put(PROGRAM, Chain.rules()).isProblem(409, "currency_in_use");

    assertThat(chain.admin().get(PROGRAM).json(200)).isEqualTo(before);
    JsonObject more = full();
    more.getJsonArray("currencies").add(Chain.currency("gold", null));
    chain.admin().put(PROGRAM, more).json(200);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "/currencies                  | {\"currencies\":{}}",
        "/currencies/0                | {\"currencies\":[1]}",
        "/currencies/0/code           |"
            + " {\"currencies\":[{\"code\":\"points\",\"name\":\"x\",\"validity\":{\"kind\":\"never\"}}]}",
        "/currencies/0/code           |"
            + " {\"currencies\":[{\"code\":\"storedValue\",\"name\":\"x\",\"validity\":{\"kind\":\"never\"}}]}",
        "/currencies/0/code           | {\"currencies\":[{\"code\":\"a"
            + " b\",\"name\":\"x\",\"validity\":{\"kind\":\"never\"}}]}",
        "/currencies/0/name           |"
            + " {\"currencies\":[{\"code\":\"a\",\"name\":\"\",\"validity\":{\"kind\":\"never\"}}]}",
        "/currencies/0/validity/kind  |"
            + " {\"currencies\":[{\"code\":\"a\",\"name\":\"x\",\"validity\":{\"kind\":\"weekly\"}}]}",
        "/currencies/0/earning/points |"
            + " {\"currencies\":[{\"code\":\"a\",\"name\":\"x\",\"validity\":{\"kind\":\"never\"},\"earning\":{\"points\":0,\"perAmount\":1,\"rounding\":\"floor\"}}]}",
        "/growth                      | {\"growth\":1}",
        "/growth/earning              | {\"growth\":{}}",
        "/growth/x                    |"
            + " {\"growth\":{\"x\":1,\"earning\":{\"points\":1,\"perAmount\":1,\"rounding\":\"floor\"}}}",
        "/storedValue                 | {\"storedValue\":null}",
        "/storedValue/bonuses/0/from  | {\"storedValue\":{\"bonuses\":[{\"from\":0,\"bonus\":1}]}}",
        "/storedValue/bonuses/0/bonus |"
            + " {\"storedValue\":{\"bonuses\":[{\"from\":1,\"bonus\":-1}]}}",
        "/refunds/shortfall           |"
            + " {\"refunds\":{\"shortfall\":\"forget\",\"pointValue\":{\"points\":1,\"amount\":1}}}",
        "/refunds/returnGrace         |"
            + " {\"refunds\":{\"shortfall\":\"debt\",\"returnGrace\":\"P1Y\",\"pointValue\":{\"points\":1,\"amount\":1}}}",
        "/refunds/stores              |"
            + " {\"refunds\":{\"shortfall\":\"debt\",\"pointValue\":{\"points\":1,\"amount\":1},\"stores\":\"some\"}}",
        "/refunds/pointValue          | {\"refunds\":{\"shortfall\":\"debt\"}}",
        "/refunds/pointValue/amount   |"
            + " {\"refunds\":{\"shortfall\":\"debt\",\"pointValue\":{\"points\":1,\"amount\":0}}}",
        "/exchanges/0/give            |"
            + " {\"exchanges\":[{\"from\":\"points\",\"to\":\"coins\",\"give\":0,\"get\":1}]}",
        "/closing/points              | {\"closing\":{\"points\":\"keep\"}}",
        "/closing                     | {\"closing\":[]}",
        "/lateWindow                  | {\"lateWindow\":\"P31D\"}",
        "/lateWindow                  | {\"lateWindow\":\"PT721H\"}",
        "/lateWindow                  | {\"lateWindow\":\"PT30M\"}",
        "/lateWindow                  | {\"lateWindow\":72}",
        "/offline/uncovered           | {\"offline\":{\"uncovered\":\"gift\"}}",
        "/offline/uncovered           | {\"offline\":{}}",
        "/offline                     | {\"offline\":\"debt\"}",
      })
  void names_the_field_that_is_wrong(String pointer, String change) {
    JsonObject rules = Chain.rules().put("currencies", new JsonArray().add(coins()));

    admin.breaking().put(PROGRAM, rules.mergeIn(new JsonObject(change))).isInvalid(pointer);

    assertThat(admin.get(PROGRAM).json(200).getString("name")).isEqualTo("ProgramTermsIT");
  }

  private static JsonObject coins() {
    return Chain.currency("coins", null);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "/currencies/1/code          |"
            + " {\"currencies\":[{\"code\":\"a\",\"name\":\"x\",\"validity\":{\"kind\":\"never\"}},{\"code\":\"a\",\"name\":\"x\",\"validity\":{\"kind\":\"never\"}}]}",
        "/storedValue/bonuses/1/from |"
            + " {\"storedValue\":{\"bonuses\":[{\"from\":5,\"bonus\":1},{\"from\":5,\"bonus\":2}]}}",
        "/exchanges/0/to             |"
            + " {\"exchanges\":[{\"from\":\"points\",\"to\":\"gold\",\"give\":1,\"get\":1}]}",
        "/exchanges/0/from           |"
            + " {\"exchanges\":[{\"from\":\"growth\",\"to\":\"points\",\"give\":1,\"get\":1}]}",
        "/exchanges/0/to             |"
            + " {\"exchanges\":[{\"from\":\"points\",\"to\":\"points\",\"give\":1,\"get\":1}]}",
        "/exchanges/1/to             |"
            + " {\"exchanges\":[{\"from\":\"points\",\"to\":\"coins\",\"give\":1,\"get\":1},{\"from\":\"points\",\"to\":\"coins\",\"give\":2,\"get\":1}]}",
      })
  void names_the_field_that_contradicts_another(String pointer, String change) {
    JsonObject rules = Chain.rules().put("currencies", new JsonArray().add(coins()));

    admin.put(PROGRAM, rules.mergeIn(new JsonObject(change))).isInvalid(pointer);
  }

  @Test
  void takes_no_more_than_its_limits() {
    var nine = new JsonArray();
    for (int i = 0; i < 9; i++) {
      nine.add(Chain.currency("c" + i, null));
    }
    var steps = new JsonArray();
    for (int i = 1; i <= 21; i++) {
      steps.add(new JsonObject().put("from", i).put("bonus", 1));
    }

    admin.breaking().put(PROGRAM, Chain.rules().put("currencies", nine)).isInvalid("/currencies");
    admin
        .breaking()
        .put(PROGRAM, Chain.rules().put("storedValue", new JsonObject().put("bonuses", steps)))
        .isInvalid("/storedValue/bonuses");
  }
}
