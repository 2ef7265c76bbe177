package points.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.model.Detail;
import points.ledger.model.Detail.Refunded.Basis;
import points.ledger.model.Detail.RefundedBy;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.OrderPart;
import points.ledger.model.Origin;

/** Answers are made of entries: what an earlier version did not keep, its answers never say. */
class RefundJsonTest {

  private static final SortedMap<String, Long> NONE = Collections.emptySortedMap();

  private static Entry refund(@Nullable Basis basis) {
    SortedMap<String, Long> taken = new TreeMap<>(Map.of(Accounts.GROWTH, 9L, "stars", 3L));
    var detail = new Detail.Refunded("R1", taken, NONE, 0, 0, 0, 0, true, basis, null);
    return new Entry(
        new MemberKey("p", "m"),
        2,
        Entry.Kind.REFUND,
        0,
        0,
        List.of(),
        new TreeMap<>(Map.of(Accounts.GROWTH, 1L)),
        null,
        Origin.sale("S1", null, "o"),
        100L,
        List.of(),
        null,
        detail,
        null,
        null,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  @Test
  void the_answer_of_an_earlier_version_stays_as_it_was() {
    JsonObject answer = RefundJson.refund(refund(null));
    assertThat(answer.fieldNames()).doesNotContain("orderPart", "accounts", "lapsed");
    assertThat(answer.getLong("growthTakenBack")).isEqualTo(9);
  }

  @Test
  void an_account_that_did_not_move_has_no_balance() {
    SortedMap<String, Long> lapsed = new TreeMap<>(Map.of("stars", 3L));
    var basis =
        new Basis(OrderPart.GOODS, RefundedBy.LINES, 0, NONE, lapsed, NONE, List.of(), null);
    JsonObject answer = RefundJson.refund(refund(basis));
    assertThat(answer.getString("orderPart")).isEqualTo("goods");
    JsonObject growth = answer.getJsonArray("accounts").getJsonObject(0);
    JsonObject stars = answer.getJsonArray("accounts").getJsonObject(1);
    assertThat(growth.getLong("balance")).isEqualTo(1);
    assertThat(stars.getLong("lapsed")).isEqualTo(3);
    assertThat(stars.containsKey("balance")).isFalse();
  }
}
