package points.ledger;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.ledger.cache.StateReader;
import points.ledger.command.Command;
import points.ledger.command.EntryHistory;
import points.ledger.command.HistoryQuery;
import points.ledger.command.Refusal;
import points.ledger.decide.CommandDecider;
import points.ledger.decide.Decision;
import points.ledger.forward.MergeRedirect;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.StateSnapshot;
import points.ledger.refund.RefundRequest;
import points.ledger.refund.RefundService;
import points.ledger.rules.Program;
import points.ledger.store.PgEntryReader;

/**
 * Computes the outcome that a command would have, or had when it came before. Nothing is written.
 */
final class Previews {

  private final StateReader readings;
  private final PgEntryReader entries;
  private final Function<Command, Program> rules;
  private final InstantSource time;

  Previews(
      StateReader readings,
      PgEntryReader entries,
      Function<Command, Program> rules,
      InstantSource time) {
    this.readings = readings;
    this.entries = entries;
    this.rules = rules;
    this.time = time;
  }

  Future<Decision> preview(Command command) {
    return readings
        .read(command.member())
        .map(found -> found.map(StateSnapshot::state).orElse(null))
        .compose(
            state -> {
              Decision decision =
                  CommandDecider.decide(state, command, rules.apply(command), time.instant());
              return decision instanceof Decision.NeedsHistory undecided
                  ? lookUp(state, command, undecided.needed())
                  : Future.succeededFuture(decision);
            });
  }

  /** The same for a member that may have been merged into another. */
  Future<Decision> preview(MemberKey first, Function<MemberKey, ? extends Command> command) {
    return preview(first, command, MergeRedirect.STEPS_MAX);
  }

  /** The same of a refund, whoever's the order is. */
  Future<Decision> preview(RefundService refunds, RefundRequest wanted) {
    if (!refunds.isAllowed(wanted)) {
      return refused(new Refusal.RefundStoreNotAllowed());
    }
    return refunds
        .memberOf(wanted)
        .compose(
            member ->
                member.isEmpty()
                    ? refused(new Refusal.OrderNotFound())
                    : refunds
                        .misfit(wanted)
                        .compose(
                            field ->
                                field.isPresent()
                                    ? refused(new Refusal.OrderMismatch(field.get()))
                                    : preview(member.get(), wanted::of)));
  }

  private static Future<Decision> refused(Refusal refusal) {
    return Future.succeededFuture(new Decision.Refused(refusal));
  }

  private Future<Decision> preview(
      MemberKey member, Function<MemberKey, ? extends Command> command, int steps) {
    return preview(command.apply(member))
        .compose(
            decision ->
                steps > 0
                        && decision instanceof Decision.Refused refused
                        && refused.refusal() instanceof Refusal.MemberMerged merged
                    ? preview(new MemberKey(member.programId(), merged.into()), command, steps - 1)
                    : Future.succeededFuture(decision));
  }

  private Future<Decision> lookUp(
      @Nullable MemberState state, Command command, HistoryQuery needed) {
    long asOf = state == null ? -1 : state.sequence();
    return entries
        .needed(needed)
        .map(
            found -> {
              List<Entry> known =
                  found.stream()
                      .filter(it -> !it.member().equals(command.member()) || it.sequence() <= asOf)
                      .toList();
              var history = new EntryHistory(needed, asOf, known);
              return CommandDecider.decide(
                  state, command, history, rules.apply(command), time.instant());
            });
  }
}
