package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import points.gateway.fixture.Await;
import points.gateway.fixture.LocalDatabase;

/**
 * Holds a transaction of a gateway in the middle of its commit: all of it is written, nothing of it
 * is there. A deferred trigger waits for a lock that is held here. When the gateway is dead, its
 * transaction is rolled back or let through.
 */
final class HeldCommit implements AutoCloseable {

  /**
   * Which transaction.
   *
   * @param table that it writes
   * @param event what it does there, as a trigger names it
   * @param condition on a row that is called {@code it}
   */
  record Step(String name, String table, String event, String condition) {

    /** The same with these ids for {@code {giver}} and {@code {taker}}. */
    Step between(String giver, String taker) {
      return with("giver", giver).with("taker", taker);
    }

    /** The same with an id for what is named in braces. */
    Step with(String what, String id) {
      return new Step(name, table, event, condition.replace("{" + what + "}", id));
    }

    /** Those rows of it for which this is so too. */
    Step of(String what, String also) {
      return new Step(name + " of " + what, table, event, condition + " AND " + also);
    }

    boolean deletes() {
      return event.equals("DELETE");
    }

    private String trigger() {
      return """
      CREATE CONSTRAINT TRIGGER held_commit AFTER %s ON %s DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (%s) EXECUTE FUNCTION held_commit()
      """
          .formatted(event, table, condition.replace("it.", deletes() ? "OLD." : "NEW."));
    }

    private String isThere() {
      return "SELECT count(*) FROM %s AS it WHERE %s".formatted(table, condition);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** What becomes of the transaction of a gateway that has been killed. */
  enum Fate {
    ROLLED_BACK,
    COMMITTED
  }

  private static final long LOCK = 20_251_125;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String FUNCTION =
      """
      CREATE OR REPLACE FUNCTION held_commit() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock_shared(%d); RETURN NULL; END $$
      """
          .formatted(LOCK);

  private static final String OTHERS =
      """
      FROM pg_locks WHERE locktype = 'advisory' AND objid = %d AND pid <> pg_backend_pid()
      """
          .formatted(LOCK);

  private final Step step;
  private final Connection session;

  private HeldCommit(Step step, Connection session) {
    this.step = step;
    this.session = session;
  }

  /** From now on a transaction that comes to this step stays there. */
  static HeldCommit at(LocalDatabase database, Step step) throws SQLException {
    var held = new HeldCommit(step, database.connect());
    held.run(FUNCTION, step.trigger(), "SELECT pg_advisory_lock(%d)".formatted(LOCK));
    return held;
  }

  void awaitReached() {
    await("a transaction at the step", "SELECT count(*) > 0 " + OTHERS);
  }

  /** Ends the transaction when nobody is there any more to hear of it. */
  void end(Fate fate) throws SQLException {
    if (fate == Fate.ROLLED_BACK) {
      run("SELECT pg_terminate_backend(pid) " + OTHERS);
      await("the transaction to be gone", "SELECT count(*) = 0 " + OTHERS);
    }
    run("SELECT pg_advisory_unlock(%d)".formatted(LOCK));
    await("the transaction to end", "SELECT count(*) = 0 " + OTHERS);
    assertThat(number(step.isThere()) > 0)
        .as("the row of the step is there")
        .isEqualTo((fate == Fate.COMMITTED) != step.deletes());
  }

  private void await(String what, String isSo) {
    Await.until(what, PATIENCE, () -> number("SELECT (%s)::int".formatted(isSo)) != 0);
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  private void run(String... statements) throws SQLException {
    try (Statement statement = session.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    try (session) {
      run("SELECT pg_advisory_unlock_all()", "DROP TRIGGER held_commit ON " + step.table());
    }
  }
}
