package points.ledger.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import points.ledger.database.PgClient;
import points.ledger.fixture.OpenLedger;
import points.postgres.Await;

/** Rule books of one program, each of which gives so many points for a minor unit. */
public final class Books {

  private final OpenLedger ledger;
  private final String programId;

  public Books(OpenLedger ledger, String programId) {
    this.ledger = ledger;
    this.programId = programId;
  }

  Draft draft(String ruleBookId, int points) {
    var document =
        new JsonObject()
            .put("ruleBookId", ruleBookId)
            .put("title", ruleBookId)
            .put("base", new JsonObject().put("points", points).put("perAmount", 1));
    return new Draft(programId, ruleBookId, ruleBookId, document.encode(), "key:k");
  }

  public DraftChange create(Draft draft) {
    return inTransaction(
        transaction -> ledger.registry().ruleBooks().create(transaction, draft, Instant.now()));
  }

  /** Makes a book and publishes it at once, as if it had been so long ago. */
  Publication published(String ruleBookId, int points, Duration ago) {
    assertThat(create(draft(ruleBookId, points))).isInstanceOf(DraftChange.Done.class);
    return done(publish(ruleBookId, ago, null));
  }

  public TimelineChange publish(String ruleBookId, Duration ago, @Nullable Instant at) {
    StoredBook book =
        await(ledger.registry().ruleBooks().find(programId, ruleBookId)).orElseThrow();
    return inTransaction(
        transaction ->
            ledger
                .registry()
                .publications()
                .publish(transaction, request(ago, at), ruleBookId, book.hash()));
  }

  TimelineChange rollBack(Duration ago) {
    return inTransaction(
        transaction -> ledger.registry().publications().rollBack(transaction, request(ago, null)));
  }

  TimelineChange withdraw(Publication publication) {
    return inTransaction(
        transaction ->
            ledger
                .registry()
                .publications()
                .withdraw(
                    transaction,
                    request(Duration.ZERO, null),
                    publication.ruleBookId(),
                    publication.number()));
  }

  public static Publication done(TimelineChange change) {
    assertThat(change).isInstanceOf(TimelineChange.Done.class);
    return ((TimelineChange.Done) change).publication();
  }

  private Publications.ChangeRequest request(Duration ago, @Nullable Instant at) {
    InstantSource then = InstantSource.offset(InstantSource.system(), ago.negated());
    return new Publications.ChangeRequest(programId, "key:k", at, then);
  }

  <T> T inTransaction(Function<SqlClient, Future<T>> work) {
    return await(new PgClient(ledger.pool()).inTransaction(work));
  }

  /** Announces a change, and comes back when the node knows of it. */
  public void awaitKnown(int number) {
    ledger.registry().timelines().changed();
    Await.until("the node to know publication " + number, () -> newestInForce() == number);
  }

  private int newestInForce() {
    InForce now = ledger.registry().timelines().shown(programId, Instant.now());
    return now == null ? 0 : now.number();
  }
}
