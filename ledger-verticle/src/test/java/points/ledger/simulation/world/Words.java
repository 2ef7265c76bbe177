package points.ledger.simulation.world;

import java.util.stream.Collectors;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.commit.Batch;
import points.ledger.model.Entry;
import points.ledger.model.MemberState;

/** What happened, in a line each. */
public final class Words {

  private Words() {}

  public static String of(Command command) {
    return "%s of %s, key %s, order %s"
        .formatted(
            command.kind(),
            command.member().memberId(),
            command.request().key(),
            command.origin().orderId());
  }

  public static String of(Entry entry) {
    return "entry %d of %s, %s %d, balance %d, key %s"
        .formatted(
            entry.sequence(),
            entry.member().memberId(),
            entry.kind(),
            entry.points(),
            entry.balance(),
            entry.request() == null ? "none" : entry.request().key());
  }

  public static String of(Outcome outcome) {
    if (outcome instanceof Outcome.Accepted accepted) {
      return "accepted, " + of(accepted.entry());
    } else if (outcome instanceof Outcome.Replayed replayed) {
      return "replayed, " + of(replayed.entry());
    }
    return outcome.toString();
  }

  public static String of(Batch batch) {
    return batch.members().stream()
        .map(Words::of)
        .collect(Collectors.joining("; ", "", batch.looksForKnown() ? "; looks for known" : ""));
  }

  private static String of(Batch.Member member) {
    MemberState before = member.before();
    String decided =
        member.decided().stream()
            .map(it -> it.command().request().key() + (it.entries().isEmpty() ? " refused" : ""))
            .collect(Collectors.joining(", "));
    return "%s at %s: %s"
        .formatted(member.key().memberId(), before == null ? "none" : before.sequence(), decided);
  }
}
