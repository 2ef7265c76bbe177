package points.gateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import points.gateway.contract.ContractFile;
import points.gateway.web.Problem;
import points.gateway.web.RefusalProblem;
import points.ledger.command.Refusal;
import points.ledger.command.Refusal.End;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Status;

/** Every refusal that the ledger knows has its problem, and the contract knows it. */
class OutcomeMappingTest {

  private static final JsonObject CONTRACT = ContractFile.read();

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(new Refusal.MemberNotFound(), 404, "member_not_found"),
        Arguments.of(new Refusal.MemberFrozen(), 409, "member_frozen"),
        Arguments.of(new Refusal.AlreadyInStatus(Status.FROZEN), 409, "already_frozen"),
        Arguments.of(new Refusal.AlreadyInStatus(Status.ACTIVE), 409, "not_frozen"),
        Arguments.of(new Refusal.InsufficientPoints(7), 409, "insufficient_points"),
        Arguments.of(new Refusal.BalanceLimitExceeded(7), 409, "balance_limit_exceeded"),
        Arguments.of(new Refusal.OrderAlreadyProcessed(entry()), 409, "order_already_processed"),
        Arguments.of(new Refusal.MemberClosed(), 409, "member_closed"),
        Arguments.of(new Refusal.MemberMerged("n"), 409, "member_merged"),
        Arguments.of(new Refusal.MemberHasHolds(2), 409, "member_has_holds"),
        Arguments.of(new Refusal.InsufficientStoredValue(7), 409, "insufficient_stored_value"),
        Arguments.of(new Refusal.OrderNotFound(), 404, "order_not_found"),
        Arguments.of(new Refusal.OrderMismatch("memberId"), 409, "order_mismatch"),
        Arguments.of(new Refusal.RefundStoreNotAllowed(), 409, "refund_store_not_allowed"),
        Arguments.of(new Refusal.OrderOfSeveralMembers(), 409, "order_of_several_members"),
        Arguments.of(new Refusal.OrderAlreadyRefunded(), 409, "order_already_refunded"),
        Arguments.of(new Refusal.OrderTooLong(), 409, "order_too_long"),
        Arguments.of(new Refusal.LineNotFound("9"), 422, "unknown_line"),
        Arguments.of(new Refusal.RefundExceedsOrder(null, 7), 409, "refund_exceeds_order"),
        Arguments.of(new Refusal.RefundExceedsOrder("1", 7), 409, "refund_exceeds_order"),
        Arguments.of(new Refusal.RefundNotByPoints(), 409, "refund_not_by_points"),
        Arguments.of(new Refusal.TransactionNotFound(), 404, "transaction_not_found"),
        Arguments.of(new Refusal.NotReversible(Entry.Kind.FREEZE, false), 409, "not_reversible"),
        Arguments.of(new Refusal.NotMovable(Refusal.Unmovable.SPENT), 409, "not_movable"),
        Arguments.of(new Refusal.AlreadyReversed("m-2"), 409, "already_reversed"),
        Arguments.of(unable(new Refusal.MemberNotFound()), 404, "member_not_found"),
        Arguments.of(unable(new Refusal.MemberFrozen()), 409, "member_frozen"),
        Arguments.of(unable(new Refusal.MemberClosed()), 409, "member_closed"),
        Arguments.of(unable(new Refusal.MemberMerged("n")), 409, "member_merged"),
        Arguments.of(new Refusal.PoolNotFound(), 404, "pool_not_found"),
        Arguments.of(new Refusal.NotInPool("m"), 409, "not_in_pool"),
        Arguments.of(new Refusal.KeyReused(), 422, "idempotency_key_reused"),
        Arguments.of(new Refusal.TooManyReservations(), 409, "too_much_set_aside"),
        Arguments.of(new Refusal.LimitReached("fast"), 409, "limit_reached"),
        Arguments.of(new Refusal.UnderReview(List.of("fast")), 409, "under_review"),
        Arguments.of(new Refusal.HoldNotFound(), 404, "hold_not_found"),
        Arguments.of(new Refusal.HoldEnded(End.CAPTURED), 409, "hold_already_captured"),
        Arguments.of(new Refusal.HoldEnded(End.RELEASED), 409, "hold_already_released"),
        Arguments.of(new Refusal.HoldEnded(End.RAN_OUT), 409, "hold_expired"),
        Arguments.of(new Refusal.CaptureExceedsHold(7, 0), 409, "capture_exceeds_hold"),
        Arguments.of(new Refusal.PendingNotFound(), 404, "pending_not_found"),
        Arguments.of(new Refusal.PendingEnded(End.CANCELLED), 409, "pending_already_ended"),
        Arguments.of(new Refusal.UnknownCurrency("coins"), 422, "unknown_currency"),
        Arguments.of(new Refusal.UnknownTier("tin"), 422, "unknown_tier"),
        Arguments.of(new Refusal.TierEndPassed(), 422, "tier_end_passed"),
        Arguments.of(new Refusal.TierNotGiven("gold"), 409, "tier_not_given"),
        Arguments.of(new Refusal.TierNotForSale("gold"), 409, "tier_not_for_sale"),
        Arguments.of(new Refusal.TierNotHigher("gold"), 409, "tier_not_higher"),
        Arguments.of(new Refusal.PriceChanged(7), 409, "price_changed"),
        Arguments.of(new Refusal.NoExchangeRate(), 409, "no_exchange_rate"),
        Arguments.of(new Refusal.ExchangeNotWhole(10), 409, "exchange_not_whole"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void gives_each_refusal_a_problem_of_the_contract(Refusal refusal, int status, String code) {
    Problem problem = RefusalProblem.of(refusal);

    assertThat(problem.status()).isEqualTo(status);
    assertThat(problem.code().label()).isEqualTo(code);
    assertThat(codesOf(CONTRACT, status)).contains(code);
  }

  @Test
  void leaves_no_refusal_out() {
    assertThat(refusals().map(it -> (Object) it.get()[0].getClass()).distinct())
        .containsExactlyInAnyOrder((Object[]) Refusal.class.getPermittedSubclasses());
  }

  @Test
  void has_no_problem_that_no_refusal_is() {
    assertThat(refusals().map(it -> RefusalProblem.of((Refusal) it.get()[0]).code()))
        .contains(RefusalProblem.values());
  }

  /** A parked refund stores the kind of the refusal that it ended with. */
  @ParameterizedTest
  @MethodSource("refusals")
  void finds_the_problem_by_the_stored_kind(Refusal refusal) {
    assumeThat(refusal).isNotInstanceOf(Refusal.ReceiverUnable.class); // no refund is refused so
    assertThat(RefusalProblem.ofKind(refusal.kind().name()).status())
        .isEqualTo(RefusalProblem.of(refusal).status());
  }

  private static Refusal unable(Refusal why) {
    return new Refusal.ReceiverUnable("m", why);
  }

  private static Entry entry() {
    Instant now = Instant.parse("2026-11-22T10:00:00Z");
    var member = new MemberKey("default", "m");
    Origin origin = Origin.sale("S1", null, "order-1");
    return new Entry(
        member,
        1,
        Entry.Kind.ACCRUAL,
        7,
        7,
        List.of(),
        Collections.emptySortedMap(),
        null,
        origin,
        700L,
        List.of(),
        null,
        null,
        null,
        null,
        now,
        now);
  }

  /** The codes that the contract lists for any answer of this status. */
  private static Set<String> codesOf(JsonObject contract, int status) {
    var codes = new TreeSet<String>();
    JsonObject shared = contract.getJsonObject("components").getJsonObject("responses");
    collect(contract.getJsonObject("paths"), Integer.toString(status), shared, codes);
    return codes;
  }

  private static void collect(
      @Nullable Object value, String status, JsonObject shared, Set<String> codes) {
    if (value instanceof JsonObject object) {
      if (object.getValue(status) instanceof JsonObject answer) {
        String ref = answer.getString("$ref", "/");
        answer = shared.getJsonObject(ref.substring(ref.lastIndexOf('/') + 1), answer);
        answer.getJsonArray("x-problem-codes", new JsonArray()).forEach(it -> codes.add("" + it));
      }
      object.forEach(field -> collect(field.getValue(), status, shared, codes));
    }
  }
}
