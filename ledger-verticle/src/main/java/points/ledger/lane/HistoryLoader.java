package points.ledger.lane;

import io.vertx.core.Future;
import points.ledger.cache.KnownState;
import points.ledger.cache.MemberStateCache;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.commit.CommittedEntries;
import points.ledger.commit.CommittedEntries.MemberHistory;
import points.ledger.model.MemberKey;

/** Loads the entries that a decision needs. */
final class HistoryLoader {

  private final CommittedEntries entries;
  private final MemberStateCache states;

  HistoryLoader(CommittedEntries entries, MemberStateCache states) {
    this.entries = entries;
    this.states = states;
  }

  /**
   * Loads the member's state, and the entries up to the state's sequence.
   *
   * <p>Both are of one moment. Later entries of the member are left out, so that no entry is
   * missing and none is newer than the state.
   */
  Future<EntryHistory> history(MemberKey member, HistoryQuery needed) {
    return states
        .reloadWith(member, () -> entries.needed(member, needed), MemberHistory::state)
        .map(found -> history(member, needed, found));
  }

  private static EntryHistory history(MemberKey member, HistoryQuery needed, MemberHistory found) {
    long asOf = KnownState.of(found.state()).sequence();
    return new EntryHistory(
        needed,
        asOf,
        found.entries().stream()
            .filter(it -> !it.member().equals(member) || it.sequence() <= asOf)
            .toList());
  }
}
