package points.load.simulation;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;
import java.util.List;
import points.load.model.Mismatch;

/**
 * Simulates a chain on promotion day, in an open model.
 *
 * <p>Callers arrive at a rate of their own, however long earlier ones wait. Of their calls 60 %
 * read (balance, entries, lots), 30 % are accruals and 10 % deductions, over many stores and
 * members, a good share of them on one hot member. A deduction refused for want of points is a good
 * answer.
 *
 * <p>Fails when any call failed, when 99 of 100 calls took longer than the limit, or when
 * afterwards any member's books disagree with themselves or with the answers that tills got. Its
 * size is set by system properties, see {@link PromotionPlan}.
 */
public final class PromotionDay extends Simulation {
  private static final int SHOWN = 10;

  private final PromotionPlan plan = PromotionPlan.ofThisProcess();
  private final Participants participants = Participants.of(plan, System.currentTimeMillis());
  private final Outcomes outcomes = new Outcomes();
  private final PromotionScenario scenario = new PromotionScenario(plan, participants, outcomes);

  /** Gatling makes the one instance. */
  public PromotionDay() {
    setUp(
            scenario
                .build()
                .injectOpen(
                    rampUsersPerSec(Math.max(1, plan.rate() / 10))
                        .to(plan.rate())
                        .during(plan.ramp()),
                    constantUsersPerSec(plan.rate()).during(plan.steady())))
        .protocols(scenario.protocol())
        .assertions(
            global().failedRequests().count().is(0L),
            global().responseTime().percentile(99.0).lt((int) plan.p99Max().toMillis()));
  }

  /** Makes stores and opening balances. */
  @Override
  public void before() {
    try (PromotionSetup setup = new PromotionSetup(plan)) {
      setup.setUp(participants, outcomes);
    }
  }

  /** Audits every member; Gatling ends with an error when this throws. */
  @Override
  public void after() {
    List<Mismatch> mismatches;
    try (PromotionSetup setup = new PromotionSetup(plan)) {
      mismatches = setup.audit(participants, outcomes);
    }
    mismatches.stream().limit(SHOWN).forEach(System.out::println);
    if (!mismatches.isEmpty()) {
      throw new IllegalStateException("Balance audit: " + mismatches.size() + " mismatches");
    }
    System.out.printf("Balance audit: %,d members, no mismatch%n", participants.members().size());
  }
}
