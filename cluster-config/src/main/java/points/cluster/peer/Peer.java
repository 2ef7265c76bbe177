package points.cluster.peer;

/** What one other node has said of itself, and when. */
final class Peer {

  private volatile long answeredNanos;
  private volatile boolean answeredOnce;
  private volatile Greeting greeting = Greeting.NOTHING;

  /**
   * @param nowNanos when it was first seen in the cluster
   */
  Peer(long nowNanos) {
    this.answeredNanos = nowNanos;
  }

  /**
   * It has answered.
   *
   * @param askedNanos when it was asked: its answer may be that old
   */
  synchronized void answered(Greeting said, long askedNanos) {
    if (!answeredOnce || askedNanos - answeredNanos >= 0) {
      answeredNanos = askedNanos;
      answeredOnce = true;
      greeting = said;
    }
  }

  /** Nanoseconds since it was last known to answer. */
  long silenceNanos(long nowNanos) {
    return nowNanos - answeredNanos;
  }

  /** It is in the cluster and has not said a word yet: it is starting, or it never will. */
  boolean isNew() {
    return !answeredOnce;
  }

  Greeting greeting() {
    return greeting;
  }
}
