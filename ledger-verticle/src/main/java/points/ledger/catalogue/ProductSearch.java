package points.ledger.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * The products that a list is to have; those that fit all of it.
 *
 * @param idPrefix the beginning of their ids; null for any
 * @param category the path of their category, or of one above it; null for any
 * @param active whether they are sold; null for either
 */
public record ProductSearch(
    @Nullable String idPrefix, @Nullable String category, @Nullable Boolean active) {}
