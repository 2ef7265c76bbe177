package points.cluster.cache;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.UUID;

/**
 * A change of one cache entry, which Hazelcast carries to the node that stores the entry.
 *
 * <p>Hazelcast runs it there and on each backup, and runs it again if an answer was lost. So the
 * change carries all of its input, including the time and the nodes of the cluster, and every run
 * has the same result.
 *
 * <p>During an upgrade, nodes of two versions exchange these objects. If the fields of a change
 * differ from the version before, it gets a new class id.
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
