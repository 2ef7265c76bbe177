package points.load.fault.check;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Lot;
import points.load.fault.ledger.Member;

/** Adds a member's entries up again, from nothing, and compares at every step. */
final class Sums {
  private final MemberCase member;
  private final Findings findings;
  private final TreeMap<Instant, Long> lots = new TreeMap<>();
  private long earned;
  private long spent;

  private Sums(MemberCase member, Findings findings) {
    this.member = member;
    this.findings = findings;
  }

  static void check(MemberCase member, Findings findings) {
    Sums sums = new Sums(member, findings);
    if (sums.sequencesHaveNoGaps()) {
      member.entries().forEach(sums::add);
      sums.compareWithRow();
    }
  }

  private boolean sequencesHaveNoGaps() {
    long expected = 1;
    for (Entry entry : member.entries()) {
      if (entry.sequence() != expected) {
        long stands = expected;
        List<Entry> around =
            member.entries().stream().filter(e -> Math.abs(e.sequence() - stands) <= 1).toList();
        find("an entry stands where %d belongs".formatted(expected), around);
        return false;
      }
      expected++;
    }
    return true;
  }

  private void add(Entry entry) {
    if (entry.points() < 0 && !isFromLotsThatExpireFirst(entry)) {
      find("points were not taken from the lots that expire first, of " + lots, entry);
    }
    for (Lot lot : entry.lots()) {
      long left = lots.merge(lot.expiresAt(), lot.points(), Long::sum);
      if (left < 0) {
        find("%d points too many were taken from a lot".formatted(-left), entry);
      }
      if (left == 0) {
        lots.remove(lot.expiresAt());
      }
    }
    if (entry.points() != entry.lots().stream().mapToLong(Lot::points).sum()) {
      find("an entry's points are not the sum of its lots", entry);
    }
    if (entry.balance() != total()) {
      find("the entries leave a balance of %d".formatted(total()), entry);
    }
    earned += entry.kind() == Entry.Kind.ACCRUAL ? entry.points() : 0;
    spent -= entry.kind() == Entry.Kind.DEDUCTION ? entry.points() : 0;
  }

  /** All but the last lot touched are used up, and none before or between was left out. */
  private boolean isFromLotsThatExpireFirst(Entry entry) {
    int touched = 0;
    for (Map.Entry<Instant, Long> lot : lots.entrySet()) {
      if (touched == entry.lots().size()) {
        return true;
      }
      Lot taken = entry.lots().get(touched++);
      boolean isLast = touched == entry.lots().size();
      if (!taken.expiresAt().equals(lot.getKey())
          || (!isLast && taken.points() != -lot.getValue())) {
        return false;
      }
    }
    return touched == entry.lots().size();
  }

  private void compareWithRow() {
    List<Entry> last =
        member.entries().isEmpty()
            ? List.of()
            : List.of(member.entries().get(member.entries().size() - 1));
    Member row = member.row();
    if (row == null) {
      if (!last.isEmpty()) {
        find("a member has entries and no row", last);
      }
      return;
    }
    List<Lot> open =
        lots.entrySet().stream().map(lot -> new Lot(lot.getKey(), lot.getValue())).toList();
    Member expected =
        new Member(member.memberId(), member.entries().size(), total(), earned, spent, open);
    if (!row.equals(expected)) {
      find("the member's row is %s, the entries make %s".formatted(row, expected), last);
    }
  }

  private long total() {
    return lots.values().stream().mapToLong(Long::longValue).sum();
  }

  private void find(String what, Entry entry) {
    find(what, List.of(entry));
  }

  private void find(String what, List<Entry> entries) {
    findings.add(
        "member " + member.memberId() + ": " + what,
        entries.stream()
            .map(member::request)
            .filter(request -> request != null)
            .flatMap(request -> request.calls().stream())
            .toList(),
        entries);
  }
}
