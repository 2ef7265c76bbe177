package points.ledger.forward;

import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Command;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Outcome;
import points.ledger.domain.Outcome.Cause;
import points.ledger.domain.Refusal.MemberMerged;

/**
 * Commands on a member that may have been merged into another, and that into a third: they go to
 * whom it goes on as.
 */
public final class MergeRedirect {

  /** How many merges are followed; a chain that is longer is refused. */
  public static final int STEPS_MAX = 8;

  private static final Outcome ANOTHER_TIME = new Outcome.NotApplied(Cause.OVERLOADED);

  private final Function<Command, Future<Outcome>> submit;
  private final Function<MemberKey, Future<Boolean>> hasArrived;

  /** Follows at once, whatever is still on its way there. */
  public MergeRedirect(Function<Command, Future<Outcome>> submit) {
    this(submit, merged -> Future.succeededFuture(true));
  }

  /**
   * Follows only where all has come that a merged member left; before that nothing is applied.
   *
   * @param hasArrived whether it has, asked of a member that was merged
   */
  public MergeRedirect(
      Function<Command, Future<Outcome>> submit, Function<MemberKey, Future<Boolean>> hasArrived) {
    this.submit = submit;
    this.hasArrived = hasArrived;
  }

  /** Has the command decided on the member, or on the one it goes on as. */
  public Future<Outcome> submit(MemberKey first, Function<MemberKey, Command> command) {
    return submit(first, command, STEPS_MAX);
  }

  private Future<Outcome> submit(
      MemberKey member, Function<MemberKey, Command> command, int steps) {
    return submit
        .apply(command.apply(member))
        .compose(
            outcome -> {
              String into = steps == 0 ? null : mergedInto(outcome);
              return into == null
                  ? Future.succeededFuture(outcome)
                  : hasArrived
                      .apply(member)
                      .compose(
                          arrived ->
                              arrived
                                  ? submit(
                                      new MemberKey(member.programId(), into), command, steps - 1)
                                  : Future.succeededFuture(ANOTHER_TIME));
            });
  }

  private static @Nullable String mergedInto(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
            && refused.refusal() instanceof MemberMerged merged
        ? merged.into()
        : null;
  }
}
