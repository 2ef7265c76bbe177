package points.cluster.peer;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Set;

/**
 * Peers of a node that runs alone: it owns every member, and is always converged.
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
  public boolean isResponsive(String node) {
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
  public boolean isConverged() {
    return true;
  }

  @Override
  public Future<Void> announceUnpublished() {
    return Future.succeededFuture();
  }

  @Override
  public void announcePublished() {
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
  public void declareDead(String node) {
    // nobody can be
  }
}
