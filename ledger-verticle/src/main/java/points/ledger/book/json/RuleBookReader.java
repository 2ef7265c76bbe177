package points.ledger.book.json;

import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.book.BookRounding;
import points.ledger.book.Brackets;
import points.ledger.book.Caps;
import points.ledger.book.CapsReturn;
import points.ledger.book.ExclusiveGroup;
import points.ledger.book.GoodsRatio;
import points.ledger.book.RuleBook;
import points.ledger.book.RuleBook.Combine;
import points.ledger.book.check.RuleBookDocument;
import points.ledger.book.check.WorkedExample;
import points.ledger.budget.Budget;
import points.ledger.form.FieldErrors;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.rules.Fraction;
import points.ledger.rules.Rounding;
import points.ledger.tier.Level;
import points.ledger.tier.TierRules;

/**
 * Reads rule books; each fault is noted at its field, and fields that it does not know are faults.
 */
public final class RuleBookReader {

  private static final int GROUPS_MAX = 50;
  private static final int TIERS_MAX = 20;

  private static final Map<String, Rounding> ROUNDINGS =
      Map.of(
          "floor", Rounding.FLOOR,
          "halfUp", Rounding.HALF_UP,
          "halfEven", Rounding.HALF_EVEN,
          "ceiling", Rounding.CEILING);

  private static final Map<String, CapsReturn> CAPS_RETURNS =
      Map.of(
          "samePeriod", CapsReturn.SAME_PERIOD,
          "always", CapsReturn.ALWAYS,
          "never", CapsReturn.NEVER);

  private static final Map<String, Combine> COMBINES =
      Map.of("add", Combine.ADD, "multiply", Combine.MULTIPLY, "best", Combine.BEST);

  private static final Map<String, ExclusiveGroup.Choice> CHOICES =
      Map.of("best", ExclusiveGroup.Choice.BEST, "priority", ExclusiveGroup.Choice.PRIORITY);

  private static final Map<String, ExclusiveGroup.Scope> SCOPES =
      Map.of("line", ExclusiveGroup.Scope.LINE, "order", ExclusiveGroup.Scope.ORDER);

  private final JsonFields book;
  private final Set<String> ids = new HashSet<>(Set.of("base", "tier"));

  private RuleBookReader(JsonFields book) {
    this.book = book;
  }

  /**
   * Reads a book.
   *
   * @param zone the program's, for books that name none
   * @param errors takes the faults; the book is to be used only if there are none
   */
  public static RuleBook read(JsonObject json, ZoneId zone, FieldErrors errors) {
    return readDocument(json, zone, errors).book();
  }

  /**
   * Reads a book with what else its document has.
   *
   * @param zone the program's, for books that name none
   * @param errors takes the faults; the document is to be used only if there are none
   */
  public static RuleBookDocument readDocument(JsonObject json, ZoneId zone, FieldErrors errors) {
    return readDocument(new JsonFields(json, "", errors), zone);
  }

  /**
   * Reads a book with what else its document has; faults are noted at its fields.
   *
   * @param zone the program's, for books that name none
   */
  public static RuleBookDocument readDocument(JsonFields book, ZoneId zone) {
    return new RuleBookReader(book).read(zone);
  }

  private RuleBookDocument read(ZoneId programZone) {
    String ruleBookId = book.id("ruleBookId");
    String title = book.optionalReadable("title", Formats.NAME_LENGTH_MAX);
    NamedSets sets = NamedSets.read(book);
    ZoneId zone = zone(book, programZone);
    TierRules tiers = TierReader.read(book, zone);
    SortedMap<String, Fraction> factors = tierFactors(tiers);
    var ratioReader = new RatioReader(book, ids);
    List<GoodsRatio> ratios = ratioReader.ratios(sets);
    Brackets brackets = ratioReader.brackets();
    JsonFields stacking = book.optionalObject("stacking");
    Combine combine = combine(stacking);
    List<ExclusiveGroup> groups = groups(stacking);
    JsonFields caps = book.optionalObject("caps");
    var conditions = new ConditionReader(sets, tiers == null ? factors.keySet() : names(tiers));
    List<Budget> budgets = BudgetReader.read(book);
    var read =
        new RuleBook(
            ruleBookId,
            zone,
            Accounts.POINTS,
            sets.goods(book, "excluded"),
            rounding(),
            RatioReader.ratio(book.object("base"), 1, true),
            ratios,
            brackets,
            factors,
            combine,
            groups,
            new PromotionReader(sets, conditions, groups, BudgetReader.ids(budgets), ids)
                .read(book),
            caps(caps),
            capsReturn(caps),
            TierReader.growth(book, ids),
            tiers,
            budgets,
            budgetOfBook(budgets),
            AbuseReader.read(book));
    if (caps != null) {
      caps.end();
    }
    List<WorkedExample> examples = ExampleReader.read(book, read);
    book.end();
    return new RuleBookDocument(read, title, examples, sets.unused());
  }

  /** Reads the field {@code timeZone}, which may be left out. */
  static ZoneId zone(JsonFields parent, ZoneId otherwise) {
    if (!parent.has("timeZone")) {
      return otherwise;
    }
    Set<String> zones = ZoneId.getAvailableZoneIds();
    String id = parent.known("timeZone", zones::contains, FieldFault.TIME_ZONE);
    return zones.contains(id) ? ZoneId.of(id) : otherwise;
  }

  /** Reads the id of a rule, unique in the book. */
  static String ruleId(JsonFields rule, Set<String> ids) {
    String id = rule.code("id");
    if (!ids.add(id)) {
      rule.wrong("id", FieldFault.RULE_TWICE);
    }
    return id;
  }

  private BookRounding rounding() {
    JsonFields rounding = book.optionalObject("rounding");
    if (rounding == null) {
      return new BookRounding(Rounding.FLOOR, false);
    }
    Rounding mode = rounding.has("mode") ? rounding.oneOf("mode", ROUNDINGS) : Rounding.FLOOR;
    boolean carry = rounding.has("carry") && rounding.flag("carry");
    if (carry && mode != Rounding.FLOOR) {
      rounding.wrong("carry", FieldFault.CARRY);
    }
    rounding.end();
    return new BookRounding(carry || mode == null ? Rounding.FLOOR : mode, carry);
  }

  private static Set<String> names(TierRules tiers) {
    return tiers.levels().stream().map(Level::id).collect(Collectors.toSet());
  }

  private SortedMap<String, Fraction> tierFactors(@Nullable TierRules levels) {
    var factors = new TreeMap<String, Fraction>();
    JsonFields tiers = book.optionalObject("tierFactors");
    if (tiers != null && tiers.names().size() > TIERS_MAX) {
      book.wrong("tierFactors", FieldFault.FIELDS_MAX, TIERS_MAX);
    } else if (tiers != null) {
      for (String tier : tiers.names()) {
        if (levels != null && levels.level(tier) == null) {
          String all = String.join(", ", new TreeSet<>(names(levels)));
          tiers.wrong(Formats.printable(tier, Formats.ID_LENGTH_MAX), FieldFault.ONE_OF, all);
        } else if (Formats.isCode(tier)) {
          factors.put(tier, Fractions.read(tiers, tier, 0));
        } else {
          tiers.wrong(Formats.printable(tier, Formats.ID_LENGTH_MAX), FieldFault.ACCOUNT_CODE);
        }
      }
    }
    return Collections.unmodifiableSortedMap(factors);
  }

  private static Combine combine(@Nullable JsonFields stacking) {
    Combine combine =
        stacking != null && stacking.has("combine")
            ? stacking.oneOf("combine", COMBINES)
            : Combine.ADD;
    return combine == null ? Combine.ADD : combine;
  }

  private static List<ExclusiveGroup> groups(@Nullable JsonFields stacking) {
    var groups = new ArrayList<ExclusiveGroup>();
    if (stacking != null) {
      var names = new HashSet<String>();
      for (JsonFields it : stacking.objects("groups", GROUPS_MAX)) {
        String id = it.code("id");
        if (!names.add(id)) {
          it.wrong("id", FieldFault.GROUP_TWICE);
        }
        ExclusiveGroup.Choice choice = it.oneOf("choose", CHOICES);
        ExclusiveGroup.Scope scope = it.oneOf("scope", SCOPES);
        it.end();
        groups.add(
            new ExclusiveGroup(
                id,
                choice == null ? ExclusiveGroup.Choice.BEST : choice,
                scope == null ? ExclusiveGroup.Scope.ORDER : scope));
      }
      stacking.end();
    }
    return List.copyOf(groups);
  }

  private static Caps caps(@Nullable JsonFields caps) {
    return caps == null ? Caps.NONE : PromotionReader.caps(caps);
  }

  private @Nullable String budgetOfBook(List<Budget> budgets) {
    return BudgetReader.reference(book, BudgetReader.ids(budgets));
  }

  private static CapsReturn capsReturn(@Nullable JsonFields caps) {
    CapsReturn read =
        caps != null && caps.has("return") ? caps.oneOf("return", CAPS_RETURNS) : null;
    return read == null ? CapsReturn.SAME_PERIOD : read;
  }
}
