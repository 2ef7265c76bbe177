package points.ledger.book.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import points.ledger.book.RuleBook;

/**
 * A rule book together with the parts of its document that rate no order.
 *
 * @param title null for none
 * @param examples orders with the points that the author expects
 * @param unusedSets the names of sets that no rule uses, in alphabetical order
 */
public record RuleBookDocument(
    RuleBook book, @Nullable String title, List<WorkedExample> examples, List<String> unusedSets) {}
