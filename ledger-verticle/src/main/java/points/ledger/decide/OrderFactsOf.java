package points.ledger.decide;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.ledger.award.EarningFacts;
import points.ledger.award.LineFacts;
import points.ledger.award.MemberFacts;
import points.ledger.award.OrderFacts;
import points.ledger.command.Command.Accrue;
import points.ledger.command.StoreFacts;
import points.ledger.model.Line;
import points.ledger.model.Origin.Channel;
import points.ledger.program.Program;
import points.ledger.tier.TierRules;

/** Makes the facts by which rule books rate orders: of the order and of its buyer. */
public final class OrderFactsOf {

  private OrderFactsOf() {}

  /** Returns those of a sale. One without lines has a line of its whole amount. */
  public static OrderFacts sale(Accrue accrue, Program program) {
    List<LineFacts> lines =
        accrue.lines().isEmpty()
            ? List.of(new LineFacts(null, null, null, Set.of(), 1, accrue.amount()))
            : accrue.lines().stream().map(OrderFactsOf::line).toList();
    StoreFacts store = accrue.store();
    return new OrderFacts(
        accrue.occurredAt(),
        store == null || store.timeZone() == null
            ? program.book().book().timeZone()
            : ZoneId.of(store.timeZone()),
        String.valueOf(accrue.origin().storeId()),
        store == null ? Set.of() : store.tags(),
        channel(accrue.origin().channel()),
        accrue.amount(),
        lines);
  }

  /** Returns the facts of the member that buys, as the rule book sees them. */
  public static MemberFacts buyer(
      Accrue accrue, OrderFacts order, EarningFacts facts, Program program) {
    TierRules tiers = program.book().book().tiers();
    return new MemberFacts(
        accrue.member().memberId(),
        tiers == null ? null : tiers.levelAt(facts.tier(), order.occurredAt()).id(),
        !facts.hasBought(),
        null,
        Set.of(),
        facts.carry(),
        facts.capUses().on(LocalDate.ofInstant(order.occurredAt(), order.zone())));
  }

  private static LineFacts line(Line line) {
    return new LineFacts(
        line.productId(),
        line.category(),
        line.marginClass(),
        line.tags(),
        line.quantity(),
        line.amount());
  }

  /** Tills that say nothing are tills. */
  private static String channel(@Nullable Channel channel) {
    if (channel == null) {
      return "till";
    }
    return switch (channel) {
      case TILL -> "till";
      case MINI_PROGRAM -> "miniProgram";
      case WEB -> "web";
      case OTHER -> "other";
    };
  }
}
