package points.load.fault.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import points.load.fault.history.Call;
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
    Whole whole = new Whole(freshness, began, books.entries());
    for (MemberCase member : cases(calls, books, whole)) {
      for (Rule rule : Rule.values()) {
        violations.addAll(rule.violations(member));
      }
    }
    return violations;
  }

  private static List<MemberCase> cases(List<Call> calls, Books books, Whole whole) {
    Map<String, List<Call>> callsOf =
        calls.stream().collect(Collectors.groupingBy(call -> call.wish().memberId()));
    Map<String, List<Entry>> entriesOf =
        books.entries().stream()
            .sorted(Comparator.comparingLong(Entry::sequence))
            .collect(Collectors.groupingBy(Entry::memberId));
    Map<String, Member> rows =
        books.members().stream().collect(Collectors.toMap(Member::memberId, Function.identity()));
    Set<String> members = new TreeSet<>(rows.keySet());
    Stream.of(callsOf, entriesOf).forEach(map -> members.addAll(map.keySet()));
    return members.stream()
        .map(
            id ->
                new MemberCase(
                    id,
                    rows.get(id),
                    entriesOf.getOrDefault(id, List.of()),
                    callsOf.getOrDefault(id, List.of()),
                    whole))
        .toList();
  }
}
