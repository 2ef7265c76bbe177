/**
 * Proves that the checker finds faults: each is planted into real gateways while their classes are
 * loaded. Nothing of it is in the product.
 */
@NullMarked
package points.load.fault.plant;

import org.jspecify.annotations.NullMarked;
