package points.gateway.web;

import io.vertx.ext.web.RoutingContext;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import points.ledger.form.Formats;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;

/** The member and the sequence that a transaction id names; see {@link Entry#transactionId}. */
public record TransactionId(MemberKey member, long sequence) {

  /** Greatest length: the longest id of a member, a hyphen and the longest number. */
  public static final int LENGTH_MAX = 64 + 1 + 18;

  private static final Pattern ID = Pattern.compile("(.{1,64})-([1-9][0-9]{0,17})");

  /** Parses a parameter of the path, in the caller's program; null when it is no transaction id. */
  public static @Nullable TransactionId ofPath(RoutingContext ctx, String parameter) {
    return of(Authentication.caller(ctx).programId(), String.valueOf(ctx.pathParam(parameter)));
  }

  /** Parses a transaction id of the program; null when the text is none. */
  public static @Nullable TransactionId of(String programId, String transactionId) {
    Matcher id = ID.matcher(transactionId);
    return id.matches() && Formats.isId(id.group(1))
        ? new TransactionId(new MemberKey(programId, id.group(1)), Long.parseLong(id.group(2)))
        : null;
  }
}
