package points.ledger.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import points.ledger.award.Awarded.NamedRule;
import points.ledger.award.Awarding;
import points.ledger.award.LineFacts;
import points.ledger.award.MemberFacts;
import points.ledger.award.OrderFacts;
import points.ledger.award.Withheld;
import points.ledger.book.Effect;
import points.ledger.book.ExclusiveGroup;
import points.ledger.book.Promotion;
import points.ledger.book.RuleBook;
import points.ledger.budget.Budgets;
import points.ledger.rules.Fraction;

/**
 * A rule book, made ready to rate orders.
 *
 * <p>Rules are found by product, category, margin class and tag, and promotions stand in the order
 * in which they are applied. It is immutable: the same facts make the same points, on any thread.
 */
public final class CompiledBook {

  private final RuleBook book;
  private final GoodsIndex excluded;
  private final RatioIndex ratios;
  private final List<Promotion> promotions;
  private final BitSet anyGoods = new BitSet();
  private final GoodsIndex goods;
  private final GoodsIndex notGoods;
  private final Map<ExclusiveGroup, BitSet> groups;
  private final OccasionIndex occasions;
  private final List<Fraction> gains;
  private final int[] numbers;
  private final MemberCaps memberCaps;
  private final PaidRules paidRules;
  private final NamedRule[] rules;

  public CompiledBook(RuleBook book) {
    int[] applied = inOrder(book.promotions());
    this.book = book;
    this.promotions = Arrays.stream(applied).mapToObj(book.promotions()::get).toList();
    this.numbers = Arrays.stream(applied).map(book::promotionNumber).toArray();
    // Of a name that several indexes have, one copy: the first look-up brings it into the cache.
    var known = new HashMap<String, String>();
    UnaryOperator<String> names = it -> known.computeIfAbsent(it, key -> key);
    this.excluded = GoodsIndex.of(List.of(book.excluded()), names);
    this.ratios = new RatioIndex(book.ratios(), names);
    this.goods = GoodsIndex.of(promotions.stream().map(Promotion::goods).toList(), names);
    this.notGoods =
        GoodsIndex.of(promotions.stream().map(it -> it.when().not().goods()).toList(), names);
    this.groups = membersOf(book.groups(), promotions);
    this.occasions = new OccasionIndex(promotions);
    this.gains = gains(promotions);
    this.memberCaps = MemberCaps.of(book);
    this.paidRules = PaidRules.of(book, promotions);
    List<String> ids = book.ruleIds();
    this.rules = new NamedRule[ids.size()];
    Arrays.setAll(rules, it -> new NamedRule(it, ids.get(it)));
    for (int i = 0; i < applied.length; i++) {
      anyGoods.set(i, promotions.get(i).goods().isEmpty());
    }
  }

  private static Map<ExclusiveGroup, BitSet> membersOf(
      List<ExclusiveGroup> groups, List<Promotion> promotions) {
    var members = new LinkedHashMap<ExclusiveGroup, BitSet>();
    for (ExclusiveGroup group : groups) {
      var its = new BitSet();
      for (int i = 0; i < promotions.size(); i++) {
        its.set(i, group.id().equals(promotions.get(i).group()));
      }
      members.put(group, its);
    }
    return members;
  }

  private static List<Fraction> gains(List<Promotion> promotions) {
    return promotions.stream()
        .map(Promotion::effect)
        .takeWhile(Effect.Multiply.class::isInstance)
        .map(it -> ((Effect.Multiply) it).factor().minus(Fraction.ONE))
        .toList();
  }

  /** Multipliers before bonuses; each by priority, then by id. */
  private static int[] inOrder(List<Promotion> promotions) {
    Comparator<Promotion> order =
        Comparator.comparing((Promotion it) -> !(it.effect() instanceof Effect.Multiply))
            .thenComparing(it -> -(long) it.priority())
            .thenComparing(Promotion::id);
    return IntStream.range(0, promotions.size())
        .boxed()
        .sorted(Comparator.comparing(promotions::get, order))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Two are equal when they were made of equal books. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CompiledBook compiled && book.equals(compiled.book);
  }

  @Override
  public int hashCode() {
    return book.hashCode();
  }

  @Override
  public String toString() {
    return book.toString();
  }

  public RuleBook book() {
    return book;
  }

  /** Returns the caps that count what a member's orders got. */
  public MemberCaps memberCaps() {
    return memberCaps;
  }

  /** Returns the budgets and what they pay for. */
  public PaidRules paidRules() {
    return paidRules;
  }

  /** Returns the rules that gave something or were cut, by number. */
  public List<NamedRule> rulesOf(Awarding awarding) {
    var numbers = new BitSet(rules.length);
    awarding.awards().forEach(it -> numbers.set(it.rule()));
    awarding.cuts().forEach(it -> numbers.set(it.rule()));
    var named = new ArrayList<NamedRule>(numbers.cardinality());
    for (int at = numbers.nextSetBit(0); at >= 0; at = numbers.nextSetBit(at + 1)) {
      named.add(rules[at]);
    }
    return Collections.unmodifiableList(named);
  }

  /** Rates an order, as long as nothing is issued of its budgets. */
  public Awarding award(OrderFacts order, MemberFacts member) {
    return award(order, member, Budgets.FRESH);
  }

  /** Rates an order. */
  public Awarding award(OrderFacts order, MemberFacts member, Budgets budgets) {
    return new Evaluation(this, order, member, budgets).award();
  }

  /** Returns the reasons of the promotions that give nothing for an order, in the book's order. */
  public List<Withheld> withheld(OrderFacts order, MemberFacts member) {
    var evaluation = new Evaluation(this, order, member, Budgets.FRESH);
    evaluation.award();
    return evaluation.withheld();
  }

  /** The promotions in the order in which they are applied. */
  List<Promotion> promotions() {
    return promotions;
  }

  /** The number in the book of a promotion, by its place among those that are applied. */
  int numberOf(int promotion) {
    return numbers[promotion];
  }

  /** The number of multipliers, which are the first of the promotions. */
  int multipliers() {
    return gains.size();
  }

  /** The factor of a multiplier, less 1. */
  Fraction gain(int multiplier) {
    return gains.get(multiplier);
  }

  /** The exclusive groups, with the places of their promotions. */
  Map<ExclusiveGroup, BitSet> groups() {
    return groups;
  }

  /** The places of the promotions that may count for an order as a whole. */
  BitSet promotionsFor(OrderFacts order, MemberFacts member) {
    return occasions.of(order, member);
  }

  /** Returns the places of the lines that earn nothing at all and do not count for any rule. */
  public List<Integer> excludedOf(OrderFacts order) {
    return excluded.isEmpty()
        ? List.of()
        : IntStream.range(0, order.lines().size())
            .filter(it -> isExcluded(order.lines().get(it)))
            .boxed()
            .toList();
  }

  boolean isExcluded(LineFacts line) {
    if (excluded.isEmpty()) {
      return false;
    }
    var found = new BitSet(1);
    excluded.addTo(found, line);
    return !found.isEmpty();
  }

  int ratioOf(LineFacts line) {
    return ratios.of(line);
  }

  /** The places of the promotions whose goods a line is one of. */
  BitSet promotionsFor(LineFacts line) {
    var found = (BitSet) anyGoods.clone();
    goods.addTo(found, line);
    if (!notGoods.isEmpty()) {
      var not = new BitSet();
      notGoods.addTo(not, line);
      found.andNot(not);
    }
    return found;
  }
}
