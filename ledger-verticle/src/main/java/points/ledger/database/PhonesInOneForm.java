package points.ledger.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the phone numbers that members have into one form. Of several members who turn out to have
 * one number, the one who was enrolled first keeps it. The others, and numbers that no phone can
 * have, stay as they were written, are listed in {@code phone_conflict}, and are counted in the
 * log.
 */
final class PhonesInOneForm implements JavaMigration {

  private static final Logger LOG = LoggerFactory.getLogger(PhonesInOneForm.class);
  private static final int PAGE = 1_000;

  private static final String FORMS =
      """
      CREATE TEMPORARY TABLE phone_form (
        program_id text, member_id text, written text, e164 text, enrolled_at timestamptz
      ) ON COMMIT DROP
      """;

  private static final String READ =
      """
      SELECT p.program_id, p.member_id, p.phone, r.country, m.enrolled_at
        FROM member_profile p
        JOIN member m USING (program_id, member_id)
        JOIN program r USING (program_id)
       WHERE p.phone IS NOT NULL
      """;

  private static final String NOTE = "INSERT INTO phone_form VALUES (?, ?, ?, ?, ?)";

  /** A number that is in its form already stays where it is, whoever was enrolled first. */
  private static final String CONFLICTS =
      """
      INSERT INTO phone_conflict (program_id, member_id, written, e164)
      SELECT program_id, member_id, written, e164
        FROM (SELECT f.*, row_number() OVER (
                       PARTITION BY program_id, e164
                       ORDER BY written = e164 DESC, enrolled_at, member_id) AS place
                FROM phone_form f) ranked
       WHERE e164 IS NULL OR place > 1
      ON CONFLICT (program_id, member_id) DO NOTHING
      """;

  private static final String CHANGE =
      """
      UPDATE member_profile p SET phone = f.e164
        FROM phone_form f
       WHERE p.program_id = f.program_id AND p.member_id = f.member_id AND p.phone = f.written
         AND f.written <> f.e164
         AND NOT EXISTS (SELECT FROM phone_conflict c
                          WHERE c.program_id = f.program_id AND c.member_id = f.member_id)
      """;

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("20");
  }

  @Override
  public String getDescription() {
    return "phones in one form";
  }

  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    apply(context.getConnection());
  }

  /** In the transaction of the connection; done again, it changes nothing more. */
  static void apply(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(FORMS);
      noteForms(connection);
      int conflicts = statement.executeUpdate(CONFLICTS);
      int changed = statement.executeUpdate(CHANGE);
      if (conflicts > 0) {
        LOG.warn(
            "{} phone numbers brought into one form; {} could not be, because another member has"
                + " the number or no phone can have it. They are in the table phone_conflict;"
                + " operations.md says how to correct them",
            changed,
            conflicts);
      } else if (changed > 0) {
        LOG.info("{} phone numbers brought into one form", changed);
      }
    }
  }

  private static void noteForms(Connection connection) throws SQLException {
    try (Statement read = connection.createStatement();
        PreparedStatement note = connection.prepareStatement(NOTE)) {
      read.setFetchSize(PAGE); // a cursor: there may be millions
      int noted = 0;
      try (ResultSet profiles = read.executeQuery(READ)) {
        while (profiles.next()) {
          String written = profiles.getString("phone");
          Optional<String> e164 = PhoneNumbers.e164(written, profiles.getString("country"));
          note.setString(1, profiles.getString("program_id"));
          note.setString(2, profiles.getString("member_id"));
          note.setString(3, written);
          note.setString(4, e164.orElse(null));
          note.setObject(5, profiles.getObject("enrolled_at", java.time.OffsetDateTime.class));
          note.addBatch();
          if (++noted % PAGE == 0) {
            note.executeBatch();
          }
        }
      }
      note.executeBatch();
    }
  }
}
