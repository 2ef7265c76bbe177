package points.gateway.web;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import points.ledger.Ledger;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;

/** Where the entry of a transaction id is; see {@link Entry#transactionId}. */
public record TransactionId(MemberKey member, long sequence) {

  /** Of the longest id of a member and the longest number. */
  public static final int LENGTH_MAX = 64 + 1 + 18;

  private static final Pattern ID = Pattern.compile("(.{1,64})-([1-9][0-9]{0,17})");

  /** The entry that a parameter of the path names, in the caller's program; null when none. */
  public static @Nullable TransactionId ofPath(RoutingContext ctx, String parameter) {
    return of(Authentication.caller(ctx).programId(), String.valueOf(ctx.pathParam(parameter)));
  }

  /** The entry of this name in the program; null when it is the name of none. */
  public static @Nullable TransactionId of(String programId, String transactionId) {
    Matcher id = ID.matcher(transactionId);
    return id.matches() && Formats.isId(id.group(1))
        ? new TransactionId(new MemberKey(programId, id.group(1)), Long.parseLong(id.group(2)))
        : null;
  }

  /** The entry; empty when there is none, or none was named. */
  public static Future<Optional<Entry>> find(Ledger ledger, @Nullable TransactionId id) {
    return id == null
        ? Future.succeededFuture(Optional.empty())
        : ledger.entries().find(id.member(), id.sequence());
  }
}
