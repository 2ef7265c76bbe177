package points.ledger.book.json;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import points.ledger.abuse.AbuseLimit;
import points.ledger.abuse.AbuseLimit.Action;
import points.ledger.abuse.AbuseLimit.Count;
import points.ledger.abuse.AbuseLimit.Per;
import points.ledger.abuse.AbuseLimits;
import points.ledger.account.Limits;
import points.ledger.form.FieldFault;
import points.ledger.form.JsonFields;

/** Reads limits against abuse. */
final class AbuseReader {

  private static final Map<String, Count> COUNTS =
      Map.of(
          "orders", Count.ORDERS,
          "points", Count.POINTS,
          "amount", Count.AMOUNT,
          "lateness", Count.LATENESS);

  private static final Map<String, Per> SUBJECTS =
      Map.of(
          "member", Per.MEMBER,
          "cashier", Per.CASHIER,
          "terminal", Per.TERMINAL,
          "store", Per.STORE,
          "receipt", Per.RECEIPT);

  private static final Map<String, Action> ACTIONS =
      Map.of("review", Action.REVIEW, "refuse", Action.REFUSE);

  private static final Set<Count> OF_RECEIPT = Set.of(Count.POINTS, Count.AMOUNT, Count.LATENESS);

  /** From PT1M to P7D. */
  private static final Pattern WITHIN =
      Pattern.compile("P(?:[1-7]D|T(?:[1-9][0-9]?|1[0-5][0-9]|16[0-8])H|T[1-9][0-9]{0,3}M)");

  private AbuseReader() {}

  static AbuseLimits read(JsonFields book) {
    var limits = new ArrayList<AbuseLimit>();
    var ids = new HashSet<String>();
    for (JsonFields it : book.objects("abuse", AbuseLimits.MAX)) {
      AbuseLimit limit = limit(it);
      if (!ids.add(limit.id())) {
        it.wrong("id", FieldFault.LIMIT_TWICE);
      }
      it.end();
      limits.add(limit);
    }
    return limits.isEmpty() ? AbuseLimits.NONE : new AbuseLimits(List.copyOf(limits));
  }

  private static AbuseLimit limit(JsonFields it) {
    String id = it.code("id");
    Per per = or(it.oneOf("per", SUBJECTS), Per.MEMBER);
    Count count = or(it.oneOf("count", COUNTS), Count.POINTS);
    boolean isLateness = count == Count.LATENESS;
    if (per == Per.RECEIPT && !OF_RECEIPT.contains(count)) {
      it.wrong("count", FieldFault.LIMIT_OF_RECEIPT);
    } else if (per != Per.RECEIPT && isLateness) {
      it.wrong("count", FieldFault.LIMIT_OF_OTHERS);
    }
    boolean hasTime = per != Per.RECEIPT || isLateness;
    Duration within = hasTime ? within(it) : Duration.ZERO;
    long limit = isLateness ? 0 : it.integer("limit", 1, most(count, per));
    return new AbuseLimit(
        id, count, per, within, limit, or(it.oneOf("then", ACTIONS), Action.REVIEW));
  }

  private static long most(Count count, Per per) {
    return switch (count) {
      case ORDERS -> per == Per.MEMBER ? AbuseLimit.ORDERS_MAX : Limits.POINTS_MAX;
      case POINTS, LATENESS -> Limits.POINTS_MAX;
      case AMOUNT -> Limits.AMOUNT_MAX;
    };
  }

  private static Duration within(JsonFields it) {
    String text = it.known("within", WITHIN.asMatchPredicate(), FieldFault.LIMIT_WITHIN);
    return WITHIN.matcher(text).matches() ? Duration.parse(text) : Duration.ZERO;
  }

  private static <T> T or(@Nullable T read, T otherwise) {
    return read == null ? otherwise : read;
  }
}
