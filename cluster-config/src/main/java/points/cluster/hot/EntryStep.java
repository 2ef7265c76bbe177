package points.cluster.hot;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.UUID;

/**
 * A step on one entry, run where the entry lives and again at its backups, more than once if an
 * answer was lost. Carries everything it decides by, the time and the members of the cluster
 * included: two runs must never differ.
 *
 * <p>Nodes of two versions exchange steps during an upgrade: a step whose fields change gets a new
 * id.
 */
abstract sealed class EntryStep<R>
    implements EntryProcessor<String, HotEntry, R>, IdentifiedDataSerializable
    permits Take, Publish, GiveUp {
  static final int FACTORY_ID = 1;
  static final DataSerializableFactory FACTORY = EntryStep::blank;

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
      case Take.CLASS_ID -> new Take();
      case Publish.CLASS_ID -> new Publish();
      case GiveUp.CLASS_ID -> new GiveUp();
      default -> throw new IllegalArgumentException("no step has the id " + classId);
    };
  }
}
