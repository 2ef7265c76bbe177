package points.ledger.command;

import java.util.UUID;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Request;

/**
 * Makes pending points effective by an event, or takes them back.
 *
 * @param earnedBy the sequence of the entry that earned them
 * @param activates whether they become available; else they are taken back
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
