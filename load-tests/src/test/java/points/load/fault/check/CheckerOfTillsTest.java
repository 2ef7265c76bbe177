package points.load.fault.check;

import static org.assertj.core.api.Assertions.assertThat;
import static points.load.fault.check.HistoryBuilder.POINTS;
import static points.load.fault.check.HistoryBuilder.STORED;
import static points.load.fault.check.HistoryBuilder.available;
import static points.load.fault.check.finding.Rule.ACKNOWLEDGED_CHANGES_ARE_WRITTEN;
import static points.load.fault.check.finding.Rule.ENTRIES_WERE_REQUESTED;
import static points.load.fault.check.finding.Rule.REFUSALS_ARE_TRUE;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import points.load.fault.check.answer.ExpectedAnswer;
import points.load.fault.history.KeySpace;
import points.load.fault.history.Operation;
import points.load.fault.history.OrderMetadata;
import points.load.fault.history.RecordedAnswer;
import points.load.model.Entry;
import points.load.model.Entry.Kind;
import points.load.model.Movement;
import points.load.model.Movement.Place;

/**
 * The rules about tills: offline orders, metadata, keys of a store, and refunds in another store.
 */
class CheckerOfTillsTest {
  private final HistoryBuilder builder = new HistoryBuilder();

  @Test
  void an_order_of_an_offline_till_takes_available_points_and_leaves_the_rest_owed() {
    builder.accrues("m", "o0", 30);
    builder.topsUp("m", "t0", 400);
    uncovered(
        offline(70, 100, 900),
        70,
        500,
        70,
        available(POINTS, -30),
        debt(70),
        available(STORED, -400),
        debt(-70));
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void an_order_of_an_offline_till_that_is_covered_is_as_any_other() {
    builder.accrues("m", "o0", 30);
    builder.book(offline(0, 20, 0), Kind.ACCRUAL, Entry.Extra.NONE, 0L, available(POINTS, -20));
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void an_order_without_the_debt_for_its_uncovered_points_is_reported() {
    builder.accrues("m", "o0", 30);
    uncovered(offline(100, 100, 0), 70, 0, 70, available(POINTS, -30), available(POINTS, 100));
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void a_store_that_claims_less_than_was_not_there_is_reported() {
    builder.topsUp("m", "t0", 400);
    uncovered(offline(0, 0, 900), 0, 500, 0, available(STORED, -300));
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void a_claim_of_another_sum_than_was_not_there_is_reported() {
    JsonObject detail = new JsonObject().putNull("endsAt").put("points", 0);
    detail.put("storedValue", 900).put("debt", 0).put("claim", 800);
    builder.book(
        offline(0, 0, 900), Kind.ACCRUAL, HistoryBuilder.extra(null, "", List.of(), detail), 0L);
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void reports_a_debt_for_available_points() {
    builder.accrues("m", "o0", 30);
    uncovered(offline(0, 100, 0), 75, 0, 75, available(POINTS, -25), debt(75));
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void an_order_of_a_till_that_is_online_owes_nothing() {
    Operation.Terms terms = new Operation.Terms(70, 0, false, null);
    Operation operation =
        new Operation.Accrual("m", "S1", "o1", 0, HistoryBuilder.NOW, List.of(), terms);
    uncovered(operation, 70, 0, 70, debt(70));
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void an_order_of_an_offline_till_refused_for_too_few_points_is_reported() {
    builder.accrues("m", "o0", 30);
    builder.isRefused(offline(10, 100, 0), 1, "insufficient_points", 30L);
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
    HistoryBuilder others = new HistoryBuilder();
    others.accrues("m", "o0", 30);
    others.isRefused(offline(10, 0, 100), 1, "insufficient_stored_value", 0L);
    assertThat(others.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void an_answer_without_the_uncovered_sum_is_reported() {
    Entry entry = uncovered(offline(0, 70, 0), 70, 0, 70, debt(70));
    JsonObject answer = ExpectedAnswer.of(entry);
    answer.remove("uncovered");
    String key = String.valueOf(entry.key());
    builder.calls.clear();
    builder.asksAgain(
        key, offline(0, 70, 0), 0, new RecordedAnswer.Acknowledged(answer.encode(), false));
    assertThat(builder.broken()).containsExactly(ACKNOWLEDGED_CHANGES_ARE_WRITTEN);
  }

  @Test
  void the_metadata_of_an_order_is_in_its_entry() {
    String order = OrderMetadata.orderWithMetadata("o1");
    noted(order, OrderMetadata.of(order));
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void metadata_that_is_lost_or_of_another_order_is_reported() {
    noted(OrderMetadata.orderWithMetadata("o1"), Map.of());
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
    HistoryBuilder others = new HistoryBuilder();
    noted(
        others,
        OrderMetadata.orderWithMetadata("o1"),
        OrderMetadata.of(OrderMetadata.orderWithMetadata("o2")));
    assertThat(others.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  @Test
  void one_key_of_two_stores_and_head_office_stands_for_three_requests() {
    sells(KeySpace.ofTill("S1", "k"), "o1");
    sells(KeySpace.ofTill("S2", "k"), "o2");
    sells("k", "o3");
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void reports_a_refusal_because_another_store_used_the_key() {
    sells(KeySpace.ofTill("S1", "k"), "o1");
    builder.asksAgain(
        KeySpace.ofTill("S2", "k"),
        new Operation.Accrual("m", "S2", "o2", 7_000, HistoryBuilder.NOW),
        1,
        new RecordedAnswer.Refused(422, "idempotency_key_reused", null));
    assertThat(builder.broken()).containsExactly(REFUSALS_ARE_TRUE);
  }

  @Test
  void reports_a_key_of_a_till_stored_as_one_of_head_office() {
    Operation operation = new Operation.Accrual("m", "S1", "o1", 7_000, HistoryBuilder.NOW);
    Entry entry =
        builder.follows(
            "k", "m", operation, Kind.ACCRUAL, Entry.Extra.NONE, 7_000L, available(POINTS, 70));
    builder.asksAgain(
        KeySpace.ofTill("S1", "k"), operation, 0, CallRecorder.acknowledgement(entry, false));
    assertThat(builder.broken())
        .containsExactlyInAnyOrder(ACKNOWLEDGED_CHANGES_ARE_WRITTEN, ENTRIES_WERE_REQUESTED);
  }

  @Test
  void a_refund_names_the_store_that_has_taken_back() {
    takesBack("S2", "S2");
    assertThat(builder.broken()).isEmpty();
  }

  @Test
  void reports_a_refund_with_another_or_no_refund_store() {
    takesBack("S2", "S3");
    assertThat(builder.broken()).containsExactly(ENTRIES_WERE_REQUESTED);
  }

  private void takesBack(String store, String written) {
    Entry sale = builder.accrues("m", "o1", 70);
    JsonObject detail =
        new JsonObject()
            .put("refundId", "r1")
            .put("takenBack", new JsonObject().put(POINTS, 70))
            .put("givenBack", new JsonObject())
            .put("debt", 0)
            .put("whole", true)
            .put("storeId", written);
    builder.book(
        new Operation.Refund("m", "S1", "o1", "r1", null, null, null, store),
        Kind.REFUND,
        HistoryBuilder.extra(null, "r1", List.of(new Entry.Line("1", 7_000, 70)), detail),
        sale.origin().amount(),
        available(POINTS, -70));
  }

  private static Operation.Accrual offline(long yuan, long points, long storedValue) {
    Operation.Terms terms = new Operation.Terms(points, storedValue, false, null, true);
    return new Operation.Accrual("m", "S1", "o1", yuan * 100, HistoryBuilder.NOW, List.of(), terms);
  }

  private Entry uncovered(
      Operation operation, long points, long storedValue, long debt, Movement... movements) {
    JsonObject detail =
        new JsonObject()
            .putNull("endsAt")
            .put("points", points)
            .put("storedValue", storedValue)
            .put("debt", debt);
    if (storedValue > 0) {
      detail.put("claim", storedValue);
    }
    return builder.book(
        operation,
        Kind.ACCRUAL,
        HistoryBuilder.extra(null, "", List.of(), detail),
        ((Operation.Accrual) operation).amount(),
        movements);
  }

  private static Movement debt(long points) {
    return new Movement(POINTS, Place.DEBT, 0, HistoryBuilder.UNTIL, points);
  }

  private void noted(String order, Map<String, String> notes) {
    noted(builder, order, notes);
  }

  private static void noted(HistoryBuilder builder, String order, Map<String, String> notes) {
    builder.book(
        new Operation.Accrual("m", "S1", order, 7_000, HistoryBuilder.NOW),
        Kind.ACCRUAL,
        new Entry.Extra(null, "", Map.of(), List.of(), new JsonObject(), notes),
        7_000L,
        available(POINTS, 70));
  }

  private void sells(String key, String order) {
    Operation operation = new Operation.Accrual("m", "S1", order, 7_000, HistoryBuilder.NOW);
    Entry entry =
        builder.follows(
            key, "m", operation, Kind.ACCRUAL, Entry.Extra.NONE, 7_000L, available(POINTS, 70));
    builder.asksAgain(key, operation, 0, CallRecorder.acknowledgement(entry, false));
  }
}
