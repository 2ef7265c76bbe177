package points.gateway.lines;

import io.vertx.core.VertxException;
import java.io.IOException;

/** Reason why a stream of lines ended. */
public enum EndReason {
  /** All lines came and were answered. */
  COMPLETE,
  /** The node stops: no more lines were taken. */
  STOPPED,
  /** Whoever sent the lines may not send any more: no more lines were taken. */
  FORBIDDEN,
  /** There were more lines than a stream may have. */
  TOO_MANY_LINES,
  /** Nothing came for too long, or the answers were not taken. */
  IDLE,
  /** What came cannot be read: where the next line would begin is not known. */
  UNREADABLE,
  /** Whoever sent the lines has gone. */
  GONE;

  /** How an input ends that breaks off for this cause: its sender has gone, or sends no HTTP. */
  public static EndReason of(Throwable cause) {
    return cause instanceof IOException || cause instanceof VertxException ? GONE : UNREADABLE;
  }
}
