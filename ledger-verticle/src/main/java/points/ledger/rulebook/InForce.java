package points.ledger.rulebook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import points.ledger.engine.CompiledBook;

/**
 * A publication in force, as this node knows it.
 *
 * @param compiled the book, ready to rate orders; null when this release cannot read it
 */
public record InForce(
    int number, String ruleBookId, Instant inForceFrom, @Nullable CompiledBook compiled) {}
