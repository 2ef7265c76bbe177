/**
 * The gateway's own PostgreSQL: a real server in processes of its own, used when no other database
 * is configured.
 *
 * <p>The programs come from the zonky binaries; starting, stopping and watching them is done here.
 * That project's own launcher is not used because it trusts every local connection, passes {@code
 * -F} (no fsync), unpacks into the shared temporary directory and deletes what it takes for old
 * data there.
 */
@NullMarked
package points.postgres;

import org.jspecify.annotations.NullMarked;
