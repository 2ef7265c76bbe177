package points.ledger.store.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.ledger.abuse.RecentOrders;
import points.ledger.account.Account;
import points.ledger.account.Accounts;
import points.ledger.account.Lots;
import points.ledger.account.Movement;
import points.ledger.award.Award;
import points.ledger.award.Awarded;
import points.ledger.award.Awarded.CappedRule;
import points.ledger.award.Awarded.NamedRule;
import points.ledger.award.Awarded.PaidRule;
import points.ledger.award.CapUses;
import points.ledger.award.Cut;
import points.ledger.award.EarningFacts;
import points.ledger.award.FactsChange;
import points.ledger.award.Reason;
import points.ledger.book.CapsReturn;
import points.ledger.model.Detail;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Origin;
import points.ledger.model.Status;
import points.ledger.rules.Fraction;
import points.ledger.tier.TierChange;
import points.ledger.tier.TierFacts;
import points.ledger.wire.Samples;

/** JSON as the tables hold it: what was written once is read, and written again as it was. */
class StoredJsonTest {

  private static final MemberKey MEMBER = new MemberKey("default", "M-1");

  @Test
  void fields_of_entries_are_read_and_written_as_kept() throws IOException {
    for (String[] kept : kept("entry")) {
      Entry entry = entry(Entry.Kind.valueOf(kept[1]), new JsonObject(kept[2]));
      assertThat(Objects.requireNonNull(ExtraJson.of(entry)).encode()).isEqualTo(kept[2]);
    }
  }

  @Test
  void a_detail_of_every_type_is_among_those_kept() throws IOException {
    Stream<Detail> details =
        kept("entry").stream()
            .map(it -> entry(Entry.Kind.valueOf(it[1]), new JsonObject(it[2])).detail())
            .filter(Objects::nonNull);
    assertThat(details.map(Detail::getClass))
        .containsAll(Samples.ofEach(Detail.class, 1).map(Detail::getClass).toList());
  }

  @Test
  void fields_of_states_are_read_and_written_as_kept() throws IOException {
    for (String[] kept : kept("state")) {
      MemberState state = state(new JsonObject(kept[2]));
      assertThat(Objects.requireNonNull(ExtraJson.of(state)).encode()).isEqualTo(kept[2]);
    }
  }

  @Test
  void lines_are_read_and_written_as_they_were_kept() throws IOException {
    for (String[] kept : kept("lines")) {
      assertThat(LinesJson.write(LinesJson.read(new JsonArray(kept[2])))).isEqualTo(kept[2]);
    }
  }

  @Test
  void every_detail_is_read_as_it_was_written() {
    Samples.ofEach(Detail.class, 100)
        .filter(it -> !isOfStoreWithoutOrder(it))
        .forEach(
            detail -> {
              JsonObject json = throughText(DetailJson.write(detail));
              assertThat(Arrays.stream(Entry.Kind.values()).map(kind -> read(kind, json)))
                  .as(json.encode())
                  .contains(detail);
            });
  }

  /** A store is known by its order, so it is kept with one only. */
  private static boolean isOfStoreWithoutOrder(Detail detail) {
    return detail instanceof Detail.Counterpart other
        && other.storeId() != null
        && other.orderId() == null;
  }

  @Test
  void every_movement_is_read_as_it_was_written() {
    for (int seed = 0; seed < 200; seed++) {
      Entry sample = Samples.of(Entry.class, seed);
      List<Movement> others = sample.movements().stream().filter(it -> !it.isPlain()).toList();
      JsonObject extra = ExtraJson.of(sample);
      JsonObject read = extra == null ? null : throughText(extra);
      assertThat(ExtraJson.movements(sample.lots(), read)).containsAll(others);
      assertThat(ExtraJson.balances(read)).isEqualTo(sample.balances());
      assertThat(ExtraJson.metadata(read)).isEqualTo(sample.origin().metadata());
    }
  }

  @Test
  void every_state_is_read_as_it_was_written() {
    for (int seed = 0; seed < 200; seed++) {
      MemberState sample = Samples.of(MemberState.class, seed);
      JsonObject extra = ExtraJson.of(sample);
      MemberState read = state(extra == null ? new JsonObject() : throughText(extra));
      assertThat(read.accounts().others()).isEqualTo(sample.accounts().others());
      assertThat(read.reserves()).isEqualTo(sample.reserves());
      assertThat(read.mergedInto()).isEqualTo(sample.mergedInto());
    }
  }

  @Test
  void awards_are_read_as_they_were_written() {
    for (int seed = 0; seed < 200; seed++) {
      Awarded sample = Samples.of(Awarded.class, seed);
      Awarded read = AwardedJson.read(AwardedJson.write(sample), null);
      assertThat(read)
          .usingRecursiveComparison()
          .ignoringFields(sample.capped().isEmpty() ? "capsReturn" : "none") // nothing to return
          .isEqualTo(sample);
    }
    assertThat(AwardedJson.write(null)).isNull();
    assertThat(AwardedJson.read(null, null)).isNull();
  }

  /** Entries are never changed, so those that have them in {@code extra} are read for ever. */
  @Test
  void awards_are_read_as_early_builds_kept_them() {
    String kept =
        """
        {"publication":3,"ruleBookId":"autumn","timeZone":"Asia/Shanghai","awards":[[0,0,12],[7,0,24],[7,1,5]],\
        "cuts":[[7,"CAP",10]],"rules":[[0,"base"],[7,"p7"]],"paid":[[7,"hot",""]],"capped":[[7,"p7",false]],\
        "capsReturn":"NEVER"}\
        """;
    Awarded awarded = AwardedJson.read(null, new JsonObject().put("awarded", new JsonObject(kept)));

    assertThat(AwardedJson.write(awarded)).isEqualTo(kept);
    assertThat(awarded)
        .isEqualTo(
            new Awarded(
                3,
                "autumn",
                "Asia/Shanghai",
                List.of(new Award(0, 0, 12), new Award(7, 0, 24), new Award(7, 1, 5)),
                List.of(new Cut(7, Reason.CAP, 10)),
                List.of(new NamedRule(0, "base"), new NamedRule(7, "p7")),
                List.of(new CappedRule(7, "p7", false)),
                CapsReturn.NEVER,
                List.of(new PaidRule(7, "hot", "")),
                List.of(),
                Set.of()));
  }

  @Test
  void every_tier_is_read_as_it_was_written() {
    for (int seed = 0; seed < 200; seed++) {
      var sold =
          new FactsChange(false, Fraction.ZERO, List.of(), Samples.of(TierChange.class, seed))
              .remembering(Samples.of(RecentOrders.class, seed).all());
      JsonObject change = ExtraJson.of(entry(Entry.Kind.ACCRUAL, new JsonObject(), sold));
      assertThat(ExtraJson.factsChange(change == null ? null : throughText(change)))
          .isEqualTo(sold.isNone() ? null : sold);

      TierFacts sample = Samples.of(TierFacts.class, seed);
      RecentOrders recent = Samples.of(RecentOrders.class, seed);
      var facts =
          new EarningFacts(
              true, Fraction.ZERO, CapUses.NONE, sample, recent.all().isEmpty() ? null : recent);
      JsonObject extra = ExtraJson.of(state(new JsonObject(), facts));
      EarningFacts read = ExtraJson.facts(true, extra == null ? null : throughText(extra));
      assertThat(read.tier()).isEqualTo(sample);
      assertThat(read.recent()).isEqualTo(recent);
    }
  }

  @Test
  void every_line_is_read_as_it_was_written() {
    for (int seed = 0; seed < 100; seed++) {
      List<EarnedLine> sample = List.of(Samples.of(EarnedLine.class, seed));
      String kept = Objects.requireNonNull(LinesJson.write(sample));
      assertThat(LinesJson.read(new JsonArray(kept))).isEqualTo(sample);
    }
  }

  private static @Nullable Detail read(Entry.Kind kind, JsonObject detail) {
    try {
      return DetailJson.read(kind, new JsonObject().put("detail", detail));
    } catch (RuntimeException e) {
      return null; // that of another kind
    }
  }

  private static JsonObject throughText(JsonObject json) {
    return new JsonObject(json.encode());
  }

  private static Entry entry(Entry.Kind kind, JsonObject extra) {
    return entry(kind, extra, ExtraJson.factsChange(extra));
  }

  private static Entry entry(Entry.Kind kind, JsonObject extra, @Nullable FactsChange change) {
    return new Entry(
        MEMBER,
        1,
        kind,
        0,
        0,
        ExtraJson.movements(List.of(), extra),
        ExtraJson.balances(extra),
        null,
        Origin.NONE.with(ExtraJson.metadata(extra)),
        null,
        List.of(),
        null,
        DetailJson.read(kind, extra),
        AwardedJson.read(null, extra),
        change,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  private static MemberState state(JsonObject extra) {
    return state(extra, ExtraJson.facts(false, extra));
  }

  private static MemberState state(JsonObject extra, EarningFacts facts) {
    Accounts accounts = ExtraJson.accounts(Lots.NONE, Account.EMPTY.debt(), extra);
    return new MemberState(
        Status.ACTIVE,
        1,
        0,
        0,
        accounts,
        ExtraJson.reserves(extra),
        ExtraJson.mergedInto(extra),
        facts);
  }

  private static List<String[]> kept(String what) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(StoredJsonTest.class.getResourceAsStream("stored-1.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" ", 3))
          .filter(it -> it[0].equals(what))
          .toList();
    }
  }
}
