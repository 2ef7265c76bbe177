package points.load.fault.check.effect;

import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.HistoryIndex;
import points.load.fault.check.history.MemberHistory;
import points.load.model.Entry;

/**
 * Points sent by one member are received by another, or returned, once and in full. The sender's
 * entry is checked on the sender, the receiver's on the receiver.
 */
public final class TransferRule {
  private TransferRule() {}

  /** Reports transfers that are lost, doubled or changed. */
  public static void check(MemberHistory member, Findings findings) {
    HistoryIndex index = member.index();
    for (Entry entry : member.entries()) {
      switch (entry.kind()) {
        case TRANSFER_OUT ->
            Delivery.isReceivedOnce("a transfer", entry, index.completionsOf(entry), findings);
        case TRANSFER_IN, TRANSFER_RETURN -> checkReceived(entry, index, findings);
        default -> {}
      }
    }
  }

  private static void checkReceived(Entry in, HistoryIndex index, Findings findings) {
    Entry out = index.beginOf(in);
    if (out == null || out.kind() != Entry.Kind.TRANSFER_OUT) {
      findings.add("a transfer was received that nobody sent", in);
      return;
    }
    boolean returned = in.kind() == Entry.Kind.TRANSFER_RETURN;
    if (!Delivery.isMeantFor(Delivery.receiver(out, returned), in, index)) {
      findings.add("a transfer was received by another member than it was meant for", out, in);
    }
    if (in.points() != -out.points()) {
      findings.add("other points were received by a transfer than were sent", out, in);
    }
  }
}
