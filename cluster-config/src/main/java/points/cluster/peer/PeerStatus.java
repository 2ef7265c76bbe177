package points.cluster.peer;

/** Newest heartbeat of one other node. */
final class PeerStatus {

  /**
   * The newest heartbeat and its time.
   *
   * @param askedNanos when this node asked for it: the answer may be as old as that
   * @param isNew whether the other node has never answered: it is starting, or is dead
   */
  record Report(Heartbeat heartbeat, long askedNanos, boolean isNew) {
    /** Nanoseconds since the node was last known to answer. */
    long silenceNanos(long nowNanos) {
      return nowNanos - askedNanos;
    }
  }

  private volatile Report last;

  /**
   * Status of a node that has just appeared in the cluster.
   *
   * @param nowNanos when it was first seen
   */
  PeerStatus(long nowNanos) {
    this.last = new Report(Heartbeat.NONE, nowNanos, true);
  }

  /** Keeps a heartbeat, unless one that was asked for later is known already. */
  synchronized void answered(Heartbeat heartbeat, long askedNanos) {
    if (last.isNew() || askedNanos - last.askedNanos() >= 0) {
      last = new Report(heartbeat, askedNanos, false);
    }
  }

  /** The newest heartbeat; its fields belong together. */
  Report last() {
    return last;
  }
}
