package points.ledger.job;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.ledger.account.Lot;
import points.ledger.model.MemberKey;
import points.ledger.proof.Difference;
import points.ledger.proof.Proofs;

/**
 * Folds the entries of one member after the other again, and says which rows are not what their
 * entries give. It changes nothing: what is wrong, people have to look at.
 */
final class Auditor implements JobTask {

  private static final Logger LOG = LoggerFactory.getLogger(Auditor.class);

  /** A pass begins this long after the one before, however soon that was over. */
  static final Duration PERIOD = Duration.ofHours(1);

  private static final int PAGE_MAX = 200;

  /** Of the few connections for reading, most are for callers. */
  private static final int AT_ONCE_MAX = 2;

  private static final int LOGGED_MAX = 20;

  private final MemberPages members;
  private final Proofs proofs;
  private final RateLimiter pace;
  private final int page;
  private final JobMetrics metrics;

  Auditor(Vertx vertx, MemberPages members, Proofs proofs, JobOptions options, JobMetrics metrics) {
    this.members = members;
    this.proofs = proofs;
    this.pace = new RateLimiter(vertx, options.auditPerSecond(), AT_ONCE_MAX);
    this.page = Math.min(Math.min(PAGE_MAX, options.pageMax()), 5 * options.auditPerSecond());
    this.metrics = metrics;
  }

  @Override
  public boolean isDue(@Nullable Instant started, Instant now) {
    return started == null || !now.isBefore(started.plus(PERIOD));
  }

  @Override
  public Future<Done> page(@Nullable MemberKey after, BooleanSupplier goesOn) {
    return members
        .all(after, page)
        .compose(
            found ->
                pace.forEach(found.wanted(), goesOn, this::audit)
                    .map(differ -> new Done(found.last(), found.wanted().size(), differ)));
  }

  private Future<Long> audit(MemberKey member) {
    return proofs
        .differences(member)
        .map(
            differences -> {
              metrics.done(differences.size());
              report(member, differences);
              return (long) differences.size();
            });
  }

  private static void report(MemberKey member, List<Difference> differences) {
    for (Difference it : differences.subList(0, Math.min(LOGGED_MAX, differences.size()))) {
      LOG.error(
          "the books differ: member {} of {}: {}, account {}, place {}, set aside by {}, lot {}:"
              + " expected {}, found {}; see PointsBooksDiffer in the runbook",
          member.memberId(),
          member.programId(),
          it.what(),
          it.account(),
          it.place(),
          it.reserve(),
          Lot.NEVER.equals(it.expiresAt()) ? "never" : it.expiresAt(),
          it.expected(),
          it.found());
    }
    if (differences.size() > LOGGED_MAX) {
      LOG.error(
          "the books differ: member {} of {}: {} more",
          member.memberId(),
          member.programId(),
          differences.size() - LOGGED_MAX);
    }
  }
}
