package points.ledger.command;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Movement;
import points.ledger.award.Awarded;
import points.ledger.award.FactsChange;
import points.ledger.model.Detail;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;

/** A sale that was booked on the wrong member goes over to the right one. */
public sealed interface MoveCommand extends Command {

  /**
   * The first step: all that the sale did to its member is undone.
   *
   * @param origin with the sale's store and order
   * @param sale the sequence of the entry that is moved
   * @param to the other member's id
   */
  record MoveOut(MemberKey member, Request request, Origin origin, long sale, String to)
      implements MoveCommand {

    /** Makes the command and its fingerprint. */
    public static MoveOut of(MemberKey member, String key, Origin origin, long sale, String to) {
      UUID print = Command.begin("move", member, origin).and(sale).and(to).toUuid();
      return new MoveOut(member, new Request(key, print), origin, sale, to);
    }

    /** The sale: it is moved once. */
    @Override
    public String part() {
      return member.memberId() + "-" + sale;
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.MOVE_OUT;
    }

    @Override
    public boolean isWithinLimits() {
      return sale >= 1;
    }
  }

  /**
   * The second step: the same sale stands with the other member, or again with the first. Nobody
   * sends it from outside; its key is derived from the first step, so that one of the two is done
   * once.
   *
   * @param kind {@link Entry.Kind#MOVE_IN} or, back, {@link Entry.Kind#MOVE_RETURN}
   * @param movements those of the sale
   * @param pending whether what it earned was still pending when it left
   * @param awarded the awards of the rule book that rated it; null when none did
   * @param factsChange that of the sale; null for none
   */
  record MoveIn(
      MemberKey member,
      Request request,
      Origin origin,
      Entry.Kind kind,
      Instant occurredAt,
      long amount,
      List<EarnedLine> lines,
      List<Movement> movements,
      boolean pending,
      Detail.MovedSale moved,
      @Nullable Awarded awarded,
      @Nullable FactsChange factsChange)
      implements MoveCommand {

    @Override
    public String part() {
      return moved.of();
    }

    @Override
    public boolean isWithinLimits() {
      return true;
    }
  }
}
