package points.ledger.command;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Movement;
import points.ledger.award.FactsChange;
import points.ledger.model.Detail;
import points.ledger.model.Entry;
import points.ledger.model.Fingerprint;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;

/** Points that go from one member to another: out of one, then into the other. */
public sealed interface TransferCommand extends Command {

  /**
   * The first step.
   *
   * @param to the other member's id
   * @param points of the first point currency
   */
  record Send(MemberKey member, Request request, Origin origin, String to, long points)
      implements TransferCommand {

    /** Makes the command and its fingerprint. */
    public static Send of(MemberKey member, String key, Origin origin, String to, long points) {
      UUID print = Command.begin("transfer", member, origin).and(to).and(points).toUuid();
      return new Send(member, new Request(key, print), origin, to, points);
    }

    @Override
    public Entry.Kind kind() {
      return Entry.Kind.TRANSFER_OUT;
    }

    @Override
    public boolean isWithinLimits() {
      return Command.isMovable(points);
    }
  }

  /**
   * The second step of a transfer: points come in that left another member, or return to it.
   *
   * <p>No caller sends it; its key is derived from the first step, so that it is done once.
   *
   * @param kind {@link Entry.Kind#TRANSFER_IN}, {@link Entry.Kind#MERGE_IN} or, back, {@link
   *     Entry.Kind#TRANSFER_RETURN}
   * @param movements the points that come in: available and debt, or pending only
   * @param other the member that they come from
   * @param factsChange the facts that come along from a member that was merged; null for none
   */
  record Receive(
      MemberKey member,
      Request request,
      Origin origin,
      Entry.Kind kind,
      List<Movement> movements,
      Detail.Counterpart other,
      @Nullable FactsChange factsChange)
      implements TransferCommand {

    /**
     * Makes the command. All possible results of one step have the same key, so that only one of
     * them happens: a transfer does not arrive and come back as well, whichever node tries which
     * and when.
     *
     * @param step distinguishes the steps of one transfer or merge
     */
    public static Receive of(
        MemberKey member,
        Entry.Kind kind,
        Origin origin,
        List<Movement> movements,
        Detail.Counterpart other,
        String step) {
      Request request = request(member, kind, other.memberId() + "-" + other.sequence() + step);
      return new Receive(member, request, origin, kind, movements, other, null);
    }

    /** Returns the same, with the facts of a member that was merged. */
    public Receive with(FactsChange change) {
      return change.isNone()
          ? this
          : new Receive(member, request, origin, kind, movements, other, change);
    }

    /** A caller's key has no blank in it, so this is nobody's. */
    public static Request request(MemberKey member, Entry.Kind kind, String out) {
      String key = (kind == Entry.Kind.MERGE_IN ? "merge" : "transfer") + " of " + out;
      UUID print = Fingerprint.of(key).and(kind.name()).and(member.programId()).toUuid();
      return new Request(key, print);
    }

    @Override
    public boolean isWithinLimits() {
      return true;
    }
  }
}
