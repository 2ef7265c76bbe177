package points.gateway.call;

import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import points.gateway.web.CallResult;
import points.gateway.web.TransactionId;
import points.ledger.command.Command;
import points.ledger.command.Outcome;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;

/**
 * A call that was read and is right in itself: what is left is to do it.
 *
 * @param turns names of the member and the order that it is about; calls that share one are to be
 *     done in their order. None when it may share one with any other.
 * @param sale set when the call is a sale that a till dates, and null otherwise
 * @param work does it; the same again is as good as once
 */
public record ParsedCall(
    Set<String> turns, @Nullable Sale sale, Supplier<Future<CallResult>> work) {

  /**
   * A sale that a till dates, which may come too late in a batch.
   *
   * @param result the result of the call for an outcome of the command
   */
  public record Sale(Command command, Function<Outcome, CallResult> result) {}

  /** Of a command that is known before anything was looked up. */
  public static ParsedCall of(Command command, Supplier<Future<CallResult>> work) {
    return new ParsedCall(turnsOf(command), null, work);
  }

  /** The same, of a command that a till dates. */
  public static ParsedCall ofSale(Sale sale, Supplier<Future<CallResult>> work) {
    return new ParsedCall(turnsOf(sale.command()), sale, work);
  }

  /** Of something that names neither a member nor an entry: it may be about any. */
  public static ParsedCall alone(Supplier<Future<CallResult>> work) {
    return new ParsedCall(Set.of(), null, work);
  }

  /** The same, which is about this member as well. */
  public ParsedCall with(MemberKey other) {
    var more = new HashSet<>(turns);
    more.add(turnOf(other.memberId()));
    return new ParsedCall(more, sale, work);
  }

  /** Of an entry that has to be looked up before its command is known. */
  public static ParsedCall of(@Nullable TransactionId entry, Supplier<Future<CallResult>> work) {
    return new ParsedCall(
        Set.of(entry == null ? "nobody" : turnOf(entry.member().memberId())), null, work);
  }

  private static String turnOf(String memberId) {
    return "member " + memberId;
  }

  private static Set<String> turnsOf(Command command) {
    var turns = new HashSet<String>();
    turns.add(turnOf(command.member().memberId()));
    Origin origin = command.origin();
    if (origin.orderId() != null) {
      turns.add("order " + origin.storeId() + " " + origin.orderId());
    }
    return turns;
  }
}
