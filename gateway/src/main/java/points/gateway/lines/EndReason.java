package points.gateway.lines;

import io.vertx.core.VertxException;
import java.io.IOException;

/** Reason why a stream of lines ended. */
public enum EndReason {
  /** All lines came and were answered. */
  COMPLETE,
  /** The node stops, so no more lines are read. */
  STOPPED,
  /** The sender lost its permission, so no more lines are read. */
  FORBIDDEN,
  /** There were more lines than a stream may have. */
  TOO_MANY_LINES,
  /** Nothing came for too long, or the sender did not read its answers. */
  IDLE,
  /** The input cannot be parsed, so where the next line would begin is not known. */
  UNREADABLE,
  /** The sender has gone. */
  GONE;

  /**
   * Returns the reason for an input that fails with this cause: its sender has gone, or sends no
   * HTTP.
   */
  public static EndReason of(Throwable cause) {
    return cause instanceof IOException || cause instanceof VertxException ? GONE : UNREADABLE;
  }
}
