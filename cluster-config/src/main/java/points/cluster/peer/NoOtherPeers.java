package points.cluster.peer;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Set;

/**
 * The nodes as one sees them that is alone: it owns every member and knows all that any node does.
 *
 * @param self its id
 */
public record NoOtherPeers(String self) implements Peers {

  @Override
  public boolean isAlone() {
    return true;
  }

  @Override
  public String ownerOf(String key) {
    return self;
  }

  @Override
  public long ownership() {
    return 0;
  }

  @Override
  public boolean answers(String node) {
    return false;
  }

  @Override
  public boolean takesCommands(String node) {
    return false;
  }

  @Override
  public void announce(boolean takesCommands) {
    // nobody listens
  }

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  public Future<Void> tellUnsettled() {
    return Future.succeededFuture();
  }

  @Override
  public void tellSettled() {
    // nobody listens
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Set<String> present() {
    return Set.of(self);
  }

  @Override
  public Set<String> missing() {
    return Set.of();
  }

  @Override
  public void gone(String node) {
    // nobody can be
  }
}
