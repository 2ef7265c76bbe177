package points.cluster.cache;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Takes a lease if it may be had, and returns the entry as it is then. */
final class AcquireLease extends CacheEntryProcessor<CacheEntry> {
  static final int CLASS_ID = 1;

  private UUID node = CacheEntry.NOBODY;
  private Set<UUID> present = Set.of();
  private long nowMillis;
  private long untilMillis;

  AcquireLease() {}

  AcquireLease(UUID node, Set<UUID> present, long nowMillis, long untilMillis) {
    this.node = node;
    this.present = present;
    this.nowMillis = nowMillis;
    this.untilMillis = untilMillis;
  }

  @Override
  public CacheEntry process(Map.Entry<String, CacheEntry> entry) {
    CacheEntry found = entry.getValue() == null ? CacheEntry.EMPTY : entry.getValue();
    CacheEntry left = found.acquiredBy(node, present, nowMillis, untilMillis);
    if (!found.equals(left)) {
      entry.setValue(left);
    }
    return left;
  }

  @Override
  public int getClassId() {
    return CLASS_ID;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    writeUuid(out, node);
    out.writeLong(nowMillis);
    out.writeLong(untilMillis);
    out.writeInt(present.size());
    for (UUID other : present) {
      writeUuid(out, other);
    }
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    node = readUuid(in);
    nowMillis = in.readLong();
    untilMillis = in.readLong();
    int size = in.readInt();
    present = new HashSet<>();
    for (int i = 0; i < size; i++) {
      present.add(readUuid(in));
    }
  }
}
