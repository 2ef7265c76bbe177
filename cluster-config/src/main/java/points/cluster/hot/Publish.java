package points.cluster.hot;

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
final class Publish extends EntryStep<Void> {
  static final int CLASS_ID = 2;

  private Map<String, Hot> newest = Map.of();
  private UUID node = HotEntry.NOBODY;
  private long untilMillis;

  Publish() {}

  Publish(Map<String, Hot> newest, UUID node, long untilMillis) {
    this.newest = newest;
    this.node = node;
    this.untilMillis = untilMillis;
  }

  @Override
  public @Nullable Void process(Map.Entry<String, HotEntry> entry) {
    Hot published = newest.get(entry.getKey());
    if (published != null) {
      HotEntry found = entry.getValue() == null ? HotEntry.EMPTY : entry.getValue();
      HotEntry left = found.published(published, node, untilMillis);
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
    for (Map.Entry<String, Hot> member : newest.entrySet()) {
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
      newest.put(key, new Hot(sequence, requirePresent(in.readByteArray())));
    }
  }

  private static <T> T requirePresent(@Nullable T part) throws IOException {
    if (part == null) {
      throw new IOException("a published state lacks its key or its bytes");
    }
    return part;
  }
}
