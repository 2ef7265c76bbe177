package points.ledger.lane;

import io.vertx.core.Future;
import java.util.List;
import points.ledger.cache.KnownState;
import points.ledger.cache.MemberStateCache;
import points.ledger.domain.Entry;
import points.ledger.domain.History;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Needed;
import points.ledger.store.CommittedEntries;

/** Looks up the entries that a command cannot be decided without. */
final class HistoryLoader {

  private final CommittedEntries entries;
  private final MemberStateCache states;

  HistoryLoader(CommittedEntries entries, MemberStateCache states) {
    this.entries = entries;
    this.states = states;
  }

  /**
   * What there was when the member stood at the sequence that is read first: entries of the member
   * that came after it are left out, so nothing of it is missing and nothing is too new.
   */
  Future<History> history(MemberKey member, Needed needed) {
    return states
        .reload(List.of(member))
        .compose(
            done -> {
              KnownState believed = states.find(member);
              long asOf = believed == null ? -1 : believed.sequence();
              return entries.needed(needed).map(found -> history(member, needed, asOf, found));
            });
  }

  private static History history(MemberKey member, Needed needed, long asOf, List<Entry> found) {
    return new History(
        needed,
        asOf,
        found.stream().filter(it -> !it.member().equals(member) || it.sequence() <= asOf).toList());
  }
}
