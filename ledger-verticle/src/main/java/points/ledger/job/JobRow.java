package points.ledger.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import points.ledger.model.MemberKey;

/**
 * The progress of a job.
 *
 * @param cursor the last member that is done; null at the beginning of a pass
 * @param startedAt when the pass began; null before the first
 * @param finishedAt when it ended; null while it goes on
 * @param members the number of members processed
 * @param results the counts by name: entries written, differences found
 * @param doneFrom when the last pass that ended had begun; null before there is one
 */
record JobRow(
    @Nullable MemberKey cursor,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    long members,
    long results,
    @Nullable Instant doneFrom) {

  boolean isUnderWay() {
    return startedAt != null && finishedAt == null;
  }
}
