package points.gateway.staff;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Hashes passwords on few threads of their own, and refuses more than can wait. */
final class PasswordHasher {

  private static final int THREADS = 2;

  /** Hashes under way and waiting at most: the last one waits about a second. */
  private static final int HASHES_MAX = 32;

  private static final long SECONDS_MAX = 10;

  private final WorkerExecutor workers;
  private final AtomicInteger hashes = new AtomicInteger();
  private final Future<String> ofNobody;

  PasswordHasher(Vertx vertx) {
    this.workers =
        vertx.createSharedWorkerExecutor(
            "points-passwords", THREADS, SECONDS_MAX, TimeUnit.SECONDS);
    this.ofNobody = workers.executeBlocking(() -> Argon2Hash.of("the password of nobody"), false);
  }

  /** Hashes a new password. Fails with {@link TooManySignInsException} when too many wait. */
  Future<String> hash(String password) {
    return run(() -> Argon2Hash.of(password));
  }

  /** Returns whether the hash is of this password. */
  Future<Boolean> matches(String password, String hash) {
    return run(() -> Argon2Hash.matches(password, hash));
  }

  /** Takes as long as {@link #matches}, for an account that is not there. */
  Future<Boolean> matchesNobody(String password) {
    return ofNobody.compose(hash -> matches(password, hash)).map(false);
  }

  private <T> Future<T> run(Callable<T> work) {
    if (hashes.incrementAndGet() > HASHES_MAX) {
      hashes.decrementAndGet();
      return Future.failedFuture(new TooManySignInsException());
    }
    return workers.executeBlocking(work, false).onComplete(done -> hashes.decrementAndGet());
  }
}
