package points.gateway.access;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import points.ledger.database.PgClient;

/**
 * Finds the credential of a key, and asks the database only for keys that it probably has.
 *
 * <p>Those are keys whose check is right, and keys without a check that are known to be there. Few
 * of all others are looked up, many in one query. Both hits and misses are remembered.
 */
final class KeyLookup {

  private static final String FIND =
      """
      SELECT key_id, name, program_id, role, store_id FROM api_key
       WHERE key_hash = $1 AND revoked_at IS NULL
      """;

  private final Vertx vertx;
  private final PgClient connections;
  private final KeyForm form;
  private final UncheckedKeys unchecked;
  private final UnknownKeys unknown;
  private final RememberedKeys remembered;
  private final Revocations revocations;

  /** The look-ups under way: many calls with one key share one. */
  private final Map<Buffer, Future<Optional<Credential>>> asked = new ConcurrentHashMap<>();

  KeyLookup(
      Vertx vertx,
      PgClient connections,
      KeyForm form,
      UncheckedKeys unchecked,
      RememberedKeys remembered,
      Revocations revocations) {
    this.vertx = vertx;
    this.connections = connections;
    this.form = form;
    this.unchecked = unchecked;
    this.unknown = new UnknownKeys(vertx, connections);
    this.remembered = remembered;
    this.revocations = revocations;
  }

  /** Looks up no more keys that this node has never seen. */
  void stop() {
    unknown.stop();
  }

  /** Finds the credential of a key; empty when it has none or was revoked. */
  Future<Optional<Credential>> find(String key) {
    Buffer hash = Buffer.buffer(Secrets.hash(key));
    Credential credential = remembered.find(hash);
    if (credential != null) {
      return Future.succeededFuture(Optional.of(credential));
    } else if (remembered.isRefused(hash)) {
      return Future.succeededFuture(Optional.empty());
    } else if (form.isChecked(key) || unchecked.mayHave(hash)) {
      return once(hash, this::ask);
    } else if (form.hasForm(key)) {
      return Future.succeededFuture(Optional.empty());
    }
    return once(
        hash, it -> unknown.find(it).onSuccess(found -> found.ifPresent(c -> unchecked.add(it))));
  }

  private Future<Optional<Credential>> ask(Buffer hash) {
    return connections
        .read(FIND, Tuple.of(hash))
        .map(rows -> rows.stream().map(Credential::of).findFirst());
  }

  /** Shares a look-up among callers, and answers each on its own event loop. */
  private Future<Optional<Credential>> once(
      Buffer hash, Function<Buffer, Future<Optional<Credential>>> look) {
    Promise<Optional<Credential>> mine = ((VertxInternal) vertx).promise();
    Promise<Optional<Credential>> first = Promise.promise();
    Future<Optional<Credential>> earlier = asked.putIfAbsent(hash, first.future());
    if (earlier == null) {
      look.apply(hash)
          .onSuccess(found -> remember(hash, found))
          .onComplete(
              done -> {
                asked.remove(hash);
                first.handle(done);
              });
    }
    (earlier == null ? first.future() : earlier).onComplete(mine);
    return mine.future();
  }

  /** Remembers a credential, unless its key was revoked while it was read. */
  private void remember(Buffer hash, Optional<Credential> found) {
    remembered.remember(hash, found);
    found
        .map(Credential::id)
        .filter(revocations::has)
        .ifPresent(keyId -> remembered.forget(Set.of(keyId)));
  }
}
