package points.ledger.command;

import java.util.UUID;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;

/**
 * What was earned and is pending becomes effective by an event, or never.
 *
 * @param earnedBy the sequence of the entry that earned it
 * @param activates whether it becomes available; else it is taken back
 */
public record PendingCommand(
    MemberKey member, Request request, Origin origin, long earnedBy, boolean activates)
    implements Command {

  /** Makes the command and its fingerprint. */
  public static PendingCommand of(
      MemberKey member, String key, Origin origin, long earnedBy, boolean activates) {
    String kind = activates ? "activation" : "cancellation";
    UUID print = Command.begin(kind, member, origin).and(earnedBy).toUuid();
    return new PendingCommand(member, new Request(key, print), origin, earnedBy, activates);
  }

  @Override
  public Entry.Kind kind() {
    return activates ? Entry.Kind.ACTIVATION : Entry.Kind.CANCELLATION;
  }

  @Override
  public boolean isWithinLimits() {
    return true;
  }
}
