package points.ledger.lane;

import io.vertx.core.Future;
import java.util.List;
import points.ledger.cache.KnownState;
import points.ledger.cache.MemberStateCache;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.store.CommittedEntries;

/** Loads the entries that a decision needs. */
final class HistoryLoader {

  private final CommittedEntries entries;
  private final MemberStateCache states;

  HistoryLoader(CommittedEntries entries, MemberStateCache states) {
    this.entries = entries;
    this.states = states;
  }

  /**
   * Loads entries as of one sequence of the member. The state is read first, and entries of the
   * member after that state's sequence are left out: so none is missing and none is too new.
   */
  Future<EntryHistory> history(MemberKey member, HistoryQuery needed) {
    return states
        .reload(List.of(member))
        .compose(
            done -> {
              KnownState known = states.find(member);
              long asOf = known == null ? -1 : known.sequence();
              return entries.needed(needed).map(found -> history(member, needed, asOf, found));
            });
  }

  private static EntryHistory history(
      MemberKey member, HistoryQuery needed, long asOf, List<Entry> found) {
    return new EntryHistory(
        needed,
        asOf,
        found.stream().filter(it -> !it.member().equals(member) || it.sequence() <= asOf).toList());
  }
}
