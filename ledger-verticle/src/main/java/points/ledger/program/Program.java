package points.ledger.program;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Accounts;
import points.ledger.account.Lot;
import points.ledger.budget.BudgetTerms;
import points.ledger.engine.CompiledBook;
import points.ledger.rules.EarningRule;

/**
 * One brand's loyalty scheme, the tenant, and its rules as they are now.
 *
 * @param programId the caller's string
 * @param name for people
 * @param currency ISO 4217 code; all amounts are in its minor unit
 * @param timeZone in which days, and so expiry, are reckoned
 * @param country ISO 3166 code of two letters, whose phone numbers need no country code; null for
 *     none
 * @param earning points for spend
 * @param validity how long points stay spendable
 * @param autoEnrol whether an unknown member is enrolled by its first accrual
 * @param terms the program's terms besides these
 * @param publication the rule book by which orders earn points
 * @param budgets their terms by the rule book in force now
 */
public record Program(
    String programId,
    String name,
    String currency,
    ZoneId timeZone,
    @Nullable String country,
    EarningRule earning,
    Validity validity,
    boolean autoEnrol,
    Terms terms,
    PublishedBook publication,
    BudgetTerms budgets) {

  /** A program whose orders earn by its one ratio. */
  public Program(
      String programId,
      String name,
      String currency,
      ZoneId timeZone,
      @Nullable String country,
      EarningRule earning,
      Validity validity,
      boolean autoEnrol,
      Terms terms) {
    this(
        programId,
        name,
        currency,
        timeZone,
        country,
        earning,
        validity,
        autoEnrol,
        terms,
        PublishedBook.plain(timeZone, earning),
        BudgetTerms.NONE);
  }

  /** A program whose members' phone numbers all have their country code. */
  public Program(
      String programId,
      String name,
      String currency,
      ZoneId timeZone,
      EarningRule earning,
      Validity validity,
      boolean autoEnrol,
      Terms terms) {
    this(programId, name, currency, timeZone, null, earning, validity, autoEnrol, terms);
  }

  /** The same, and it offers points for spend only. */
  public Program(
      String programId,
      String name,
      String currency,
      ZoneId timeZone,
      EarningRule earning,
      Validity validity,
      boolean autoEnrol) {
    this(programId, name, currency, timeZone, earning, validity, autoEnrol, Terms.PLAIN);
  }

  /** These rules of earning, with members enrolled as another program does it: now, not then. */
  public Program enrollingAs(Program other) {
    return autoEnrol == other.autoEnrol
        ? this
        : new Program(
            programId,
            name,
            currency,
            timeZone,
            country,
            earning,
            validity,
            other.autoEnrol,
            terms,
            publication,
            budgets);
  }

  /** This program, with a published rule book in force in place of its own ratio. */
  public Program ratingBy(PublishedBook published) {
    return new Program(
        programId, name, currency, timeZone, country, earning, validity, autoEnrol, terms,
        published, budgets);
  }

  /** This program, with budgets on which orders draw. */
  public Program with(BudgetTerms others) {
    return others.byId().isEmpty()
        ? this
        : new Program(
            programId,
            name,
            currency,
            timeZone,
            country,
            earning,
            validity,
            autoEnrol,
            terms,
            publication,
            others);
  }

  /** The rule book by which orders earn points. */
  public CompiledBook book() {
    return publication.compiled();
  }

  /** Returns whether members may have an account of this name. */
  public boolean hasAccount(String account) {
    return isPointCurrency(account)
        || account.equals(Accounts.GROWTH)
        || account.equals(Accounts.STORED_VALUE);
  }

  /** Returns whether it is one of the program's point currencies. */
  public boolean isPointCurrency(String account) {
    return account.equals(Accounts.POINTS) || terms.currencies().containsKey(account);
  }

  /** Returns the expiry of points that are earned at an instant. */
  public Instant expiryOf(String account, Instant earnedAt) {
    if (account.equals(Accounts.POINTS)) {
      return validity.expiryOf(earnedAt, timeZone);
    }
    PointCurrency other = terms.currencies().get(account);
    return other == null ? Lot.NEVER : other.validity().expiryOf(earnedAt, timeZone);
  }

  /** Returns the expiry of points given back: that of their lot, or a grace if it has expired. */
  public Instant expiryOnReturn(Lot lot, Instant now) {
    Period grace = terms.refunds().returnGrace();
    return grace == null || !lot.hasExpiredBy(now)
        ? lot.expiresAt()
        : new Validity.Rolling(grace).expiryOf(now, timeZone);
  }
}
