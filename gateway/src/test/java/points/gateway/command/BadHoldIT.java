package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.command.HoldsIT.HOLDS;
import static points.gateway.command.HoldsIT.holding;
import static points.gateway.command.HoldsIT.path;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

/** Holds that cannot be, and ends of them that cannot. */
@WithGateway
class BadHoldIT {

  private final Chain chain;
  private final Caller admin;

  BadHoldIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void answers_404_for_an_entry_that_is_no_hold() {
    String member = chain.memberWith(10);
    for (String id : new String[] {"nobody-1", member + "-1", member + "-9"}) {
      admin.get(HOLDS + "/" + id).isProblem(404, "hold_not_found");
      admin.post(HOLDS + "/" + id + "/capture", new JsonObject()).isProblem(404, "hold_not_found");
      admin.post(HOLDS + "/" + id + "/release", new JsonObject()).isProblem(404, "hold_not_found");
    }
    admin.breaking().get(HOLDS + "/x").isProblem(404, "hold_not_found");
    admin.post(HOLDS, holding("stranger", 1)).isProblem(404, "member_not_found");
    admin.post(HOLDS, holding(member, 1).put("storeId", "nowhere")).isProblem(422, "unknown_store");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "/points      | {\"points\":0}",
        "/points      | {\"points\":-1}",
        "/points      | {\"points\":\"1\"}",
        "/points      | {\"points\":1000000000000001}",
        "/storedValue | {\"storedValue\":-1}",
        "/ttlSeconds  | {\"ttlSeconds\":0}",
        "/ttlSeconds  | {\"ttlSeconds\":604801}",
        "/ttlSeconds  | {\"ttlSeconds\":null}",
        "/memberId    | {\"memberId\":\"\"}",
        "/storeId     | {\"storeId\":null}",
        "/orderId     | {\"orderId\":\"a b\"}",
        "/reason      | {\"reason\":\"\"}",
        "/color       | {\"color\":\"red\"}",
      })
  void names_the_field_that_is_wrong(String pointer, String change) {
    String member = chain.memberWith(10);

    admin
        .breaking()
        .post(HOLDS, holding(member, 1).mergeIn(new JsonObject(change)))
        .isInvalid(pointer);

    assertThat(chain.entries(member)).isEqualTo(1);
  }

  @Test
  void names_the_field_of_an_end_that_is_wrong() {
    String member = chain.memberWith(10);
    JsonObject hold = admin.post(HOLDS, holding(member, 5).put("orderId", "O-8")).json(201);
    Caller bad = admin.breaking();

    bad.post(path(hold, "/capture"), new JsonObject().put("points", -1)).isInvalid("/points");
    bad.post(path(hold, "/capture"), new JsonObject().put("storedValue", "1"))
        .isInvalid("/storedValue");
    bad.post(path(hold, "/release"), new JsonObject().put("points", 1)).isInvalid("/points");
    bad.post(path(hold, "/release"), new JsonObject().put("reason", "")).isInvalid("/reason");
    admin
        .post(path(hold, "/capture"), new JsonObject().put("orderId", "O-9"))
        .isInvalid("/orderId");

    assertThat(chain.entries(member)).isEqualTo(2);
  }
}
