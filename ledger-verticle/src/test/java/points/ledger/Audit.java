package points.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.Outcome.NotApplied;
import points.ledger.command.Outcome.Refused;
import points.ledger.command.Outcome.Replayed;
import points.ledger.command.Refusal;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;

/** Holds what callers were told against the entries that are there. */
record Audit(OpenLedger ledger) {

  /**
   * Every acknowledged command has just the entry that was shown to its caller, every other has
   * none; and no entry is there that nobody was told of.
   */
  void assertEachAcknowledgedIsThereOnce(List<Command> commands, List<Outcome> outcomes) {
    Map<String, Entry> entries = entriesByKey(commands);
    var acknowledged = new HashSet<String>();
    var accepted = new ArrayList<String>();
    for (int i = 0; i < commands.size(); i++) {
      String key = commands.get(i).request().key();
      Outcome outcome = outcomes.get(i);
      if (outcome instanceof Accepted first) {
        accepted.add(key);
        acknowledged.add(key);
        assertThat(entries.get(key)).as(key).isEqualTo(first.entry());
      } else if (outcome instanceof Replayed again) {
        acknowledged.add(key);
        assertThat(entries.get(key)).as(key).isEqualTo(again.entry());
      }
    }
    assertThat(accepted).as("accepted, once each").doesNotHaveDuplicates();
    assertThat(entries.keySet()).as("acknowledged, and so written").isEqualTo(acknowledged);
  }

  /** What was refused for want of points, or not taken on, has left nothing. */
  void assertTurnedDownLeftNothing(List<Command> commands, List<Outcome> outcomes) {
    Map<String, Entry> entries = entriesByKey(commands);
    for (int i = 0; i < commands.size(); i++) {
      if (isTurnedDown(outcomes.get(i))) {
        assertThat(entries).doesNotContainKey(commands.get(i).request().key());
      }
    }
  }

  private static boolean isTurnedDown(Outcome outcome) {
    return outcome instanceof NotApplied
        || (outcome instanceof Refused refused
            && refused.refusal() instanceof Refusal.InsufficientPoints);
  }

  private Map<String, Entry> entriesByKey(List<Command> commands) {
    Set<MemberKey> members = new HashSet<>();
    commands.forEach(command -> members.add(command.member()));
    var byKey = new HashMap<String, Entry>();
    for (MemberKey member : members) {
      for (Entry entry : ledger.entriesOf(member)) {
        String key = Objects.requireNonNull(entry.request()).key();
        assertThat(byKey.put(key, entry)).as("second entry of request %s", key).isNull();
      }
    }
    return byKey;
  }
}
