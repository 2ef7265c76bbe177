package points.gateway.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import points.ledger.domain.Entry;
import points.ledger.domain.MemberKey;

/** An entry as callers name it: member and sequence; see {@link Entry#transactionId}. */
record TransactionName(MemberKey member, long sequence) {

  private static final Pattern FORM = Pattern.compile("(.{1,64})-([1-9][0-9]{0,17})");

  static boolean isOne(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches() && Text.isId(parts.group(1));
  }

  /** Null when the text is none. */
  static @Nullable TransactionName of(String programId, String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches() && Text.isId(parts.group(1))
        ? new TransactionName(
            new MemberKey(programId, parts.group(1)), Long.parseLong(parts.group(2)))
        : null;
  }
}
