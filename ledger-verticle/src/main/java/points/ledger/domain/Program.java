package points.ledger.domain;

import java.time.ZoneId;

/**
 * One brand's loyalty scheme, the tenant, and its rules as they are now.
 *
 * @param programId the caller's string
 * @param name for people
 * @param currency ISO 4217 code; all amounts are in its minor unit
 * @param timeZone in which days, and so expiry, are reckoned
 * @param earning points for spend
 * @param validity how long points stay spendable
 * @param autoEnrol whether an unknown member is enrolled by its first accrual
 */
public record Program(
    String programId,
    String name,
    String currency,
    ZoneId timeZone,
    EarningRule earning,
    Validity validity,
    boolean autoEnrol) {}
