package points.ledger.forward;

import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Command;
import points.ledger.domain.MemberKey;
import points.ledger.domain.Outcome;
import points.ledger.domain.Refusal.MemberMerged;

/**
 * Commands on a member that may have been merged into another, and that into a third: they go to
 * whom it goes on as.
 */
public final class Following {

  /** How many merges are followed; a chain that is longer is refused. */
  public static final int STEPS_MAX = 8;

  private final Function<Command, Future<Outcome>> submit;

  public Following(Function<Command, Future<Outcome>> submit) {
    this.submit = submit;
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
                  : submit(new MemberKey(member.programId(), into), command, steps - 1);
            });
  }

  private static @Nullable String mergedInto(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
            && refused.refusal() instanceof MemberMerged merged
        ? merged.into()
        : null;
  }
}
