/**
 * Proves that the checker finds what it is there to find: faults are planted into real gateways as
 * their classes are loaded. Nothing of it is in the product.
 */
@NullMarked
package points.load.fault.plant;

import org.jspecify.annotations.NullMarked;
