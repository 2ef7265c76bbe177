package points.ledger.forward;

import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.command.Outcome.Cause;
import points.ledger.command.Refusal.MemberMerged;
import points.ledger.model.MemberKey;

/**
 * Submits a command, and submits it again for the member into which its member was merged. Follows
 * a chain of merges up to {@link #STEPS_MAX}, without a pause, because each step asks for another
 * member.
 */
public final class MergeRedirect {

  /** Merges that are followed at most; a command with a longer chain is refused. */
  public static final int STEPS_MAX = 8;

  private static final Outcome ANOTHER_TIME = new Outcome.NotApplied(Cause.OVERLOADED);

  private final Function<Command, Future<Outcome>> submit;
  private final Function<MemberKey, Future<Boolean>> hasArrived;

  /** Redirects at once, even if the merged member's points are still on their way. */
  public MergeRedirect(Function<Command, Future<Outcome>> submit) {
    this(submit, merged -> Future.succeededFuture(true));
  }

  /**
   * Redirects only when everything of the merged member has arrived; the command is not applied
   * before.
   *
   * @param hasArrived whether that is so, of a merged member
   */
  public MergeRedirect(
      Function<Command, Future<Outcome>> submit, Function<MemberKey, Future<Boolean>> hasArrived) {
    this.submit = submit;
    this.hasArrived = hasArrived;
  }

  /** Has the command decided on the member, or on the one into which it was merged. */
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
