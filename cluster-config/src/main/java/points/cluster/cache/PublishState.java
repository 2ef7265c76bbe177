package points.cluster.cache;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the states of members of one partition where they are newer; extends the publisher's
 * leases.
 */
final class PublishState extends CacheEntryProcessor<Void> {
  static final int CLASS_ID = 2;

  private Map<String, CachedState> newest = Map.of();
  private UUID node = CacheEntry.NOBODY;
  private long untilMillis;

  PublishState() {}

  PublishState(Map<String, CachedState> newest, UUID node, long untilMillis) {
    this.newest = newest;
    this.node = node;
    this.untilMillis = untilMillis;
  }

  @Override
  public @Nullable Void process(Map.Entry<String, CacheEntry> entry) {
    CachedState published = newest.get(entry.getKey());
    if (published != null) {
      CacheEntry found = entry.getValue() == null ? CacheEntry.EMPTY : entry.getValue();
      CacheEntry left = found.published(published, node, untilMillis);
      if (!found.equals(left)) {
        entry.setValue(left);
      }
    }
    return null;
  }

  @Override
  public int getClassId() {
    return CLASS_ID;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    writeUuid(out, node);
    out.writeLong(untilMillis);
    out.writeInt(newest.size());
    for (Map.Entry<String, CachedState> member : newest.entrySet()) {
      out.writeString(member.getKey());
      out.writeLong(member.getValue().sequence());
      out.writeByteArray(member.getValue().state());
    }
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    node = readUuid(in);
    untilMillis = in.readLong();
    int size = in.readInt();
    newest = new HashMap<>();
    for (int i = 0; i < size; i++) {
      String key = requirePresent(in.readString());
      long sequence = in.readLong();
      newest.put(key, new CachedState(sequence, requirePresent(in.readByteArray())));
    }
  }

  private static <T> T requirePresent(@Nullable T part) throws IOException {
    if (part == null) {
      throw new IOException("a published state lacks its key or its bytes");
    }
    return part;
  }
}
