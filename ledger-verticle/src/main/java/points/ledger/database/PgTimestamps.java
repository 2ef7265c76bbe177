package points.ledger.database;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import points.ledger.account.Lot;

/** Instants as PostgreSQL has them: microseconds, and {@code infinity} for {@link Lot#NEVER}. */
public final class PgTimestamps {

  /** PostgreSQL sends infinity as the largest number of microseconds since 2000. */
  private static final OffsetDateTime INFINITY =
      OffsetDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
          .plus(Long.MAX_VALUE, ChronoUnit.MICROS);

  private PgTimestamps() {}

  public static OffsetDateTime toSql(Instant instant) {
    return instant.equals(Lot.NEVER) ? INFINITY : instant.atOffset(ZoneOffset.UTC);
  }

  public static Instant fromSql(OffsetDateTime time) {
    return time.isBefore(INFINITY) ? time.toInstant() : Lot.NEVER;
  }
}
