package points.cluster.cache;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.UUID;

/**
 * A change of one entry. Hazelcast runs it on the node that stores the entry and again on the
 * backups, and more than once if an answer was lost. It carries all of its input, including the
 * time and the nodes of the cluster, so that every run has the same result.
 *
 * <p>Nodes of two versions exchange these objects during an upgrade: one whose fields change gets a
 * new class id.
 */
abstract sealed class CacheEntryProcessor<R>
    implements EntryProcessor<String, CacheEntry, R>, IdentifiedDataSerializable
    permits AcquireLease, PublishState, ReleaseLease {
  static final int FACTORY_ID = 1;
  static final DataSerializableFactory FACTORY = CacheEntryProcessor::blank;

  @Override
  public final int getFactoryId() {
    return FACTORY_ID;
  }

  static void writeUuid(ObjectDataOutput out, UUID uuid) throws IOException {
    out.writeLong(uuid.getMostSignificantBits());
    out.writeLong(uuid.getLeastSignificantBits());
  }

  static UUID readUuid(ObjectDataInput in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }

  private static IdentifiedDataSerializable blank(int classId) {
    return switch (classId) {
      case AcquireLease.CLASS_ID -> new AcquireLease();
      case PublishState.CLASS_ID -> new PublishState();
      case ReleaseLease.CLASS_ID -> new ReleaseLease();
      default -> throw new IllegalArgumentException("no step has the id " + classId);
    };
  }
}
