package points.cluster.cache;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Frees a lease if the node holds it. */
final class ReleaseLease extends CacheEntryProcessor<Void> {
  static final int CLASS_ID = 3;

  private UUID node = CacheEntry.NOBODY;

  ReleaseLease() {}

  ReleaseLease(UUID node) {
    this.node = node;
  }

  @Override
  public @Nullable Void process(Map.Entry<String, CacheEntry> entry) {
    CacheEntry found = entry.getValue();
    if (found != null) {
      CacheEntry left = found.releasedBy(node);
      if (!found.equals(left)) {
        // Null removes the entry.
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
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    node = readUuid(in);
  }
}
