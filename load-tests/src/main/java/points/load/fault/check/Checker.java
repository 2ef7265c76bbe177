package points.load.fault.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import points.load.fault.history.Call;
import points.load.fault.history.Wish;
import points.load.fault.ledger.Books;
import points.load.fault.ledger.Entry;
import points.load.fault.ledger.Member;

/**
 * Says what of a history and the books read after it breaks a {@link Rule}. Members do not depend
 * on each other but for what they send each other, so each is looked at by itself. Pure: no clock,
 * no database.
 */
public final class Checker {
  private Checker() {}

  /**
   * Everything that must not be, by member; nothing when all is well.
   *
   * @param began the time of day when the history's clock stood at 0
   */
  public static List<Violation> violations(
      List<Call> calls, Books books, Freshness freshness, Instant began) {
    List<Violation> violations = new ArrayList<>();
    Whole whole = new Whole(freshness, began, calls, books);
    for (MemberCase member : cases(calls, books, whole)) {
      for (Rule rule : Rule.values()) {
        violations.addAll(rule.violations(member));
      }
    }
    return violations;
  }

  private static List<MemberCase> cases(List<Call> calls, Books books, Whole whole) {
    Map<String, List<Call>> callsOf = calls.stream().collect(Collectors.groupingBy(homes(books)));
    Map<String, Member> rows =
        books.members().stream().collect(Collectors.toMap(Member::memberId, Function.identity()));
    Set<String> members = new TreeSet<>(rows.keySet());
    members.addAll(callsOf.keySet());
    books.entries().forEach(entry -> members.add(entry.memberId()));
    List<MemberCase> cases = new ArrayList<>(members.size());
    for (String id : members) {
      MemberCase member =
          new MemberCase(
              id, rows.get(id), whole.entriesOf(id), callsOf.getOrDefault(id, List.of()), whole);
      whole.add(member);
      cases.add(member);
    }
    return cases;
  }

  /** What undoes something goes to whom its member goes on as. */
  private static Function<Call, String> homes(Books books) {
    Map<String, String> undoing = new HashMap<>();
    for (Entry entry : books.entries()) {
      boolean undoes = entry.kind() == Entry.Kind.REFUND || entry.kind() == Entry.Kind.REVERSAL;
      if (undoes && entry.key() != null) {
        undoing.put(entry.key(), entry.memberId());
      }
    }
    return call -> {
      Wish wish = call.wish();
      String home = null;
      if (wish instanceof Wish.Refund refund && call.key() != null) {
        home = undoing.getOrDefault(call.key(), undoing.get(Request.parkedKey(refund)));
      } else if (wish instanceof Wish.Reversal && call.key() != null) {
        home = undoing.get(call.key());
      }
      return home == null ? wish.memberId() : home;
    };
  }
}
