package points.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that this node has looked up of late, by their hashes: found, or refused. */
final class RememberedKeys {

  private static final int FOUND_MAX = 100_000;
  private static final int REFUSED_MAX = 20_000;

  /** A key that is put into the database by hand works that much later, if it was tried before. */
  private static final Duration REFUSED_FOR = Duration.ofSeconds(10);

  private final Cache<Buffer, Credential> found =
      Caffeine.newBuilder().maximumSize(FOUND_MAX).expireAfterWrite(ApiKeys.SEEN_MAX).build();
  private final Cache<Buffer, Boolean> refused =
      Caffeine.newBuilder().maximumSize(REFUSED_MAX).expireAfterWrite(REFUSED_FOR).build();

  /** Returns the credential of the key with this hash; null when none is remembered. */
  @Nullable Credential find(Buffer hash) {
    return found.getIfPresent(hash);
  }

  /** Returns whether the key was refused a short time ago. */
  boolean isRefused(Buffer hash) {
    return refused.getIfPresent(hash) != null;
  }

  void remember(Buffer hash, Optional<Credential> looked) {
    looked.ifPresentOrElse(it -> found.put(hash, it), () -> refused.put(hash, true));
  }

  /** Forgets these keys, so that their credentials are looked up again. */
  void forget(Set<String> keyIds) {
    found.asMap().values().removeIf(credential -> keyIds.contains(credential.id()));
  }
}
