package points.ledger.store;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of {@link BatchStatement}. Its text names them, and each is bound by its name;
 * their numbers are their places here. To add one, add it here, to the text and to its columns.
 */
enum BatchParameter {
  MEMBER_PROGRAMS("text[]"),
  MEMBER_IDS("text[]"),
  MEMBER_EXPECTED("int8[]"),
  MEMBER_SEQUENCES("int8[]"),
  MEMBER_STATUSES("text[]"),
  MEMBER_AVAILABLE("int8[]"),
  MEMBER_EARNED("int8[]"),
  MEMBER_SPENT("int8[]"),
  MEMBER_HELD("int8[]"),
  MEMBER_PENDING("int8[]"),
  MEMBER_DEBTS("int8[]"),
  MEMBER_STORED_VALUES("int8[]"),
  MEMBER_EXTRAS("text[]"),
  MEMBER_LOTS_FROM("int4[]"),
  MEMBER_LOTS_TO("int4[]"),
  MEMBER_LOT_EXPIRIES("timestamptz[]"),
  MEMBER_LOT_POINTS("int8[]"),

  ENTRY_PROGRAMS("text[]"),
  ENTRY_MEMBERS("text[]"),
  ENTRY_MEMBER_NOS("int4[]"),
  ENTRY_COMMAND_NOS("int4[]"),
  ENTRY_SEQUENCES("int8[]"),
  ENTRY_KINDS("text[]"),
  ENTRY_POINTS("int8[]"),
  ENTRY_BALANCES("int8[]"),
  ENTRY_STORES("text[]"),
  ENTRY_TERMINALS("text[]"),
  ENTRY_ORDERS("text[]"),
  ENTRY_PARTS("text[]"),
  ENTRY_AMOUNTS("int8[]"),
  ENTRY_LINES("text[]"),
  ENTRY_OPERATORS("text[]"),
  ENTRY_REASONS("text[]"),
  ENTRY_OCCURRED("timestamptz[]"),
  ENTRY_RECORDED("timestamptz[]"),
  ENTRY_KEYS("text[]"),
  ENTRY_FINGERPRINTS("uuid[]"),
  ENTRY_REFERENCES("int8[]"),
  ENTRY_EXTRAS("text[]"),
  ENTRY_LOTS_FROM("int4[]"),
  ENTRY_LOTS_TO("int4[]"),
  ENTRY_LOT_EXPIRIES("timestamptz[]"),
  ENTRY_LOT_POINTS("int8[]"),

  EFFECT_MEMBER_NOS("int4[]"),
  EFFECT_SEQUENCES("int8[]"),

  LOOKS_FOR_KNOWN("bool");

  /** No cast, whose colons are two, and no slice of an array, whose colon has a blank after it. */
  private static final Pattern NAME = Pattern.compile("(?<!:):([a-z_]+)");

  private final String type;

  BatchParameter(String type) {
    this.type = type;
  }

  /**
   * Puts numbers and types in the place of the names: {@code :member_ids} becomes {@code
   * $2::text[]}.
   *
   * @throws IllegalArgumentException if there is no such parameter
   */
  static String number(String sql) {
    return NAME.matcher(sql)
        .replaceAll(
            found -> {
              BatchParameter named = valueOf(found.group(1).toUpperCase(Locale.ROOT));
              return Matcher.quoteReplacement(named.numbered());
            });
  }

  @SuppressWarnings("EnumOrdinal") // they are bound in their order, which EnumMap keeps
  private String numbered() {
    return "$" + (ordinal() + 1) + "::" + type;
  }
}
