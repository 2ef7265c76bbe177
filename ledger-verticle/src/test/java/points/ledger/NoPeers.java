package points.ledger;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Set;
import points.cluster.peer.Peers;

/** A node that is alone. */
final class NoPeers implements Peers {

  private static final String SELF = "me";

  @Override
  public String self() {
    return SELF;
  }

  @Override
  public boolean isAlone() {
    return true;
  }

  @Override
  public long ownership() {
    return 0;
  }

  @Override
  public String ownerOf(String key) {
    return SELF;
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
    // to nobody
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
    // there is nobody to tell
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Set<String> present() {
    return Set.of(SELF);
  }

  @Override
  public Set<String> missing() {
    return Set.of();
  }

  @Override
  public void declareDead(String node) {
    throw new IllegalStateException("nobody is missing");
  }
}
