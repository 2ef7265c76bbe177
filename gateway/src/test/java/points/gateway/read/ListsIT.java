package points.gateway.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.gateway.fixture.Caller;
import points.gateway.fixture.Chain;
import points.gateway.fixture.LocalGateway;
import points.gateway.fixture.WithGateway;

/** Lists of entries by time and kind, of all members, and one store of the list of stores. */
@WithGateway
class ListsIT {
  private final LocalGateway gateway;
  private final Chain chain;
  private final Caller admin;

  ListsIT(LocalGateway gateway, Chain chain) {
    this.gateway = gateway;
    this.chain = chain;
    this.admin = chain.admin();
  }

  @Test
  void entriesAreListedByKindAndTime() {
    String member = chain.newId("member-");
    for (int i = 0; i < 3; i++) {
      chain.earn(member, 1_000);
      admin.post("/v1/deductions", Chain.spending(member, 1)).json(201);
    }
    String entries = "/v1/members/" + member + "/entries?";
    List<JsonObject> all = pages(entries);
    assertThat(sequences(all)).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);

    assertThat(sequences(pages(entries + "kind=deduction&limit=2&"))).containsExactly(6L, 4L, 2L);
    assertThat(pages(entries + "kind=refund&")).isEmpty();
    String third = all.get(3).getString("recordedAt");
    String fifth = all.get(1).getString("recordedAt");
    List<Long> between =
        all.stream()
            .filter(it -> it.getString("recordedAt").compareTo(third) >= 0)
            .filter(it -> it.getString("recordedAt").compareTo(fifth) < 0)
            .map(it -> it.getLong("sequence"))
            .toList();
    assertThat(sequences(pages(entries + "from=" + third + "&to=" + fifth + "&limit=1&")))
        .isEqualTo(between);
    assertThat(pages(entries + "from=2100-01-01T00:00:00%2B08:00&")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind=coffee",
        "kind=",
        "from=yesterday",
        "to=",
        "from=2026-11-22T10:00:00",
        "from=2026-11-22T10:00:00Z&to=2026-11-22T10:00:00Z"
      })
  void anInvalidTimeOrKindIsRefused(String query) {
    String member = chain.memberWith(1);
    // the contract cannot say that one time is after another
    Caller caller = query.contains("&") ? admin : admin.breaking();
    caller.get("/v1/members/" + member + "/entries?" + query).isProblem(400, "invalid_query");
  }

  @Test
  void membersAreListedById() {
    Chain own = Chain.open(gateway, "Lists");
    List<String> ids = Stream.of("a", "b", "c").map(own::newId).toList();
    ids.forEach(id -> own.earn(id, 100));

    List<JsonObject> found = new ArrayList<>();
    String cursor = "";
    do {
      JsonObject page = own.admin().get("/v1/members?limit=2" + cursor).json(200);
      page.getJsonArray("items").forEach(it -> found.add((JsonObject) it));
      cursor = "&cursor=" + page.getString("nextCursor");
    } while (!cursor.endsWith("null"));
    assertThat(found).extracting(it -> it.getString("memberId")).containsExactlyElementsOf(ids);
    own.key("store", Chain.STORE).get("/v1/members").isProblem(403, "forbidden");
    own.admin().get("/v1/members?phone=13800000001&limit=2").isProblem(400, "invalid_query");
  }

  @Test
  void aStoreIsReadByItsId() {
    JsonObject store = admin.get("/v1/stores/" + Chain.STORE).json(200);
    assertThat(store.getString("name")).isEqualTo("Store S1");
    admin.get("/v1/stores/none").isProblem(404, "not_found");
  }

  private List<JsonObject> pages(String uri) {
    var found = new ArrayList<JsonObject>();
    String cursor = null;
    do {
      JsonObject page =
          admin.get(cursor == null ? trimmed(uri) : uri + "cursor=" + cursor).json(200);
      JsonArray items = page.getJsonArray("items");
      items.forEach(it -> found.add((JsonObject) it));
      cursor = page.getString("nextCursor");
    } while (cursor != null);
    return found;
  }

  private static String trimmed(String uri) {
    return uri.substring(0, uri.length() - 1);
  }

  private static List<Long> sequences(List<JsonObject> entries) {
    return entries.stream().map(it -> it.getLong("sequence")).toList();
  }
}
