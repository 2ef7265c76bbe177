package points.load.bench;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Where a load loop gets its requests from; belongs to one thread. */
interface RequestSource {
  /** Writes a connection's next request and says its kind; null when there is none left. */
  @Nullable Kind next(long stream, ByteBuffer out);
}
