package points.ledger;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * Records the statements that pools of a Vert.x send to PostgreSQL; each is a round trip. Batches
 * of lanes are not among them.
 */
final class SentStatements implements VertxTracer<Object, Object> {

  private static final String SQL = "db.query.text";

  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final Vertx vertx =
      Vertx.builder()
          .with(new VertxOptions().setTracingOptions(new TracingOptions()))
          .withTracer(options -> this)
          .build();

  Vertx vertx() {
    return vertx;
  }

  void clear() {
    sent.clear();
  }

  /** Those sent since the last {@link #clear}, without the watch on other writers. */
  List<String> all() {
    return sent.stream().filter(sql -> !sql.contains("pg_stat_activity")).toList();
  }

  @Override
  public <R> Object sendRequest(
      Context context,
      SpanKind kind,
      TracingPolicy policy,
      R request,
      String operation,
      BiConsumer<String, String> headers,
      TagExtractor<R> tags) {
    String sql = tags.extract(request).get(SQL);
    if (sql != null) {
      sent.add(sql);
    }
    return this;
  }
}
