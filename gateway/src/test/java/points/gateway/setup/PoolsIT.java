package points.gateway.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import points.gateway.command.MemberEndsIT;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.WithGateway;

@WithGateway
class PoolsIT {

  private static final String POOLS = "/v1/pools";

  private final Chain chain;
  private final Caller admin;
  private final String mother;
  private final String son;
  private final String pool;

  PoolsIT(Chain chain) {
    this.chain = chain;
    this.admin = chain.admin();
    this.mother = chain.memberWith(100);
    this.son = chain.memberWith(10);
    this.pool = chain.newId("pool-");
  }

  @Test
  void members_put_in_and_take_out() {
    open();

    JsonObject in = admin.post(of("/contributions"), share(mother, 60)).json(201);
    JsonObject out = admin.post(of("/withdrawals"), share(son, 25)).json(201);

    assertThat(in.getString("poolId")).isEqualTo(pool);
    assertThat(in.getString("memberId")).isEqualTo(mother);
    assertThat(in.getLong("balance")).isEqualTo(40);
    assertThat(out.getString("poolId")).isEqualTo(pool);
    assertThat(out.getString("memberId")).isEqualTo(son);
    assertThat(out.getLong("balance")).isEqualTo(35);
    assertThat(chain.balance(pool).getLong("available")).isEqualTo(35);
    assertThat(chain.balance(son).getLong("available")).isEqualTo(35);
  }

  @Test
  void a_member_spends_points_of_the_pool() {
    open();
    admin.post(of("/contributions"), share(mother, 60)).json(201);
    JsonObject spending = Chain.spending(son, 50).put("poolId", pool);
    String key = Caller.newKey();

    Answer spent = admin.post("/v1/deductions", key, spending);
    assertThat(spent.json(201).getString("memberId")).isEqualTo(son);
    assertThat(spent.json(201).getString("poolId")).isEqualTo(pool);
    assertThat(spent.json(201).getLong("balance")).isEqualTo(10);
    JsonObject entry = admin.get("/v1/members/" + pool + "/entries").items().get(0);
    assertThat(entry.getString("onBehalfOf")).isEqualTo(son);
    admin
        .post("/v1/deductions", Chain.spending(son, 11).put("poolId", pool))
        .isProblem(409, "insufficient_points");
    assertThat(admin.delete(of("/members/" + son)).status()).isEqualTo(204);

    Answer again = admin.post("/v1/deductions", key, spending);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(spent.body());
    admin
        .post("/v1/deductions", Chain.spending(son, 1).put("poolId", pool))
        .isProblem(409, "not_in_pool");
    admin
        .post("/v1/deductions", Chain.spending(son, 1).put("poolId", "none"))
        .isProblem(404, "pool_not_found");
    assertThat(chain.balance(son).getLong("available")).isEqualTo(10);
  }

  @Test
  void only_members_of_the_pool_share_it() {
    open();
    String stranger = chain.memberWith(10);

    admin.post(of("/contributions"), share(stranger, 1)).isProblem(409, "not_in_pool");
    admin.post(of("/withdrawals"), share(stranger, 1)).isProblem(409, "not_in_pool");
    assertThat(join(stranger).status()).isEqualTo(204);
    assertThat(join(stranger).status()).isEqualTo(204);
    admin.post(of("/contributions"), share(stranger, 1)).json(201);

    assertThat(admin.get(of("")).json(200).getJsonArray("memberIds")).contains(stranger);
    join("nobody").isProblem(404, "member_not_found");
  }

  @Test
  void has_room_for_twenty() {
    List<String> all = IntStream.range(0, 20).mapToObj(i -> chain.memberWith(1)).toList();
    admin.post(POOLS, pool().put("memberIds", new JsonArray(all))).json(201);

    join(mother).isProblem(409, "pool_full");
    assertThat(join(all.get(3)).status()).isEqualTo(204);
    assertThat(admin.delete(of("/members/" + all.get(3))).status()).isEqualTo(204);
    assertThat(admin.delete(of("/members/" + all.get(3))).status()).isEqualTo(204);
    assertThat(join(mother).status()).isEqualTo(204);
  }

  @Test
  void is_made_once() {
    String key = Caller.newKey();
    Answer first = admin.post(POOLS, key, pool());

    Answer again = admin.post(POOLS, key, pool());

    assertThat(first.json(201)).isEqualTo(admin.get(of("")).json(200));
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    admin.post(POOLS, key, pool().put("name", "other")).isProblem(422, "idempotency_key_reused");
    admin.post(POOLS, pool()).isProblem(409, "member_exists");
    admin.post(POOLS, pool().put("poolId", mother)).isProblem(409, "member_exists");
  }

  @Test
  void contributions_are_once_too() {
    open();
    String key = Caller.newKey();
    Answer first = admin.post(of("/contributions"), key, share(mother, 60));

    Answer again = admin.post(of("/contributions"), key, share(mother, 60));

    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    admin.post(of("/contributions"), share(mother, 41)).isProblem(409, "insufficient_points");
    assertThat(chain.balance(pool).getLong("available")).isEqualTo(60);
  }

  @Test
  void a_deduction_for_an_order_is_booked_once_though_its_sharer_has_left() {
    open();
    admin.post(of("/contributions"), share(mother, 60)).json(201);
    String order = chain.newId("order-");
    JsonObject spending = Chain.spending(mother, 20).put("poolId", pool).put("orderId", order);
    Answer first = admin.post("/v1/deductions", spending);
    admin.delete(of("/members/" + mother));

    Answer again = admin.post("/v1/deductions", Caller.newKey(), spending);

    assertThat(first.status()).isEqualTo(201);
    assertThat(again.isReplay()).isTrue();
    assertThat(again.body()).isEqualTo(first.body());
    admin
        .post("/v1/deductions", spending.copy().put("points", 21))
        .isProblem(409, "order_already_processed");
    admin
        .post("/v1/deductions", spending.copy().put("orderId", chain.newId("order-")))
        .isProblem(409, "not_in_pool");
    assertThat(chain.balance(pool).getLong("available")).isEqualTo(40);
  }

  @Test
  void goes_over_with_a_member_that_is_merged() {
    open();
    String target = chain.memberWith(1);
    admin.post("/v1/members/" + son + "/merge", MemberEndsIT.into(target)).json(201);

    assertThat(admin.get(of("")).json(200).getJsonArray("memberIds"))
        .contains(target)
        .doesNotContain(son);
  }

  @Test
  void names_each_field_that_is_wrong() {
    Caller bad = admin.breaking();
    bad.post(POOLS, new JsonObject()).isInvalid("/poolId", "/name", "/memberIds");
    bad.post(POOLS, pool().put("memberIds", new JsonArray())).isInvalid("/memberIds");
    bad.post(POOLS, pool().put("memberIds", new JsonArray().add(mother).add(mother)))
        .isInvalid("/memberIds/1");
    admin
        .post(POOLS, pool().put("memberIds", new JsonArray().add(mother).add("nobody")))
        .isInvalid("/memberIds/1");
    admin.get(of("")).isProblem(404, "pool_not_found");
    admin.delete(of("/members/m")).isProblem(404, "pool_not_found");
    join("m").isProblem(404, "pool_not_found");
    admin.post(of("/contributions"), share(mother, 1)).isProblem(404, "pool_not_found");
    bad.post(of("/contributions"), share(mother, 0)).isInvalid("/points");
    bad.get(POOLS + "/%00").isProblem(404, "pool_not_found");
  }

  private void open() {
    admin.post(POOLS, pool()).json(201);
  }

  private Answer join(String memberId) {
    return admin.send("PUT", of("/members/" + memberId), null);
  }

  private String of(String what) {
    return POOLS + "/" + pool + what;
  }

  private JsonObject pool() {
    return new JsonObject()
        .put("poolId", pool)
        .put("name", "Family")
        .put("memberIds", new JsonArray().add(mother).add(son));
  }

  private static JsonObject share(String memberId, long points) {
    return new JsonObject().put("memberId", memberId).put("points", points);
  }
}
