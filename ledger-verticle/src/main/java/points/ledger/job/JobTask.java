package points.ledger.job;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.MemberKey;

/** What a job does to the members, page by page in the order of their keys. */
interface JobTask {

  /**
   * What a page has come to.
   *
   * @param last the last member of it; null when there are none after
   * @param members how many were seen to
   * @param results what came of it
   */
  record Done(@Nullable MemberKey last, long members, long results) {}

  /**
   * Does one page, at the rate that it may. Done twice, it does no harm.
   *
   * @param after the member before; null at the beginning
   * @param goesOn asked before each part of it: false when somebody else has the job
   */
  Future<Done> page(@Nullable MemberKey after, BooleanSupplier goesOn);

  /**
   * Whether a pass is due.
   *
   * @param started when the last one began; null when there was none
   */
  boolean isDue(@Nullable Instant started, Instant now);
}
