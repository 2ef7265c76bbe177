package points.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

@WithGateway
class AdjustmentsIT {

  private static final String ADJUSTMENTS = "/v1/adjustments";

  private final Chain chain;
  private final Caller admin;

  AdjustmentsIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void adds_points_and_takes_them_away() {
    String member = chain.memberWith(10);

    JsonObject added = admin.post(ADJUSTMENTS, Chain.adjustment(member, 5)).json(201);
    JsonObject taken = admin.post(ADJUSTMENTS, Chain.adjustment(member, -12)).json(201);

    assertThat(added.getLong("points")).isEqualTo(5);
    assertThat(added.getLong("balance")).isEqualTo(15);
    assertThat(added.getString("operator")).isEqualTo("Li Lei");
    assertThat(taken.getLong("points")).isEqualTo(-12);
    assertThat(taken.getLong("balance")).isEqualTo(3);
    assertThat(taken.getJsonArray("lots").getJsonObject(0).getLong("points")).isEqualTo(-12);
    assertThat(chain.balance(member).getLong("lifetimeEarned")).isEqualTo(10);
  }

  @Test
  void refuses_to_take_more_than_there_is() {
    String member = chain.memberWith(10);

    JsonObject problem =
        admin
            .post(ADJUSTMENTS, Chain.adjustment(member, -11))
            .isProblem(409, "insufficient_points");

    assertThat(problem.getLong("available")).isEqualTo(10);
    assertThat(chain.entries(member)).isEqualTo(1);
  }

  @Test
  void refuses_to_pass_the_limit_of_a_balance() {
    String member = chain.memberWith(1);

    admin
        .post(ADJUSTMENTS, Chain.adjustment(member, 1_000_000_000_000_000L))
        .isProblem(409, "balance_limit_exceeded");
    admin.post(ADJUSTMENTS, Chain.adjustment(member, 999_999_999_999_999L)).json(201);

    assertThat(chain.balance(member).getLong("available")).isEqualTo(1_000_000_000_000_000L);
  }

  @Test
  void gives_the_first_answer_again_byte_for_byte() {
    String member = chain.memberWith(10);
    String key = Caller.newKey();
    Answer first = admin.post(ADJUSTMENTS, key, Chain.adjustment(member, 5));

    Answer again = admin.post(ADJUSTMENTS, key, Chain.adjustment(member, 5));

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    admin
        .post(ADJUSTMENTS, key, Chain.adjustment(member, 6))
        .isProblem(422, "idempotency_key_reused");
    assertThat(chain.balance(member).getLong("available")).isEqualTo(15);
  }

  @Test
  void never_enrols() {
    admin.post(ADJUSTMENTS, Chain.adjustment("stranger", 1)).isProblem(404, "member_not_found");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1_000_000_000_000_001L, -1_000_000_000_000_001L})
  void takes_points_in_range_only(long points) {
    admin.breaking().post(ADJUSTMENTS, Chain.adjustment("m", points)).isInvalid("/points");
  }

  @Test
  void requires_a_reason_and_an_operator() {
    JsonObject nobody = Chain.adjustment("m", 1);
    nobody.remove("reason");
    nobody.remove("operator");

    admin.breaking().post(ADJUSTMENTS, nobody).isInvalid("/reason", "/operator");
  }
}
