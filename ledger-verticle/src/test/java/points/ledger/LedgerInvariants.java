package points.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import points.ledger.proof.LedgerAudit.Finding;

/**
 * What holds for every member in the database, whatever happened: the audit of the whole database
 * finds nothing.
 */
final class LedgerInvariants {

  private LedgerInvariants() {}

  static void hold(Sql sql) throws SQLException {
    for (Finding finding : sql.audit().findings()) {
      assertThat(finding.differences()).as(finding.check()).isEmpty();
    }
  }
}
