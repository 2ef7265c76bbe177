package points.ledger.whatif;

import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.ledger.budget.BudgetKey;
import points.ledger.budget.BudgetState;
import points.ledger.budget.BudgetTerms;
import points.ledger.command.StoreFacts;
import points.ledger.program.Program;
import points.ledger.program.PublishedBook;

/**
 * The question of a simulation: a book, as if it had been in force in a period.
 *
 * @param book the book that is tried
 * @param from the first instant of the period
 * @param to the first instant after it
 * @param programs the program's own rules at an instant
 * @param books the rule book that was in force at an instant; null for none
 * @param budgetTerms of the book, and of those before it that it does not name
 * @param budgets the budgets at the beginning of the period, of which orders had drawn
 * @param stores the stores as they are now, for what entries do not say of them
 */
public record Scenario(
    PublishedBook book,
    Instant from,
    Instant to,
    Function<Instant, Program> programs,
    Function<Instant, @Nullable PublishedBook> books,
    BudgetTerms budgetTerms,
    Map<BudgetKey, BudgetState> budgets,
    Map<String, StoreFacts> stores) {}
