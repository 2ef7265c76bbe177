package points.cluster.bus;

import java.util.Locale;

/** The reason why a frame that came to the bus's port was refused. */
enum FrameRefusal {
  /** It is no frame of the bus, or larger than any. */
  MALFORMED,
  /** It is not sealed under this cluster's secret. */
  FORGED,
  /** It came before, or is older than what this node remembers of its sender. */
  REPLAYED,
  /** More connections were open than nodes could need, or one said nothing for too long. */
  CONNECTION;

  /** As metrics name it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
