package points.cluster.cache;

import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import java.util.UUID;

/**
 * The format of a cache entry between nodes.
 *
 * <p>A later version may add a field: during an upgrade, nodes of both versions read each other's
 * entries, and a field that is missing has its default. If the meaning of a field changes, the type
 * gets a new name.
 */
final class CacheEntrySerializer implements CompactSerializer<CacheEntry> {
  // Field names cost nothing: the schema travels once, an entry carries only its fingerprint.
  private static final String SEQUENCE = "sequence";
  private static final String STATE = "state";
  private static final String HOLDER_HIGH = "holderHigh";
  private static final String HOLDER_LOW = "holderLow";
  private static final String UNTIL = "untilMillis";

  @Override
  public CacheEntry read(CompactReader in) {
    byte[] state = in.readArrayOfInt8(STATE);
    CachedState cached = state == null ? null : new CachedState(in.readInt64(SEQUENCE), state);
    UUID holder = new UUID(in.readInt64(HOLDER_HIGH), in.readInt64(HOLDER_LOW));
    return new CacheEntry(cached, holder, in.readInt64(UNTIL));
  }

  @Override
  public void write(CompactWriter out, CacheEntry entry) {
    CachedState cached = entry.cached();
    out.writeInt64(SEQUENCE, cached == null ? 0 : cached.sequence());
    out.writeArrayOfInt8(STATE, cached == null ? null : cached.state());
    out.writeInt64(HOLDER_HIGH, entry.holder().getMostSignificantBits());
    out.writeInt64(HOLDER_LOW, entry.holder().getLeastSignificantBits());
    out.writeInt64(UNTIL, entry.untilMillis());
  }

  @Override
  public String getTypeName() {
    return "points.cache.1";
  }

  @Override
  public Class<CacheEntry> getCompactClass() {
    return CacheEntry.class;
  }
}
