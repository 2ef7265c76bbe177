package points.ledger.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static points.ledger.fixture.OpenLedger.await;

import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Sql;
import points.ledger.fixture.Tills;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Drafts change until they are published, and never afterwards. */
@WithPostgres
class RuleBooksIT {

  private static final RuleBooks.DraftRecorder UNRECORDED =
      (transaction, change) -> Future.succeededFuture();

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final String program = tills.program().programId();
  private OpenLedger ledger;
  private Books books;

  RuleBooksIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @BeforeEach
  void open() {
    ledger = ledgers.open(tills.program());
    books = new Books(ledger, program);
  }

  @Test
  void a_draft_is_kept_as_it_was_sent() {
    Draft draft = new Draft(program, "a", null, "{ \"ruleBookId\" :\n\"a\", \"n\": 1.0 }", null);
    books.create(draft);

    StoredBook found = find("a");

    assertThat(found.document()).isEqualTo(draft.document());
    assertThat(found.hash()).isEqualTo(draft.hash()).hasSize(64);
    assertThat(found.published()).isFalse();
    assertThat(books.create(draft)).isEqualTo(new DraftChange.Exists());
  }

  @Test
  void a_draft_may_be_replaced_and_deleted_by_those_who_have_read_it() {
    books.create(books.draft("a", 1));
    String hash = find("a").hash();

    assertThat(replace("a", 2, hash)).isInstanceOf(DraftChange.Done.class);
    assertThat(replace("a", 3, hash)).isEqualTo(new DraftChange.Outdated());
    assertThat(find("a").document()).contains("2");
    assertThat(replace("b", 3, hash)).isEqualTo(new DraftChange.Missing());
    assertThat(delete("a")).isInstanceOf(DraftChange.Done.class);
    assertThat(delete("a")).isEqualTo(new DraftChange.Missing());
  }

  @Test
  void a_published_book_neither_changes_nor_goes() {
    books.published("a", 1, Duration.ofHours(1));

    assertThat(find("a").published()).isTrue();
    assertThat(replace("a", 2, find("a").hash())).isEqualTo(new DraftChange.Final());
    assertThat(delete("a")).isEqualTo(new DraftChange.Final());
  }

  /** Also by hand, and by a release with a fault. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE rule_book SET document = '{}' WHERE program_id = '%s'",
        "UPDATE rule_book SET published = false WHERE program_id = '%s'",
        "DELETE FROM rule_book WHERE program_id = '%s'",
        "TRUNCATE rule_book CASCADE",
        "UPDATE rule_book_publication SET in_force_from = now() WHERE program_id = '%s'",
        "UPDATE rule_book_publication SET withdrawn_at = published_at, number = 2 WHERE program_id"
            + " = '%s'",
        "UPDATE rule_book_publication SET withdrawn_at = now() WHERE program_id = '%s'",
        "DELETE FROM rule_book_publication WHERE program_id = '%s'",
        "TRUNCATE rule_book_publication",
        "INSERT INTO rule_book_publication SELECT program_id, 3, rule_book_id, in_force_from,"
            + " time_zone, published_at FROM rule_book_publication WHERE program_id = '%s'",
      })
  void the_database_refuses_to_change_what_was_published(String change) throws SQLException {
    books.published("a", 1, Duration.ofHours(1));
    try (Sql sql = ledgers.sql()) {
      String before = all(sql);
      assertThatThrownBy(() -> sql.run(change.formatted(program)))
          .isInstanceOf(SQLException.class)
          .hasMessageMatching("(?s).*(refused|must have the number 2|withdrawn_before_in_force).*");
      assertThat(all(sql)).isEqualTo(before);
    }
  }

  @Test
  void a_book_that_was_replaced_since_it_was_checked_is_not_published() {
    books.create(books.draft("a", 1));
    String checked = find("a").hash();
    replace("a", 2, checked);

    TimelineChange change =
        books.inTransaction(
            transaction ->
                ledger
                    .registry()
                    .publications()
                    .publish(
                        transaction,
                        new Publications.ChangeRequest(program, null, null, Instant::now),
                        "a",
                        checked));

    assertThat(change).isEqualTo(new TimelineChange.Outdated());
    assertThat(find("a").published()).isFalse();
  }

  @Test
  void a_program_has_so_many_drafts_and_no_more() {
    for (int i = 0; i < Draft.DRAFTS_MAX; i++) {
      books.create(books.draft("d" + i, 1));
    }
    assertThat(books.create(books.draft("more", 1))).isEqualTo(new DraftChange.TooMany());

    books.publish("d1", Duration.ofHours(1), null);
    assertThat(books.create(books.draft("more", 1))).isInstanceOf(DraftChange.Done.class);
  }

  @Test
  void books_are_listed_by_id_without_their_documents() {
    List.of("b", "a", "c").forEach(id -> books.create(books.draft(id, 1)));

    List<StoredBook> page = await(ledger.registry().ruleBooks().page(program, "a", 10));

    assertThat(page).extracting(StoredBook::ruleBookId).containsExactly("b", "c");
    assertThat(page).extracting(StoredBook::document).containsOnly("");
  }

  private StoredBook find(String id) {
    return await(ledger.registry().ruleBooks().find(program, id)).orElseThrow();
  }

  private DraftChange replace(String id, int points, String hash) {
    return await(
        ledger
            .registry()
            .ruleBooks()
            .replace(
                books.draft(id, points), Instant.now(), it -> it.hash().equals(hash), UNRECORDED));
  }

  private DraftChange delete(String id) {
    return await(ledger.registry().ruleBooks().delete(program, id, any -> true, UNRECORDED));
  }

  private String all(Sql sql) throws SQLException {
    return sql.rows(
            "SELECT b::text || p::text FROM rule_book b JOIN rule_book_publication p USING"
                + " (program_id)"
                + " WHERE program_id = '%s'".formatted(program))
        .toString();
  }
}
