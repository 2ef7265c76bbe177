package points.ledger.store.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import points.ledger.account.Lot;
import points.ledger.model.Detail;
import points.ledger.model.Detail.RefundedBy;
import points.ledger.model.Entry;
import points.ledger.model.LapsedLot;
import points.ledger.model.OrderPart;

/** Details as they are kept, by this version and by those before. */
class DetailJsonTest {

  private static final JsonObject REFUND_BEFORE =
      new JsonObject(
          """
          {"refundId":"R1","takenBack":{"growth":99,"points":0},"givenBack":{},"expired":0,"debt":0,
           "shortfall":0,"charge":0,"whole":false}
          """);

  private static final JsonObject REVERSAL_BEFORE =
      new JsonObject("{\"earned\":-60,\"spent\":0,\"expired\":0,\"debt\":50}");

  private static Detail read(Entry.Kind kind, JsonObject detail) {
    return Objects.requireNonNull(DetailJson.read(kind, new JsonObject().put("detail", detail)));
  }

  @Test
  void details_of_earlier_versions_are_read_and_written_unchanged() {
    var refund = (Detail.Refunded) read(Entry.Kind.REFUND, REFUND_BEFORE);
    assertThat(refund.basis()).isNull();
    assertThat(refund.takenBack()).containsEntry("growth", 99L);
    assertThat(DetailJson.write(refund)).isEqualTo(REFUND_BEFORE);
    var reversal = (Detail.Reversed) read(Entry.Kind.REVERSAL, REVERSAL_BEFORE);
    assertThat(reversal).isEqualTo(new Detail.Reversed(-60, 0, 0, 50));
    assertThat(DetailJson.write(reversal)).isEqualTo(REVERSAL_BEFORE);
  }

  @Test
  void a_reversal_of_a_merged_members_entry_keeps_its_name() {
    JsonObject json = REVERSAL_BEFORE.copy().put("ofMerged", "M-2-12");
    var reversal = (Detail.Reversed) read(Entry.Kind.REVERSAL, json);
    assertThat(reversal.ofMerged()).isEqualTo("M-2-12");
    assertThat(DetailJson.write(reversal)).isEqualTo(json);
  }

  @Test
  void the_basis_of_a_refund_is_kept() {
    var before = (Detail.Refunded) read(Entry.Kind.REFUND, REFUND_BEFORE);
    JsonObject basis =
        new JsonObject()
            .put("orderPart", OrderPart.TOP_UP.name())
            .put("by", RefundedBy.AMOUNT.name())
            .put("unnamed", 70)
            .put("expired", new JsonObject())
            .put("lapsed", JsonObject.mapFrom(new TreeMap<>(Map.of("stars", 3))))
            .put("owed", new JsonObject().put("points", 4));
    JsonArray lapsed = new JsonArray().add("stars").add("2026-12-31T16:00:00Z").add(3L);
    JsonObject json =
        DetailJson.write(before).put("basis", basis).put("lapsedLots", new JsonArray().add(lapsed));
    var refund = (Detail.Refunded) read(Entry.Kind.REFUND, json);
    assertThat(Objects.requireNonNull(refund.basis()).unnamed()).isEqualTo(70);
    assertThat(refund.basis().lapsed()).containsEntry("stars", 3L);
    assertThat(refund.lapsedLots())
        .containsExactly(
            new LapsedLot("stars", new Lot(Instant.parse("2026-12-31T16:00:00Z"), 3), null));
    assertThat(DetailJson.write(refund).encode()).isEqualTo(json.encode());
  }

  @Test
  void the_lots_that_lapsed_by_a_reversal_are_kept() {
    JsonArray lapsed = new JsonArray().add("points").add("2026-12-31T16:00:00Z").add(3L).add("M-1");
    JsonObject json =
        REVERSAL_BEFORE
            .copy()
            .put("lapsed", new JsonObject().put("points", 3L))
            .put("lapsedLots", new JsonArray().add(lapsed));
    Detail reversal = read(Entry.Kind.REVERSAL, json);
    assertThat(reversal.lapsedLots()).extracting(LapsedLot::of).containsExactly("M-1");
    assertThat(DetailJson.write(reversal).encode()).isEqualTo(json.encode());
  }
}
