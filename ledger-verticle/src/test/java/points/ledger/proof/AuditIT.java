package points.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.fixture.AllPlaces;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.ledger.model.MemberKey;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** The audit of the whole database finds each kind of fault, and nothing where there is none. */
@WithPostgres
class AuditIT {

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey rich = tills.member("rich");
  private final MemberKey poor = tills.member("poor");

  AuditIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  private void book() {
    OpenLedger ledger = ledgers.open(tills.program());
    var places = new AllPlaces(ledger, tills.keyPrefix());
    places.fill(rich, Instant.now());
    places.indebt(poor, Instant.now());
    ledger.answerTo(tills.change(poor, points.ledger.model.Status.FROZEN));
  }

  @Test
  void finds_nothing_in_books_that_are_right() throws SQLException {
    book();
    try (Sql sql = ledgers.sql()) {
      LedgerAudit.Result result = sql.audit();

      assertThat(result.holds()).isTrue();
      assertThat(result.findings()).hasSizeGreaterThan(10);
      assertThat(result.members()).isGreaterThanOrEqualTo(2);
      assertThat(result.entries()).isGreaterThanOrEqualTo(9);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a gap                  | numbered        | DELETE FROM entry WHERE member_id = 'rich' AND sequence = 3
          a lost last entry      | numbered        | DELETE FROM entry WHERE member_id = 'poor' AND sequence = 4
          a lost member          | numbered        | DELETE FROM member WHERE member_id = 'rich'
          an available lot       | add up to what members have, | UPDATE member SET lot_points[1] = lot_points[1] + 1, available = available + 1 WHERE member_id = 'rich'
          a lot that moved       | add up to what members have, | UPDATE member SET lot_expires_at[1] = lot_expires_at[1] + interval '1 day' WHERE member_id = 'rich'
          a column               | add up its lots | UPDATE member SET available = available + 1 WHERE member_id = 'rich'
          a column of held       | add up its lots | UPDATE member SET held = held + 1 WHERE member_id = 'rich'
          a column of pending    | add up its lots | UPDATE member SET pending = pending + 1 WHERE member_id = 'rich'
          a column of money      | add up its lots | UPDATE member SET stored_value = stored_value + 1 WHERE member_id = 'rich'
          points that are held   | add up to what members have, | UPDATE member SET held = held + 1, extra = jsonb_set(extra::jsonb, '{reserves,1,lots,points,0,1}', '21') WHERE member_id = 'rich'
          money that is held     | add up to what members have, | UPDATE member SET extra = jsonb_set(extra::jsonb, '{reserves,1,lots,storedValue,0,1}', '301') WHERE member_id = 'rich'
          points pending         | add up to what members have, | UPDATE member SET pending = pending + 1, extra = jsonb_set(extra::jsonb, '{reserves,0,lots,points,0,1}', '41') WHERE member_id = 'rich'
          growth value           | add up to what members have, | UPDATE member SET extra = jsonb_set(extra::jsonb, '{accounts,growth,lots,0,1}', '11') WHERE member_id = 'rich'
          stored value           | add up to what members have, | UPDATE member SET stored_value = 4701, extra = jsonb_set(extra::jsonb, '{accounts,storedValue,lots,0,1}', '4701') WHERE member_id = 'rich'
          debt                   | add up to what members have, | UPDATE member SET debt = debt + 1 WHERE member_id = 'poor'
          debt of growth value   | add up to what members have, | UPDATE member SET extra = jsonb_set(extra::jsonb, '{accounts,growth,debt}', '1') WHERE member_id = 'rich'
          points of an entry     | worth           | UPDATE entry SET points = points + 1 WHERE member_id = 'poor' AND sequence = 2
          a balance              | running sum of  | UPDATE entry SET balance = balance + 1 WHERE member_id = 'rich' AND sequence = 2
          a balance of money     | running sums, too | UPDATE entry SET extra = jsonb_set(extra::jsonb, '{balances,storedValue}', '1') WHERE member_id = 'rich' AND kind = 'TOP_UP'
          earned in a life       | in their lives  | UPDATE member SET lifetime_earned = lifetime_earned + 1 WHERE member_id = 'rich'
          spent in a life        | in their lives  | UPDATE member SET lifetime_spent = lifetime_spent + 1 WHERE member_id = 'rich'
          a status               | status          | UPDATE member SET status = 'ACTIVE' WHERE member_id = 'poor'
          a merge                | status          | UPDATE member SET extra = jsonb_set(extra::jsonb, '{mergedInto}', '"poor"') WHERE member_id = 'rich'
          an entry not shown     | shows each entry | DELETE FROM audit_trail WHERE subject_id = 'poor'
          an entry of another author | shows each entry | UPDATE audit_trail SET actor_kind = 'key', actor_id = 'amy' WHERE subject_id = 'poor'
          an entry for another reason | shows each entry | UPDATE audit_trail SET after = jsonb_set(after, '{reason}', '"another"') WHERE subject_id = 'poor'
          an entry of nobody     | shows each entry | SELECT append_to_audit_trail(ROW('p', NULL, now(), 'key', 'k', NULL, NULL, NULL, 'points.adjust', 'member', 'nobody', 9, NULL, NULL, NULL, NULL)::audit_trail)
          a rating not counted   | ratings that are not hidden | INSERT INTO rating (program_id, store_id, order_id, member_id, stars, business_day, given_at, changed_at) VALUES ('p', 's', 'o', 'poor', 3, '2026-11-22', now(), now())
          a rating of nothing    | ratings that are not hidden | INSERT INTO rating_day VALUES ('p', '2026-11-22', 's', 1, 3)
          words of one that left | have no words | WITH e AS (UPDATE member SET status = 'CLOSED' WHERE member_id = 'rich') INSERT INTO rating (program_id, store_id, order_id, member_id, stars, text, business_day, given_at, changed_at) SELECT program_id, 's', 'o', member_id, 3, 'words', '2026-11-22', now(), now() FROM member WHERE member_id = 'rich'
          a rating left behind   | stand with the other | WITH e AS (UPDATE member SET status = 'MERGED', extra = jsonb_set(extra::jsonb, '{mergedInto}', '"poor"') WHERE member_id = 'rich') INSERT INTO rating (program_id, store_id, order_id, member_id, stars, business_day, given_at, changed_at) SELECT program_id, 's', 'o', member_id, 3, '2026-11-22', now(), now() FROM member WHERE member_id = 'rich'
          an effect of nothing   | comes from an entry | INSERT INTO outbox (program_id, member_id, sequence) SELECT program_id, member_id, 99 FROM member WHERE member_id = 'rich'
          """)
  void finds(String fault, String check, String sql) throws SQLException {
    book();
    try (Sql session = ledgers.sql().begin()) {
      session.run(
          "SET LOCAL session_replication_role = replica",
          "LOCK TABLE audit_pending IN EXCLUSIVE MODE", // a node may be showing entries
          "SELECT show_in_audit_trail(1000)");
      assertThat(found(session)).as("before").noneMatch(it -> it.contains(check));

      session.run(sql);

      assertThat(found(session)).as(fault).anyMatch(it -> it.contains(check));
      session.rollBack();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          another action | has the hash of | UPDATE audit_trail SET action = 'x' WHERE position = 2
          another time   | has the hash of | UPDATE audit_trail SET at = at + interval '1 second' WHERE position = 2
          another value  | has the hash of | UPDATE audit_trail SET after = '{"a": 2}' WHERE position = 2
          a row hidden   | has the hash of | DELETE FROM audit_trail WHERE position = 2
          a row rewritten with its hash | has the hash of | UPDATE audit_trail t SET action = 'x', hash = audit_hash(ROW(t.program_id, t.position, t.at, t.actor_kind, t.actor_id, t.actor_name, t.address, t.request_id, 'x', t.subject_kind, t.subject_id, t.sequence, t.before, t.after, t.previous_hash, NULL)::audit_trail) WHERE position = 2
          the newest hidden | ends where | DELETE FROM audit_trail WHERE position = 3
          all hidden        | ends where | DELETE FROM audit_trail
          """)
  void finds_what_was_done_to_the_audit_trail(String fault, String check, String sql)
      throws SQLException {
    try (Sql session = ledgers.sql().begin()) {
      session.run("DELETE FROM audit_head", "SET LOCAL session_replication_role = replica");
      session.run("DELETE FROM audit_trail");
      for (int i = 1; i <= 3; i++) {
        session.run(
            "SELECT append_to_audit_trail(ROW('trail', NULL, now(), 'key', 'k', 'amy', NULL, NULL,"
                + " 'store.create', 'store', 'S', NULL, NULL, '{\"a\": 1}', NULL,"
                + " NULL)::audit_trail)");
      }
      assertThat(found(session))
          .noneMatch(it -> it.contains("audit trail is") || it.contains(check));

      session.run(sql);

      assertThat(found(session)).as(fault).anyMatch(it -> it.contains(check));
      session.rollBack();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_trail SET action = 'x'",
        "DELETE FROM audit_trail",
        "TRUNCATE audit_trail"
      })
  void the_audit_trail_is_append_only(String sql) throws SQLException {
    try (Sql session = ledgers.sql().begin()) {
      assertThatThrownBy(() -> session.run(sql)).hasMessageContaining("append-only");
      session.rollBack();
    }
  }

  @Test
  void finds_a_reservation_that_ended_twice() throws SQLException {
    book();
    try (Sql session = ledgers.sql().begin()) {
      session.run(
          "SET LOCAL session_replication_role = replica",
          "DROP INDEX entry_refers",
          "UPDATE entry SET refers_to = 1 WHERE member_id = 'rich' AND sequence IN (2, 3)");

      assertThat(found(session)).contains("an entry is ended once, and undone once");
      session.rollBack();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"poor-1", "poor-99", "rich-1", "nobody-1", "poor", ""})
  void finds_an_entry_undone_by_an_unrelated_member(String undone) throws SQLException {
    book();
    try (Sql session = ledgers.sql().begin()) {
      session.run(
          "SET LOCAL session_replication_role = replica",
          "UPDATE entry SET kind = 'REVERSAL', refers_to = NULL, part = '%s'".formatted(undone)
              + " WHERE member_id = 'rich' AND sequence = 2");

      assertThat(found(session))
          .contains("what a member undid of another is of one that was merged into it");
      session.rollBack();
    }
  }

  private static List<String> found(Sql session) throws SQLException {
    return session.audit().findings().stream()
        .filter(it -> it.count() > 0)
        .map(LedgerAudit.Finding::check)
        .toList();
  }
}
