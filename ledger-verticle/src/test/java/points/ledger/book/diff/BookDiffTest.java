package points.ledger.book.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.ledger.book.check.Words;

class BookDiffTest {

  private static final Currency CNY = Currency.getInstance("CNY");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /promotions/0/multiply | "3" | 活动「weekend」：倍数 2 倍 → 3 倍 | Promotion weekend: multiplies by 3, before 2
          /base/points | 2 | 基础比例：积分 1 → 2 | Base ratio: points 2, before 1
          /base/perAmount | 250 | 基础比例：每消费 1.00 → 2.50 | Base ratio: for each 2.50, before 1.00
          /base/per | "fullStep" | 基础比例：计算 按比例 → 按整额 | Base ratio: reckoned for full steps, before pro rata
          /title | "New Year" | 标题 December → New Year | title New Year, before December
          /sets/leaders/products | ["P9", "P10"] | 集合「leaders」：商品编号 增加 P10 | Set leaders: products added P10
          /sets/spare | {"tags": ["x"]} | 集合「spare」：新增：标签 x | Set spare: added: tags x
          /brackets/steps/1/points | 4 | 消费分段：第 2 级：积分 3 → 4 | Brackets, Step 2: points 4, before 3
          /tierFactors/gold | "1.6" | 等级 gold 的系数：1.5 倍 → 1.6 倍 | Factor of tier gold: 1.6, before 1.5
          /tierFactors/jade | "3" | 等级 jade 的系数：新增：3 倍 | Factor of tier jade: added: 3
          /stacking/combine | "best" | 叠加：倍数叠加 相加 → 取最高 | Stacking: multipliers the highest counts, before add up
          /stacking/groups/1/choose | "best" | 互斥组「goods」：取舍 按优先级 → 取最多 | Group goods: choice the one that gives most, before the one of the highest priority
          /promotions/0/when/weekdays | ["sun", "mon"] | 活动「weekend」：星期 增加 周一；去掉 周六 | Promotion weekend: weekdays added Monday; removed Saturday
          /promotions/0/when/minimum/amount | 20000 | 活动「weekend」：最低要求金额 300.00 → 200.00 | Promotion weekend: minimum amount 200.00, before 300.00
          /promotions/0/when/not/goods | {"tags": ["x"]} | 活动「weekend」：排除商品 leaders → 标签 x | Promotion weekend: except goods tags x, before leaders
          /promotions/0/cap/perMember/day | 900 | 活动「weekend」：上限每会员每天 1000 → 900 | Promotion weekend: cap per member per day 900, before 1000
          /promotions/2/when/firstPurchase | false | 活动「first」：仅限首单 是 → 否 | Promotion first: first order only no, before yes
          /promotions/4/priority | 7 | 活动「big」：优先级 0 → 7 | Promotion big: priority 7, before 0
          /promotions/4/when/channels | ["web"] | 活动「big」：渠道 新增：网店 | Promotion big: channels added: web shop
          /caps/perOrder | 4000 | 总上限：每单 5000 → 4000 | Caps of the book: per order 4000, before 5000
          /rounding/carry | true | 取整：余数结转 否 → 是 | Rounding: carry of remainders yes, before no
          /growth/rules/1/fixed | 20 | 成长值规则「visit」：固定积分 10 → 20 | Growth rule visit: fixed points 20, before 10
          /tiers/levels/1/from | 2000 | 等级「gold」：起 1000 → 2000 | Tier gold: from 2000, before 1000
          /tiers/measure/account | "spend" | 会员等级：计量 成长值 → 消费金额 | Tiers: measured spend, before growth
          /tiers/onRefund | "immediate" | 会员等级：退款后 考核时 → 立即 | Tiers: after a refund at once, before at the review
          /examples/0/points | 901 | 算例「Gold on Saturday」：积分 900 → 901 | Example Gold on Saturday: points 901, before 900
          """)
  void a_change_is_said_at_its_field_in_both_languages(
      String pointer, String value, String zh, String en) throws IOException {
    JsonObject to = example();
    put(to, pointer, value);

    BookDiff diff = BookDiff.between(example(), to, CNY);

    assertThat(diff.total()).isEqualTo(1);
    assertThat(diff.changes().get(0).pointer()).isEqualTo(pointer);
    assertThat(diff.changes().get(0).words()).isEqualTo(new Words(zh, en));
  }

  @Test
  void rules_that_come_and_go_are_said_whole() throws IOException {
    JsonObject to = example();
    to.getJsonArray("promotions").remove(1);
    to.getJsonArray("ratios")
        .add(
            new JsonObject(
                "{\"id\": \"c\", \"for\": {\"tags\": [\"new\"]}, \"points\": 3, \"perAmount\":"
                    + " 100}"));

    List<Change> changes = BookDiff.between(example(), to, CNY).changes();

    assertThat(changes)
        .extracting(Change::kind)
        .containsExactly(Change.Kind.ADDED, Change.Kind.REMOVED);
    assertThat(changes).extracting(Change::pointer).containsExactly("/ratios/3", "/promotions/1");
    assertThat(changes)
        .extracting(Change::words)
        .containsExactly(
            new Words(
                "比例「c」：新增：适用商品 标签 new、积分 3、每消费 1.00",
                "Ratio c: added: goods tags new, points 3, for each 1.00"),
            new Words(
                "活动「milk」：取消（原为 互斥组 goods、适用商品 品类 food/milk、每件积分 5、每单计件上限 10）",
                "Promotion milk: removed, before group goods, goods categories food/milk, points"
                    + " for each unit 5, units in an order at most 10"));
  }

  @Test
  void what_means_the_same_is_no_difference() throws IOException {
    JsonObject to = example();
    to.put("ruleBookId", "another");
    put(to, "/promotions/0/multiply", "\"2.0\"");
    put(to, "/tierFactors/gold", "\"1.50\"");
    put(to, "/promotions/0/when/from", "\"2026-11-30T16:00:00Z\"");
    put(to, "/promotions/0/when/holdOut", "\"10.00%\"");
    put(to, "/promotions/0/when/weekdays", "[\"sun\", \"sat\"]");
    put(to, "/promotions/0/cap/unit", "\"points\"");
    put(to, "/promotions/4/priority", "0");
    put(to, "/promotions/4/when/minimum/measured", "\"current\"");
    put(to, "/base/per", "\"proRata\"");
    put(to, "/examples/0/order/lines/0/lineId", "\"9\"");
    to.remove("rounding");
    to.getJsonObject("tiers").remove("up");
    to.getJsonObject("tiers").remove("down");
    put(to, "/tiers/levels/0/neverFalls", "false");
    to.getJsonObject("stacking").remove("combine");
    Collections.reverse(to.getJsonArray("promotions").getList());
    Collections.reverse(to.getJsonObject("stacking").getJsonArray("groups").getList());

    assertThat(BookDiff.between(example(), to, CNY).changes()).isEmpty();
    assertThat(BookDiff.between(to, example(), CNY).changes()).isEmpty();
  }

  @Test
  void another_order_of_ratios_is_a_difference_because_the_first_of_equals_counts()
      throws IOException {
    JsonObject to = example();
    Collections.reverse(to.getJsonArray("ratios").getList());

    assertThat(BookDiff.between(example(), to, CNY).changes())
        .extracting(Change::pointer)
        .containsExactly("/ratios");
  }

  @Test
  void another_number_of_steps_is_one_difference() throws IOException {
    JsonObject to = example();
    to.getJsonObject("brackets").getJsonArray("steps").remove(0);

    assertThat(BookDiff.between(example(), to, CNY).changes())
        .extracting(it -> it.words().en())
        .containsExactly(
            "Brackets: steps up to 5000.00, points 3, for each 2.00, points 2, for each 1.00,"
                + " before up to 1000.00, points 1, for each 1.00, up to 5000.00, points 3, for"
                + " each 2.00, points 2, for each 1.00");
  }

  @Test
  void a_long_list_of_names_and_a_long_list_of_changes_are_cut() throws IOException {
    JsonObject to = example();
    var products = new JsonArray();
    for (int i = 0; i < 2_000; i++) {
      products.add("P" + i);
      to.getJsonObject("tierFactors").put("tier" + i, "2");
    }
    to.getJsonObject("sets").getJsonObject("leaders").put("products", products);

    BookDiff diff = BookDiff.between(example(), to, CNY);

    assertThat(diff.changes()).hasSize(BookDiff.CHANGES_MAX);
    assertThat(diff.total()).isEqualTo(2_001);
    assertThat(diff.changes().get(0).words().en())
        .isEqualTo(
            "Set leaders: products added P0, P1, P2, P3, P4, P5, P6, P7, P8, P10, and 1989 more");
  }

  /** Every field of the example, one after the other. */
  @Test
  void any_one_change_is_one_difference_at_its_field() throws IOException {
    var random = new Random(3);
    List<String> leaves = new ArrayList<>();
    collect(example(), "", leaves);
    leaves.removeIf(it -> it.equals("/ruleBookId") || it.endsWith("/lineId"));
    assertThat(leaves).hasSizeGreaterThan(90);
    for (String leaf : leaves) {
      JsonObject to = example();
      Object value = Objects.requireNonNull(JsonPointer.from(leaf).queryJson(to));
      put(to, leaf, other(value, random));

      boolean key =
          leaf.matches(
              "/(ratios|promotions|budgets|examples|stacking/groups|growth/rules|tiers/levels)/\\d+/(id|title)");
      List<Change> changes = BookDiff.between(example(), to, CNY).changes();
      String rule = leaf.substring(0, leaf.lastIndexOf('/'));
      assertThat(changes)
          .as(leaf)
          .extracting(Change::pointer)
          .isEqualTo(key ? List.of(rule, rule) : List.of(setOf(leaf)));
      assertThat(changes).allMatch(it -> !it.words().zh().isBlank() && !it.words().en().isBlank());
      assertThat(BookDiff.between(to, to, CNY).total()).isZero();
    }
  }

  /** A name in a list is a difference of the list; so are the hours. */
  private static String setOf(String leaf) {
    return leaf.replaceFirst("/\\d+$", "").replaceFirst("/(hours|benefits)/\\d+/.*$", "/$1");
  }

  private static String other(Object value, Random random) {
    if (value instanceof Number number) {
      return String.valueOf(number.longValue() + 1 + random.nextInt(9));
    }
    if (value instanceof Boolean flag) {
      return String.valueOf(!flag);
    }
    String text = String.valueOf(value);
    return text.matches("[0-9.]+") ? "\"" + text + "7\"" : "\"x" + random.nextInt(9) + "\"";
  }

  private static void collect(Object value, String pointer, List<String> leaves) {
    if (value instanceof JsonObject object) {
      for (Map.Entry<String, Object> field : object) {
        collect(field.getValue(), pointer + "/" + field.getKey(), leaves);
      }
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        collect(array.getValue(i), pointer + "/" + i, leaves);
      }
    } else {
      leaves.add(pointer);
    }
  }

  /** Puts a value there, in the place of the one that is there. */
  private static void put(JsonObject json, String pointer, String value) {
    Object it = new JsonArray("[" + value + "]").getValue(0);
    int end = pointer.lastIndexOf('/');
    Object parent = JsonPointer.from(pointer.substring(0, end)).queryJson(json);
    if (parent instanceof JsonArray array) {
      array.set(Integer.parseInt(pointer.substring(end + 1)), it);
    } else {
      JsonPointer.from(pointer).writeJson(json, it, true);
    }
  }

  private static JsonObject example() throws IOException {
    return new JsonObject(Files.readString(Path.of("../docs/examples/rule-book.json")));
  }
}
