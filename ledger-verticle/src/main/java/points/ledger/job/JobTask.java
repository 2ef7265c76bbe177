package points.ledger.job;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import points.ledger.model.MemberKey;

/** Work of a background job on the members, page by page in the order of their keys. */
interface JobTask {

  /**
   * Result of a page.
   *
   * @param last the last member of the page; null when it was the last page
   * @param members members that were looked at
   * @param results entries or findings that were written
   */
  record Done(@Nullable MemberKey last, long members, long results) {}

  /**
   * Does one page, at the allowed rate. A page may be done twice.
   *
   * @param after the last member of the page before; null at the beginning
   * @param goesOn asked before each part of the page; false when another node has taken the job
   */
  Future<Done> page(@Nullable MemberKey after, BooleanSupplier goesOn);

  /**
   * Returns whether a pass is due.
   *
   * @param started when the last one began; null when there was none
   */
  boolean isDue(@Nullable Instant started, Instant now);
}
