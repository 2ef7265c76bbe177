package points.gateway.lines;

/** How a stream of lines came to its end. */
public enum End {
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
  /** Whoever sent the lines has gone. */
  GONE
}
