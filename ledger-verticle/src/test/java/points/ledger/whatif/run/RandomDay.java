package points.ledger.whatif.run;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import points.ledger.command.Command;
import points.ledger.command.Command.Accrue;
import points.ledger.command.MembershipCommand.Merge;
import points.ledger.command.MoveCommand.MoveOut;
import points.ledger.command.OrderCommand.Refund;
import points.ledger.command.OrderCommand.RefundedLine;
import points.ledger.command.OrderCommand.Reverse;
import points.ledger.command.PendingCommand;
import points.ledger.command.SaleTerms;
import points.ledger.command.StoreFacts;
import points.ledger.command.StoredValueCommand.TopUp;
import points.ledger.fixture.Tills;
import points.ledger.model.Entry;
import points.ledger.model.Line;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;

/** Rule books and commands by chance, of a few members so that all meet all. */
final class RandomDay {

  private static final int MEMBERS = 8;
  private static final String[] STORES = {"east-1", "east-2", "west-1"};

  private final Random random;
  private final Tills tills;
  private final List<Entry> known = new ArrayList<>();
  private int number;

  RandomDay(long seed, Tills tills) {
    this.random = new Random(seed);
    this.tills = tills;
  }

  private boolean chance(int in) {
    return random.nextInt(in) == 0;
  }

  /** A book with every kind of memory: caps, carry, tiers, growth, budgets, a first purchase. */
  JsonObject book(String id) {
    var promotions =
        new JsonArray()
            .add(
                new JsonObject()
                    .put("id", "first")
                    .put("fixed", 50)
                    .put("when", new JsonObject().put("firstPurchase", true)))
            .add(
                new JsonObject()
                    .put("id", "east")
                    .put("multiply", "2")
                    .put("when", new JsonObject().put("stores", "east"))
                    .put("budget", "east")
                    .put(
                        "cap",
                        new JsonObject()
                            .put(
                                "perMember",
                                new JsonObject().put("day", 30 + random.nextInt(200)))))
            .add(
                new JsonObject()
                    .put("id", "gold")
                    .put("fixed", 5 + random.nextInt(9))
                    .put("when", new JsonObject().put("tiers", new JsonArray().add("gold")))
                    .put("budget", "store")
                    .put(
                        "cap",
                        new JsonObject()
                            .put("perMember", new JsonObject().put("month", 4))
                            .put("unit", "uses")))
            .add(
                new JsonObject()
                    .put("id", "milk")
                    .put("perUnit", 3)
                    .put("for", new JsonObject().put("categories", new JsonArray().add("milk"))))
            .add(
                new JsonObject()
                    .put("id", "never")
                    .put("fixed", 9)
                    .put(
                        "when",
                        new JsonObject()
                            .put("minimum", new JsonObject().put("amount", 10_000_000))));
    return new JsonObject()
        .put("ruleBookId", id)
        .put(
            "sets",
            new JsonObject()
                .put("east", new JsonObject().put("storeTags", new JsonArray().add("east"))))
        .put("base", new JsonObject().put("points", 1 + random.nextInt(3)).put("perAmount", 70))
        .put("rounding", new JsonObject().put("mode", "floor").put("carry", random.nextBoolean()))
        .put("tierFactors", new JsonObject().put("silver", "1").put("gold", "1.5"))
        .put("promotions", promotions)
        .put(
            "caps",
            new JsonObject()
                .put("perMember", new JsonObject().put("day", 200 + random.nextInt(400)))
                .put("return", random.nextBoolean() ? "samePeriod" : "always"))
        .put(
            "budgets",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("id", "east")
                        .put("limit", 500 + random.nextInt(1_500))
                        .put("atEnd", random.nextBoolean() ? "cut" : "stop"))
                .add(
                    new JsonObject()
                        .put("id", "store")
                        .put("per", "store")
                        .put("limit", 20 + random.nextInt(100))
                        .put("atEnd", "cut")))
        .put(
            "growth",
            new JsonObject()
                .put(
                    "rules",
                    new JsonArray()
                        .add(
                            new JsonObject()
                                .put("id", "spend")
                                .put("points", 1)
                                .put("perAmount", 100))
                        .add(
                            new JsonObject().put("id", "visit").put("fixed", 10).put("perDay", 1))))
        .put(
            "tiers",
            new JsonObject()
                .put(
                    "levels",
                    new JsonArray()
                        .add(new JsonObject().put("id", "silver").put("from", 0))
                        .add(
                            new JsonObject()
                                .put("id", "gold")
                                .put("from", 100 + random.nextInt(600))))
                .put(
                    "measure",
                    new JsonObject()
                        .put("account", random.nextBoolean() ? "growth" : "spend")
                        .put("period", "rolling")
                        .put("length", "P12M"))
                .put("review", new JsonObject().put("on", "yearEnd"))
                .put("onRefund", random.nextBoolean() ? "immediate" : "review"));
  }

  private MemberKey member() {
    return chance(8) ? twice() : tills.member("m" + random.nextInt(MEMBERS));
  }

  /** A member that may be merged into one of the others. */
  private MemberKey twice() {
    return tills.member("twice" + random.nextInt(4));
  }

  private String other(MemberKey member) {
    String id = "m" + random.nextInt(MEMBERS);
    return id.equals(member.memberId()) ? "m" + MEMBERS : id;
  }

  private String key() {
    return tills.keyPrefix() + ++number;
  }

  /** A command at an instant; most are orders. */
  Command next(Instant now) {
    if (!known.isEmpty() && chance(3)) {
      Entry sale = known.get(random.nextInt(known.size()));
      return switch (random.nextInt(12)) {
        case 0 -> Reverse.of(sale.member(), key(), Origin.office("amy", "wrong"), sale.sequence());
        case 1 ->
            MoveOut.of(sale.member(), key(), sale.origin(), sale.sequence(), other(sale.member()));
        case 2 ->
            PendingCommand.of(
                sale.member(), key(), Origin.office("amy", "gone"), sale.sequence(), chance(2));
        case 3 ->
            chance(3)
                ? Merge.of(
                    twice(), key(), Origin.office("amy", "twice"), "m" + random.nextInt(MEMBERS))
                : TopUp.of(
                    member(), key(), Origin.till("east-1", null, null, "cash"), now, 1_000, null);
        default -> refund(sale);
      };
    }
    return order(now);
  }

  private Refund refund(Entry sale) {
    String id = "r" + ++number;
    List<RefundedLine> lines = new ArrayList<>();
    Long amount = null;
    if (chance(3)) {
      amount = 1L + random.nextInt(3_000);
    } else if (chance(2) && !sale.lines().isEmpty()) {
      lines.add(new RefundedLine(sale.lines().get(0).line().lineId(), null));
    }
    return Refund.of(sale.member(), key(), sale.origin(), id, lines, amount);
  }

  private Accrue order(Instant now) {
    String store = STORES[random.nextInt(STORES.length)];
    String id = "o" + ++number;
    var lines = new ArrayList<Line>();
    long amount = 0;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      long of = random.nextInt(9_000);
      amount += of;
      lines.add(new Line("l" + i, "P" + i, chance(2) ? "milk" : null, 1 + random.nextInt(3), of));
    }
    Instant occurredAt = chance(6) ? now.minusSeconds(random.nextInt(3 * 86_400)) : now;
    var terms = chance(6) ? new SaleTerms(0, 0, true, null) : SaleTerms.NONE;
    boolean east = store.startsWith("east") || chance(20);
    return Accrue.of(
            member(),
            key(),
            Origin.sale(store, null, id),
            occurredAt,
            amount,
            chance(8) ? List.of() : lines,
            terms)
        .with(
            chance(8) ? List.of() : lines,
            new StoreFacts(east ? Set.of("east") : Set.of(), chance(9) ? "Europe/London" : null));
  }

  void remember(Entry entry) {
    if (entry.kind() == Entry.Kind.ACCRUAL || (entry.kind() == Entry.Kind.REFUND && chance(4))) {
      known.add(entry);
    }
  }

  /** Time that passes until the next commands, in seconds. */
  long pause() {
    return chance(10) ? random.nextInt(4 * 86_400) : random.nextInt(20_000);
  }

  int together() {
    return 1 + random.nextInt(12);
  }
}
