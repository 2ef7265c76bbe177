package points.ledger.store;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parameter of {@link BatchStatement}, whose text names it. PostgreSQL knows it by its number,
 * which is its place in {@link #ALL}.
 *
 * @param name of a column's values: the table's name and the column's
 * @param type as PostgreSQL takes it
 */
record BatchParameter(String name, String type) {

  /** In the order in which their values are bound. */
  static final List<BatchParameter> ALL = all();

  /** No cast, whose colons are two, and no slice of an array, whose colon has a blank after it. */
  private static final Pattern NAME = Pattern.compile("(?<!:):([a-z0-9_]+)");

  private static List<BatchParameter> all() {
    var all = new ArrayList<BatchParameter>();
    all.addAll(MemberColumns.ALL.parameters());
    all.addAll(EntryColumns.ALL.parameters());
    all.add(new BatchParameter("effect_member_nos", "int4[]"));
    all.add(new BatchParameter("effect_sequences", "int8[]"));
    all.add(new BatchParameter("looks_for_known", "bool"));
    all.addAll(BudgetCharges.PARAMETERS);
    return List.copyOf(all);
  }

  /**
   * Puts numbers and types in the place of the names: {@code :member_member_id} becomes {@code
   * $2::text[]}.
   *
   * @throws IllegalArgumentException if there is no such parameter
   */
  static String number(String sql) {
    return NAME.matcher(sql)
        .replaceAll(found -> Matcher.quoteReplacement(numbered(found.group(1))));
  }

  private static String numbered(String name) {
    for (int i = 0; i < ALL.size(); i++) {
      if (ALL.get(i).name.equals(name)) {
        return "$" + (i + 1) + "::" + ALL.get(i).type;
      }
    }
    throw new IllegalArgumentException("the batch statement has no parameter " + name);
  }
}
