package points.ledger.whatif;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.ledger.award.Awarded;
import points.ledger.award.Reason;
import points.ledger.book.Promotion;
import points.ledger.book.RuleBook;
import points.ledger.command.StoreFacts;
import points.ledger.model.Entry;
import points.ledger.program.PublishedBook;

/** The circumstances of an order, as far as its entry says them. */
final class Circumstances {

  private final Scenario scenario;

  Circumstances(Scenario scenario) {
    this.scenario = scenario;
  }

  /** An order is rated by the rules in force when it was paid, but never by later ones. */
  static Instant paidAt(Entry entry) {
    return entry.occurredAt().isBefore(entry.recordedAt())
        ? entry.occurredAt()
        : entry.recordedAt();
  }

  /** Returns the budgets of rules that were cut by a budget and gave nothing. */
  Set<String> usedUp(Entry entry) {
    Awarded awarded = entry.awarded();
    if (awarded == null || awarded.cuts().stream().noneMatch(it -> it.reason() == Reason.BUDGET)) {
      return Set.of();
    }
    PublishedBook then = scenario.books().apply(paidAt(entry));
    if (then == null) {
      return Set.of();
    }
    RuleBook book = then.compiled().book();
    var ids = new HashSet<String>();
    book.promotions().forEach(it -> ids.add(String.valueOf(it.budget())));
    ids.add(String.valueOf(book.budget()));
    entry.factsChange().charges().stream()
        .filter(it -> it.issued() > 0)
        .forEach(it -> ids.remove(it.budgetId()));
    return ids;
  }

  /** Returns the budgets of rules that gave something, or were cut. */
  Set<String> counted(Entry entry) {
    Awarded awarded = entry.awarded();
    PublishedBook then = awarded == null ? null : scenario.books().apply(paidAt(entry));
    if (awarded == null || then == null || then.compiled().book().budgets().isEmpty()) {
      return Set.of();
    }
    var ids = new HashSet<String>();
    for (Promotion it : then.compiled().book().promotions()) {
      if (it.budget() != null
          && awarded.rules().stream().anyMatch(rule -> rule.id().equals(it.id()))) {
        ids.add(it.budget());
      }
    }
    return ids;
  }

  /**
   * Returns the store as it was when the order was taken.
   *
   * <p>The entry says the time zone that counted. It is the store's own, unless it is the book's
   * and the store has none now. Orders from before there was a book say nothing of their store.
   */
  @Nullable StoreFacts storeOf(Entry entry, @Nullable PublishedBook then) {
    StoreFacts now = scenario.stores().get(String.valueOf(entry.origin().storeId()));
    Awarded awarded = entry.awarded();
    if (awarded == null) {
      return now;
    }
    boolean ofBook =
        (now == null || now.timeZone() == null)
            && then != null
            && then.compiled().book().timeZone().getId().equals(awarded.timeZone());
    return new StoreFacts(awarded.storeTags(), ofBook ? null : awarded.timeZone());
  }
}
