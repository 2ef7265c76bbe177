package points.cluster.hot;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Frees a lease if the node holds it. */
final class GiveUp extends EntryStep<Void> {
  static final int CLASS_ID = 3;

  private UUID node = HotEntry.NOBODY;

  GiveUp() {}

  GiveUp(UUID node) {
    this.node = node;
  }

  @Override
  public @Nullable Void process(Map.Entry<String, HotEntry> entry) {
    HotEntry found = entry.getValue();
    if (found != null) {
      HotEntry left = found.givenUp(node);
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
