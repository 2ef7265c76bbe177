/** The people of a program: their accounts, passwords, sign-ins and sessions. */
@NullMarked
package points.gateway.staff;

import org.jspecify.annotations.NullMarked;
