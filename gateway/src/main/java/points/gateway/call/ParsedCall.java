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
 * A call whose fields were read without an error, and which can be carried out.
 *
 * <p>A batch carries out two records with a common ordering key in the order in which they were
 * sent. Example: an accrual of order 1001 for member M has the keys of the order and of M. A
 * deduction for M that follows it waits until the accrual has ended; an accrual of order 1002 for
 * member N does not.
 *
 * @param orderingKeys keys of the members and the order that the call is about. The set is empty
 *     when the call may be about any member; then the call is carried out alone.
 * @param sale the sale when a till has dated the call, and null otherwise
 * @param work carries the call out. Running it twice has the same effect as running it once.
 */
public record ParsedCall(
    Set<String> orderingKeys, @Nullable Sale sale, Supplier<Future<CallResult>> work) {

  /**
   * A sale that a till has dated, and which may come too late in a batch.
   *
   * @param result the result of the call for an outcome of the command
   */
  public record Sale(Command command, Function<Outcome, CallResult> result) {}

  /** Makes a call of a command that is known before anything is looked up. */
  public static ParsedCall of(Command command, Supplier<Future<CallResult>> work) {
    return new ParsedCall(keysOf(command), null, work);
  }

  /** Makes a call of a sale that a till has dated. */
  public static ParsedCall ofSale(Sale sale, Supplier<Future<CallResult>> work) {
    return new ParsedCall(keysOf(sale.command()), sale, work);
  }

  /** Makes a call that may be about any member, so that a batch carries it out alone. */
  public static ParsedCall alone(Supplier<Future<CallResult>> work) {
    return new ParsedCall(Set.of(), null, work);
  }

  /** Returns the same call with the ordering key of one more member that it is about. */
  public ParsedCall with(MemberKey other) {
    var more = new HashSet<>(orderingKeys);
    more.add(keyOf(other.memberId()));
    return new ParsedCall(more, sale, work);
  }

  /**
   * Makes a call about an entry that has to be looked up before the command is known.
   *
   * @param entry null when the caller sent something that is no transaction id
   */
  public static ParsedCall of(@Nullable TransactionId entry, Supplier<Future<CallResult>> work) {
    return new ParsedCall(
        Set.of(entry == null ? "nobody" : keyOf(entry.member().memberId())), null, work);
  }

  private static String keyOf(String memberId) {
    return "member " + memberId;
  }

  private static Set<String> keysOf(Command command) {
    var keys = new HashSet<String>();
    keys.add(keyOf(command.member().memberId()));
    Origin origin = command.origin();
    if (origin.orderId() != null) {
      keys.add("order " + origin.storeId() + " " + origin.orderId());
    }
    return keys;
  }
}
