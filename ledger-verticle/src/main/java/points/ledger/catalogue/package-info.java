/**
 * The goods of a chain and the facts of its stores, in tables and in the memory of every node.
 * Orders are completed by them.
 */
@NullMarked
package points.ledger.catalogue;

import org.jspecify.annotations.NullMarked;
