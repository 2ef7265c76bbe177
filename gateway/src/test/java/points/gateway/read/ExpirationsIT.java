package points.gateway.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** What members are about to lose. */
@WithGateway
class ExpirationsIT {

  private final LocalGateway gateway;
  private final Chain chain;

  ExpirationsIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
  }

  @BeforeEach
  void tenDays() {
    var validity = new JsonObject().put("kind", "rolling").put("period", "P10D");
    chain.admin().put("/v1/program", Chain.rules().put("validity", validity)).json(200);
  }

  /** Earned so many days ago, so good for ten days less these. */
  private void earn(Chain at, String memberId, long points, int daysAgo) {
    Instant paidAt = Instant.now().minus(Duration.ofDays(daysAgo));
    JsonObject order = at.order(memberId, points * 100).put("occurredAt", paidAt.toString());
    at.admin().post("/v1/accruals", order).json(201);
  }

  private JsonObject get(String path) {
    return chain.admin().get(path).json(200);
  }

  @Test
  void expirations_of_a_member_are_its_lots_within_the_time_and_their_sum() {
    String member = chain.newId("m");
    earn(chain, member, 10, 2);
    earn(chain, member, 20, 1);
    earn(chain, member, 40, 0);

    JsonObject near = get("/v1/members/" + member + "/expirations?within=P9D");
    JsonObject all = get("/v1/members/" + member + "/expirations");

    assertThat(near.getLong("total")).isEqualTo(10);
    assertThat(near.getJsonArray("items")).hasSize(1);
    assertThat(all.getLong("total")).isEqualTo(70);
    assertThat(points(all.getJsonArray("items"))).containsExactly(10L, 20L, 40L);
    assertThat(get("/v1/members/" + member + "/expirations?currency=growth").getLong("total"))
        .isZero();
  }

  @Test
  void expirations_of_the_program_come_page_by_page_and_of_no_other_program() {
    Chain other = Chain.open(gateway, "Others");
    List<String> members = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String member = chain.newId("page-");
      members.add(member);
      earn(chain, member, 10 + i, 2);
      earn(chain, member, 1, 0);
      other.earn(member, 100);
    }
    chain.memberWith(0);

    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      JsonObject page = get("/v1/expirations?within=P9D&limit=2" + next(cursor));
      assertThat(page.getJsonArray("items").size()).isLessThanOrEqualTo(2);
      page.getJsonArray("items")
          .forEach(
              it -> {
                if (((JsonObject) it).getString("memberId").startsWith("page-")) {
                  found.add(
                      ((JsonObject) it).getString("memberId")
                          + ((JsonObject) it).getLong("points"));
                }
              });
      cursor = page.getString("nextCursor");
      assertThat(page.getBoolean("hasMore")).isEqualTo(cursor != null);
    } while (cursor != null);

    var expected = new TreeMap<String, String>();
    for (int i = 0; i < 5; i++) {
      expected.put(members.get(i), members.get(i) + (10 + i));
    }
    assertThat(found).as("in the order of ids").containsExactlyElementsOf(expected.values());
  }

  private static String next(@Nullable String cursor) {
    return cursor == null ? "" : "&cursor=" + cursor;
  }

  @ParameterizedTest
  @ValueSource(strings = {"P0D", "P367D", "P1M", "30", "P-1D", "PT24H", "P1.5D", "P400D", ""})
  void wants_a_number_of_days(String within) {
    String query = "/v1/expirations?within=" + within;
    JsonObject problem = chain.admin().breaking().get(query).isProblem(400, "invalid_query");

    assertThat(problem.getJsonArray("errors").getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("pointer", "/within")
                .put("code", "days")
                .put("message", "must be P1D to P366D"));
    chain
        .admin()
        .breaking()
        .get("/v1/members/m/expirations?within=" + within)
        .isProblem(400, "invalid_query");
  }

  @Test
  void expirations_of_an_unknown_member_are_not_found() {
    chain.admin().get("/v1/members/nobody/expirations").isProblem(404, "member_not_found");
  }

  private static List<Long> points(JsonArray items) {
    return items.stream().map(it -> ((JsonObject) it).getLong("points")).toList();
  }
}
