package points.ledger.book.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Limits;
import points.ledger.award.LineFacts;
import points.ledger.award.MemberFacts;
import points.ledger.award.OrderFacts;
import points.ledger.award.Usage;
import points.ledger.book.Condition;
import points.ledger.book.RuleBook;
import points.ledger.book.check.WorkedExample;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.rules.Fraction;

/** Reads the worked examples of a book. */
final class ExampleReader {

  private static final long QUANTITY_MAX = 1_000_000;

  private final RuleBook book;
  private final Set<String> titles = new HashSet<>();

  private ExampleReader(RuleBook book) {
    this.book = book;
  }

  /**
   * Reads the field {@code examples}; errors are noted at their fields.
   *
   * @param read the book's rules
   */
  static List<WorkedExample> read(JsonFields document, RuleBook read) {
    var reader = new ExampleReader(read);
    var examples = new ArrayList<WorkedExample>();
    for (JsonFields it : document.objects("examples", WorkedExample.EXAMPLES_MAX)) {
      examples.add(reader.example(it));
      it.end();
    }
    return List.copyOf(examples);
  }

  private WorkedExample example(JsonFields it) {
    String title = it.readable("title", Formats.NAME_LENGTH_MAX);
    if (!titles.add(title)) {
      it.wrong("title", FieldFault.EXAMPLE_TWICE);
    }
    Instant at = it.time("at", ConditionReader.FIRST, ConditionReader.LAST);
    JsonFields who = it.optionalObject("member");
    MemberFacts member = who == null ? MemberFacts.of("") : member(who);
    boolean heldOut = who != null && flag(who, "heldOut");
    if (who != null) {
      who.end();
    }
    OrderFacts order = order(it, at);
    return new WorkedExample(
        title, order, member, heldOut, it.integer("points", 0, Limits.POINTS_MAX));
  }

  private static boolean flag(JsonFields parent, String field) {
    return parent.has(field) && parent.flag(field);
  }

  private MemberFacts member(JsonFields it) {
    Set<String> tiers = book.tierIds();
    String tier =
        it.has("tier")
            ? it.known("tier", tiers::contains, FieldFault.ONE_OF, String.join(", ", tiers))
            : null;
    return new MemberFacts(
        "",
        tier,
        flag(it, "firstPurchase"),
        birthday(it),
        NamedSets.texts(it, "groups"),
        Fraction.ZERO,
        Usage.NONE);
  }

  private static @Nullable MonthDay birthday(JsonFields it) {
    return it.has("birthday")
        ? monthDay(it.known("birthday", day -> monthDay(day) != null, FieldFault.DAY_OF_YEAR))
        : null;
  }

  private static @Nullable MonthDay monthDay(String text) {
    try {
      return MonthDay.parse("--" + text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** An example without a store is in one that no rule names. */
  private OrderFacts order(JsonFields example, Instant at) {
    String storeId = "";
    Set<String> tags = Set.of();
    ZoneId zone = book.timeZone();
    JsonFields store = example.optionalObject("store");
    if (store != null) {
      storeId = store.has("storeId") ? store.id("storeId") : "";
      tags = NamedSets.texts(store, "storeTags");
      zone = RuleBookReader.zone(store, zone);
      store.end();
    }
    JsonFields order = example.object("order");
    String channel =
        order.has("channel")
            ? order.known(
                "channel",
                Condition.CHANNELS::contains,
                FieldFault.ONE_OF,
                String.join(", ", Condition.CHANNELS.stream().sorted().toList()))
            : "till"; // as for orders that say nothing
    long amount = order.integer("amount", 0, Limits.AMOUNT_MAX);
    Long initial = order.optionalInteger("initialAmount", amount, Limits.AMOUNT_MAX);
    List<LineFacts> lines = lines(order, amount);
    order.end();
    return new OrderFacts(
        at, zone, storeId, tags, channel, initial == null ? amount : initial, lines);
  }

  private static List<LineFacts> lines(JsonFields order, long amount) {
    var lines = new ArrayList<LineFacts>();
    long sum = 0;
    for (JsonFields it : order.objects("lines", WorkedExample.LINES_MAX)) {
      LineFacts line = line(it);
      it.end();
      sum += line.amount();
      lines.add(line);
    }
    if (lines.isEmpty()) {
      lines.add(new LineFacts(null, null, null, Set.of(), 1, amount));
    } else if (sum != amount && !order.isWrong()) {
      order.wrong("lines", FieldFault.LINES_SUM, sum, amount);
    }
    return List.copyOf(lines);
  }

  private static LineFacts line(JsonFields it) {
    it.optionalId("lineId"); // so that the lines of a real order can be copied
    Long quantity = it.optionalInteger("quantity", 0, QUANTITY_MAX);
    return new LineFacts(
        it.optionalId("productId"),
        it.optionalReadable("category", Formats.ID_LENGTH_MAX),
        it.optionalReadable("marginClass", Formats.ID_LENGTH_MAX),
        NamedSets.texts(it, "tags"),
        quantity == null ? 1 : quantity,
        Math.max(0, it.integer("amount", 0, Limits.AMOUNT_MAX)));
  }
}
