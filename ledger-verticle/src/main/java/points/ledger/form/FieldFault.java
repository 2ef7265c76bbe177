package points.ledger.form;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The faults that a field can have. A name stays, so that programs and the console's languages can
 * rely on it; its text is for people and may change.
 */
public enum FieldFault {
  REQUIRED("is required"),
  NOT_NULL("must not be null"),
  UNKNOWN_FIELD("is not a field of this request"),
  UNKNOWN_PARAMETER("is not a parameter of this call"),
  GIVEN_TWICE("must be given once"),
  ONLY_PARAMETER("must be the only parameter"),
  TEXT("must be a string"),
  FLAG("must be true or false"),
  OBJECT("must be an object"),
  OBJECTS("must be an array of at most {max} objects"),
  IDS("must be an array of {min} to {max} ids"),
  STRINGS("must be an array of {min} to {max} strings"),
  ID("must be an id"),
  NO_ID("is not an id"),
  ID_FORM("must be 1 to 64 of A-Z a-z 0-9 . _ : @ + ~ -, the first a letter or digit"),
  TWICE("must not be there twice"),
  ACCOUNT_CODE("must be 1 to 32 of A-Z a-z 0-9 . _ : @ + ~ -, the first a letter or digit"),
  CURRENCY_CODE(
      "must be 1 to 32 of A-Z a-z 0-9 . _ : @ + ~ -, the first a letter or digit, and none "
          + "of points, growth, storedValue"),
  READABLE(
      "must be 1 to {max} characters, not all of them blank, none of them a control "
          + "character"),
  READABLE_NAMES(
      "each name must be 1 to {max} characters, not all of them blank, none of them a "
          + "control character"),
  VISIBLE_ASCII("must be 1 to {max} visible ASCII characters"),
  LENGTH("must be 1 to {max} characters"),
  FIELDS_MAX("must have at most {max} fields"),
  ONE_OF("must be one of {allowed}"),
  WHOLE_NUMBER("must be a whole number, written without fraction or exponent, from {min} to {max}"),
  NUMBER_RANGE("must be a whole number from {min} to {max}"),
  NOT_ZERO("must not be 0"),
  TIME_RANGE(
      "must be an RFC 3339 time with offset, such as 2026-11-22T10:00:00+08:00, from {min} "
          + "to {max}"),
  TIME_PAST(
      "must be an RFC 3339 time with offset, such as 2026-11-22T10:00:00Z, not after "
          + "{max}; a + in it is written %2B"),
  TIME(
      "must be an RFC 3339 time with offset, such as 2026-11-22T10:00:00Z; a + in it is "
          + "written %2B"),
  DAYS("must be P1D to P366D"),
  AFTER_FROM("must be after from"),
  CURSOR("must be the nextCursor of a page before"),
  EVENT_CURSOR("must be the nextCursor of a page before, or the id of an event"),
  CURSOR_LOST("is no cursor of this feed, or the feed has lost its end: begin at a time, by since"),
  SINCE_OR_AFTER("must not be given together with after"),
  WAIT("must be PT0S to PT60S"),
  EVENT_TYPES("must be types of events, with commas between"),
  BUSINESS_DAY("must be a business day, such as 2026-11-22"),
  DAY_RANGE("must be from {from} on, at most {days} days in all"),
  DAY_OR_HOUR("must be day or hour"),
  FIGURES_BY("must be store, hour, day, channel, terminal or cashier"),
  NOTHING_TO_PAY("must have points or storedValue above 0"),
  NOTHING_TO_HOLD("must be above 0, or storedValue must be"),
  AFTER_OCCURRED("must be after occurredAt"),
  LINE_TWICE_IN_ORDER("must be unique in the order"),
  LINE_TWICE_IN_REFUND("must be unique in the refund"),
  LINES_SUM("must add up to amount: they make {sum}, amount is {amount}"),
  LINES_EMPTY("must name at least one line; leave it out for the whole order"),
  NOT_BESIDE_LINES("must not be given beside lines"),
  NOT_BESIDE_LINES_OR_AMOUNT("must not be given beside lines or amount"),
  NOT_BESIDE_FOR("must not be given beside for"),
  BEFORE_SALE("must not be before the sale, {soldAt}"),
  POINTS_ONLY("must be of points: head office adjusts stored value and growth"),
  OTHER_CURRENCY("must be another currency than from"),
  OTHER_MEMBER("must be another member"),
  OTHER_RECEIVER("must be another member than from"),
  OTHER_OWNER("must be another member than that of the transaction"),
  HELD_ORDER("must be that of the hold, {orderId}"),
  TRANSACTION_ID("must be the transactionId of an entry"),
  STORE_REQUIRED("is required: one of {stores}"),
  OPERATOR_REQUIRED("is required where there is no storeId"),
  PROGRAM_REQUIRED("is required: there are several programs"),
  PASSWORD_LENGTH("must be {min} to {max} characters"),
  PASSWORD_COMMON("is among the passwords that are tried first"),
  PASSWORD_REPEATS("repeats too few characters"),
  PASSWORD_OF_NAME("must not be made of the name"),
  PASSWORD_SAME("must be another one than the current"),
  PASSWORD_OVER("was good for a week; ask head office for another"),
  PASSWORD_WRONG("is not the password of the account"),
  CODE_FORM("must be 6 digits"),
  CODE_WRONG("is not a code of the new secret"),
  STAFF_ROLES("may have headOffice, marketing, storeManager, support and auditor"),
  STAFF_NEEDS_STORES("is required for role storeManager: its stores"),
  STAFF_HAS_NO_STORES(
      "must be left out: only an account with the role storeManager is bound to stores"),
  LANGUAGE("must be a language, such as zh-CN"),
  KEY_NEEDS_STORE("is required for a key of role store"),
  KEY_HAS_NO_STORE("must be left out: such a key is bound to no store"),
  PHONE("must be a phone number, one with its country code, such as +8613800000001"),
  PHONE_OF_COUNTRY(
      "must be a phone number of {country}, or one with its country code, such as "
          + "+8613800000001"),
  POOL_MEMBER("must be a member that has not ended"),
  CURRENCY("must be an ISO 4217 code, such as CNY"),
  COUNTRY("must be an ISO 3166 code of two letters, such as CN"),
  TIME_ZONE("must be an IANA time zone, such as Asia/Shanghai"),
  CATEGORY_PATH("must be names with a / between them, such as food/milk"),
  PERIOD("must be P1M to P120M or P1D to P3650D"),
  PERIOD_OR_NULL("must be P1M to P120M or P1D to P3650D, or null"),
  LATE_WINDOW("must be PT1H to PT720H, in whole hours or days, such as PT72H"),
  CURRENCY_TWICE("must be unique in the program"),
  BONUS_STEP("must be more than that of the step before, {before}"),
  RATE_TWICE("must be there once for each from"),
  RATE_CURRENCY("must be points or the code of one of the currencies"),
  CALENDAR_DAY("must be a day, such as 2027-01-01"),
  TIME_OF_DAY("must be a time of a day, such as 22:00"),
  DECIMAL(
      "must be a number in a string, such as \"1.5\", above {above} and below 1000, with at most 4 "
          + "decimals"),
  SHARE("must be a share below 100 %, such as 10%"),
  SET_KIND(
      "must be goods (products, categories, marginClasses, tags), stores (storeIds, storeTags) or "
          + "a calendar (holidays, workdays)"),
  SET_OF_GOODS("must be the name of a set of goods of this book, or goods"),
  SET_OF_STORES("must be the name of a set of stores of this book, or stores"),
  SET_OF_DAYS("must be the name of a calendar of this book"),
  HOLIDAY_TOO("must have no day that is a holiday, too"),
  RULE_TWICE("must be unique among the rules of the book, and neither base nor tier"),
  GROUP_TWICE("must be unique among the groups"),
  BUDGET_TWICE("must be unique among the budgets"),
  BUDGET_UNKNOWN("must be the id of a budget of this book"),
  BUDGET_LIMIT("must be a whole number of points, or \"formula\" for what marketingCost makes"),
  SHARE_OF_WHOLE(
      "must be above 0 and at most 1, with at most 4 decimals, in a string, such as \"0.6\""),
  WARN_AT("must be in ascending order"),
  LIMIT_TWICE("must be unique among the limits against abuse"),
  LIMIT_WITHIN("must be PT1M to P7D, in whole minutes, hours or days, such as PT1H"),
  LIMIT_OF_RECEIPT("must be points, amount or lateness where the limit is per receipt"),
  LIMIT_OF_OTHERS("must be orders, points or amount: only a receipt is late"),
  RULE_BOOK_ID("must be that of the address, {ruleBookId}"),
  GROUP_UNKNOWN("must be the id of a group of this book"),
  GROUP_BY_LINE("must be a group for orders: this promotion gives points for an order"),
  ONE_EFFECT("must be the one of multiply, perUnit and fixed that the promotion has"),
  BIRTHDAY("must be month, or so many days before and after it, P0D to P{max}D"),
  CARRY("needs rounding down: rounding up leaves nothing to carry"),
  MONTHS("must be so many months, P1M to P{max}M"),
  STEPS("must be 1 to {max} steps"),
  DAY_OF_YEAR("must be a day of a year, such as 12-24"),
  EXAMPLE_TWICE("must be unique among the examples"),
  EXAMPLE_POINTS("must be {points}, or the rules are not those meant: the book gives {sum}");

  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

  private final String text;

  FieldFault(String text) {
    this.text = text;
  }

  /** Returns the name as callers see it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the names of the values that the text has, in its order. */
  List<String> names() {
    return NAME.matcher(text).results().map(it -> it.group(1)).toList();
  }

  /**
   * Returns the text for people.
   *
   * @param values one for each name
   */
  public String message(Object... values) {
    Map<String, String> named = named(values);
    return NAME.matcher(text).replaceAll(it -> shown(it, named));
  }

  private static String shown(MatchResult name, Map<String, String> named) {
    return Matcher.quoteReplacement(named.getOrDefault(name.group(1), ""));
  }

  /** Returns the values by name. */
  Map<String, String> named(Object... values) {
    List<String> names = names();
    if (values.length != names.size()) {
      throw new IllegalArgumentException(name() + " has the values " + names);
    }
    var named = new LinkedHashMap<String, String>();
    for (int i = 0; i < values.length; i++) {
      named.put(names.get(i), values[i].toString());
    }
    return named;
  }
}
