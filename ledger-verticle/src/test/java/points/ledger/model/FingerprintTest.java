package points.ledger.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import points.ledger.account.Accounts;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Command.Adjust;
import points.ledger.command.Command.Deduct;
import points.ledger.command.Command.Give;
import points.ledger.command.MembershipCommand.ChangeStatus;
import points.ledger.command.OrderCommand;
import points.ledger.command.SaleTerms;
import points.ledger.command.StoreFacts;
import points.ledger.command.TierCommand;
import points.ledger.command.TransferCommand.Send;
import points.ledger.model.Origin.Channel;

class FingerprintTest {

  private static final MemberKey MEMBER = new MemberKey("p", "m");
  private static final Instant PAID = Instant.parse("2026-11-22T10:00:00.000000001Z");
  private static final Line LINE = new Line("l", "x", null, 1, 100);

  @Test
  void is_the_same_for_the_same_content_under_any_key() {
    Origin order = Origin.sale("s", "t", "o");
    assertThat(Accrue.of(MEMBER, "key 1", order, PAID, 100, List.of(LINE)).request().fingerprint())
        .isEqualTo(
            Accrue.of(MEMBER, "key 2", order, PAID, 100, List.of(LINE)).request().fingerprint());
  }

  @Test
  void is_the_same_on_every_node_and_in_every_version() {
    assertThat(Fingerprint.of("kind").and("é").and((String) null).and(7L).and(PAID).toUuid())
        .isEqualTo(UUID.fromString("54652065-b68d-52c8-6912-78a1cdfde8a9"));
  }

  @Test
  void differs_when_anything_of_an_accrual_differs() {
    assertAllDiffer(
        accrual(MEMBER, Origin.sale("s", "t", "o"), PAID, 100),
        accrual(new MemberKey("q", "m"), Origin.sale("s", "t", "o"), PAID, 100),
        accrual(new MemberKey("p", "n"), Origin.sale("s", "t", "o"), PAID, 100),
        accrual(new MemberKey("pm", ""), Origin.sale("s", "t", "o"), PAID, 100),
        accrual(MEMBER, Origin.sale("s2", "t", "o"), PAID, 100),
        accrual(MEMBER, Origin.sale("s", "t2", "o"), PAID, 100),
        accrual(MEMBER, Origin.sale("s", null, "o"), PAID, 100),
        accrual(MEMBER, Origin.sale("s", "", "o"), PAID, 100),
        accrual(MEMBER, Origin.sale("s", "t", "o2"), PAID, 100),
        accrual(MEMBER, Origin.sale("st", "", "o"), PAID, 100),
        accrual(MEMBER, Origin.sale("s", "t", "o").with(Map.of("a", "b")), PAID, 100),
        accrual(MEMBER, Origin.sale("s", "t", "o").with(Map.of("a", "c")), PAID, 100),
        accrual(MEMBER, Origin.sale("s", "t", "o").with(Map.of("b", "b")), PAID, 100),
        accrual(MEMBER, Origin.sale("s", "to", ""), PAID, 100),
        accrual(MEMBER, Origin.sale("s", "t", "o"), PAID.plusNanos(1), 100),
        accrual(MEMBER, Origin.sale("s", "t", "o"), PAID.plusSeconds(1), 100),
        accrual(MEMBER, Origin.sale("s", "t", "o"), PAID, 101));
  }

  @Test
  void differs_when_anything_of_the_lines_differs() {
    assertAllDiffer(
        lines(),
        lines(LINE),
        lines(LINE, LINE),
        lines(new Line("l2", "x", null, 1, 100)),
        lines(new Line("l", "x2", null, 1, 100)),
        lines(new Line("lx", "", null, 1, 100)),
        lines(new Line("l", "x", "", 1, 100)),
        lines(new Line("l", "x", "c", 1, 100)),
        lines(new Line("l", "x", null, 2, 100)),
        lines(new Line("l", "x", null, 1, 101)),
        lines(new Line("l", "x", null, 100, 1)));
  }

  @Test
  void is_the_same_whatever_is_set_up_of_goods_and_store() {
    Accrue asked = Accrue.of(MEMBER, "k", Origin.sale("s", "t", "o"), PAID, 100, List.of(LINE));
    var line = new Line("l", "x", "c", 1, 100, "B", Set.of("new"));
    Accrue found = asked.with(List.of(line), new StoreFacts(Set.of("east"), "Asia/Urumqi"));
    assertThat(found.request()).isEqualTo(asked.request());
    assertThat(found).isNotEqualTo(asked);
  }

  @Test
  void differs_between_the_kinds_of_commands() {
    Origin none = Origin.NONE;
    assertAllDiffer(
        Deduct.of(MEMBER, "k", none, 5),
        Deduct.of(MEMBER, "k", none, 6),
        Deduct.of(MEMBER, "k", Origin.till("s", null, null, "r"), 5),
        Deduct.of(MEMBER, "k", Origin.till("s", null, null, "r2"), 5),
        Adjust.of(MEMBER, "k", none, 5),
        Adjust.of(MEMBER, "k", none, -5),
        Adjust.of(MEMBER, "k", Origin.office("o", "r"), 5),
        Adjust.of(MEMBER, "k", Origin.office("or", ""), 5),
        Give.of(MEMBER, "k", none, 5, null),
        Give.of(MEMBER, "k", none, 5, PAID),
        TierCommand.Grant.of(MEMBER, "k", none, "gold", null, null),
        TierCommand.Grant.of(MEMBER, "k", none, "black", null, null),
        TierCommand.Grant.of(MEMBER, "k", none, "gold", PAID, null),
        TierCommand.Grant.of(MEMBER, "k", none, "gold", null, "P1M"),
        TierCommand.Withdraw.of(MEMBER, "k", none, "gold"),
        TierCommand.Buy.of(MEMBER, "k", none, "gold", null),
        TierCommand.Buy.of(MEMBER, "k", none, "gold", 5L),
        TierCommand.Buy.of(MEMBER, "k", none, "gold", 6L),
        ChangeStatus.of(MEMBER, "k", none, Status.FROZEN),
        ChangeStatus.of(MEMBER, "k", none, Status.ACTIVE));
  }

  /** A retry of a call that a node took before there was {@link Origin#onBehalfOf}. */
  @Test
  void is_the_same_whether_a_member_or_an_operator_acts() {
    Origin till = Origin.till("s", "t", "o", "r").with(Map.of("a", "b"));
    var asBefore = new Origin("s", "t", "o", "son", "r").with(till.metadata());
    assertThat(Deduct.of(MEMBER, "k", till.actingFor("son"), 5).request().fingerprint())
        .isEqualTo(Deduct.of(MEMBER, "k", asBefore, 5).request().fingerprint())
        .isEqualTo(UUID.fromString("4c3b6863-7e64-225c-30b4-f316726ebc93"));
    assertThat(send(Origin.sharer("son", "contribution")).request().fingerprint())
        .isEqualTo(send(Origin.office("son", "contribution")).request().fingerprint())
        .isEqualTo(UUID.fromString("2ea702ec-655f-5a63-f0e4-0f7eabc30ed8"));
  }

  @Test
  void covers_channel_and_cashier_and_not_the_caller() {
    Origin sale = Origin.sale("s", "t", "o");
    assertAllDiffer(
        Deduct.of(MEMBER, "k", sale, 5),
        Deduct.of(MEMBER, "k", sale.soldBy(Channel.TILL, null), 5),
        Deduct.of(MEMBER, "k", sale.soldBy(Channel.WEB, null), 5),
        Deduct.of(MEMBER, "k", sale.soldBy(null, "TILL"), 5),
        Deduct.of(MEMBER, "k", sale.soldBy(Channel.TILL, "c"), 5));
    assertThat(refundPrint(sale.soldBy(Channel.TILL, null))).isNotEqualTo(refundPrint(sale));
    assertThat(refundPrint(sale.soldBy(null, "c"))).isNotEqualTo(refundPrint(sale));
    var caller = new Actor(Actor.Kind.KEY, "key_1", "192.0.2.7", "r-1");
    assertThat(Deduct.of(MEMBER, "k", sale.sentBy(caller), 5).request())
        .isEqualTo(Deduct.of(MEMBER, "k", sale, 5).request());
  }

  private static UUID refundPrint(Origin origin) {
    return OrderCommand.Refund.fingerprint("p", origin, "r", List.of(), null);
  }

  @Test
  void differs_between_an_operator_alone_and_an_operator_acting_for_a_member() {
    assertAllDiffer(
        send(Origin.office("o", "r")),
        send(Origin.sharer("m", "r")),
        send(Origin.office("o", "r").actingFor("m")),
        send(Origin.office("o", "r").actingFor("n")));
  }

  private static Send send(Origin origin) {
    return Send.of(MEMBER, "k", origin, "pool", 5);
  }

  @Test
  void does_not_let_fields_run_together() {
    Map<UUID, String> prints = new HashMap<>();
    Map<String, Fingerprint> contents =
        Map.of(
            "a|bc", Fingerprint.of("k").and("a").and("bc"),
            "ab|c", Fingerprint.of("k").and("ab").and("c"),
            "abc|", Fingerprint.of("k").and("abc").and(""),
            "|abc", Fingerprint.of("k").and("").and("abc"),
            "abc", Fingerprint.of("k").and("abc"),
            "abc|null", Fingerprint.of("k").and("abc").and((String) null),
            "null|abc", Fingerprint.of("k").and((String) null).and("abc"),
            "ka|bc", Fingerprint.of("ka").and("bc"));
    contents.forEach((content, print) -> prints.put(print.toUuid(), content));
    assertThat(prints).hasSize(contents.size());
  }

  private static Accrue accrual(MemberKey member, Origin origin, Instant paid, long amount) {
    return Accrue.of(member, "k", origin, paid, amount, List.of());
  }

  private static Accrue lines(Line... lines) {
    return Accrue.of(MEMBER, "k", Origin.sale("s", "t", "o"), PAID, 100, List.of(lines));
  }

  private static void assertAllDiffer(Command... commands) {
    assertThat(commands)
        .extracting(command -> command.request().fingerprint())
        .doesNotHaveDuplicates();
  }

  @Test
  void differs_when_anything_of_the_terms_differs() {
    assertAllDiffer(
        terms(SaleTerms.NONE),
        terms(new SaleTerms(1, 0, false, null)),
        terms(new SaleTerms(0, 1, false, null)),
        terms(new SaleTerms(0, 0, true, null)),
        terms(new SaleTerms(0, 0, true, PAID)),
        terms(new SaleTerms(0, 0, true, PAID, true)),
        terms(new SaleTerms(0, 0, true, PAID.plusNanos(1))));
  }

  /** What was sent before there were terms, or other accounts, has the fingerprint it had. */
  @Test
  void is_the_same_without_terms_and_with_none_and_of_the_first_account() {
    assertThat(terms(SaleTerms.NONE).request().fingerprint())
        .isEqualTo(lines().request().fingerprint());
    assertThat(Deduct.of(MEMBER, "k", Origin.NONE, Accounts.POINTS, 5).request().fingerprint())
        .isEqualTo(Deduct.of(MEMBER, "k", Origin.NONE, 5).request().fingerprint())
        .isNotEqualTo(Deduct.of(MEMBER, "k", Origin.NONE, "stars", 5).request().fingerprint());
    assertThat(Fingerprint.of("k").andUnlessFirst(Accounts.POINTS).toUuid())
        .isEqualTo(Fingerprint.of("k").toUuid());
  }

  private static Accrue terms(SaleTerms terms) {
    return Accrue.of(MEMBER, "k", Origin.sale("s", "t", "o"), PAID, 100, List.of(), terms);
  }
}
