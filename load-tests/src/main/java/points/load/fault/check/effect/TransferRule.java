package points.load.fault.check.effect;

import java.util.List;
import java.util.stream.Stream;
import points.load.fault.check.finding.Findings;
import points.load.fault.check.history.MemberHistory;
import points.load.model.Entry;

/**
 * What goes out of one member comes into another or back, once, and as much. Looked at from both
 * sides: from what went out, and from what came in.
 */
public final class TransferRule {
  private final MemberHistory member;
  private final Findings findings;

  private TransferRule(MemberHistory member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  public static void check(MemberHistory member, Findings findings) {
    TransferRule transfers = new TransferRule(member, findings);
    for (Entry entry : member.entries()) {
      switch (entry.kind()) {
        case TRANSFER_OUT -> transfers.out(entry);
        case TRANSFER_IN, TRANSFER_RETURN -> transfers.in(entry);
        default -> {}
      }
    }
  }

  private void out(Entry out) {
    List<Entry> outcomes = member.index().outcomesOf(out.transactionId());
    if (outcomes.isEmpty()) {
      findings.add("a transfer was lost on the way", out);
    } else if (outcomes.size() > 1) {
      findings.add(
          "a transfer has come in %d times".formatted(outcomes.size()),
          Stream.concat(Stream.of(out), outcomes.stream()).toArray(Entry[]::new));
    }
  }

  private void in(Entry in) {
    String key = in.key();
    Entry out = key == null ? null : member.index().beginOf(key);
    if (out == null || out.kind() != Entry.Kind.TRANSFER_OUT) {
      findings.add("something has come in that never went out", in);
      return;
    }
    boolean returned = in.kind() == Entry.Kind.TRANSFER_RETURN;
    String belongsTo = returned ? out.memberId() : out.extra().detail().getString("memberId");
    if (belongsTo == null || !member.index().merged().from(belongsTo).contains(in.memberId())) {
      findings.add("a transfer has come to another than it was for", out, in);
    }
    if (in.points() != -out.points()) {
      findings.add("a transfer has come in with other points than went out", out, in);
    }
  }
}
