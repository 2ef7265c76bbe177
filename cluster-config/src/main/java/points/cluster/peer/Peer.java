package points.cluster.peer;

/** What one other node has said of itself, and when. */
final class Peer {

  /**
   * Its newest answer.
   *
   * @param askedNanos when it was asked: its answer may be that old
   * @param isNew it is in the cluster and has not said a word yet: it is starting, or never will
   */
  record Word(Greeting greeting, long askedNanos, boolean isNew) {
    /** Nanoseconds since it was last known to answer. */
    long silenceNanos(long nowNanos) {
      return nowNanos - askedNanos;
    }
  }

  private volatile Word last;

  /**
   * @param nowNanos when it was first seen in the cluster
   */
  Peer(long nowNanos) {
    this.last = new Word(Greeting.NOTHING, nowNanos, true);
  }

  /** It has answered. */
  synchronized void answered(Greeting said, long askedNanos) {
    if (last.isNew() || askedNanos - last.askedNanos() >= 0) {
      last = new Word(said, askedNanos, false);
    }
  }

  /** To be looked at as a whole. */
  Word last() {
    return last;
  }
}
