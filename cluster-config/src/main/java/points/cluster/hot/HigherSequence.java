package points.cluster.hot;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;

/**
 * When the two sides of a split come together, each member's newest state is kept, by its sequence,
 * and the lease of the larger side. Hazelcast makes it by its name.
 */
public final class HigherSequence
    implements SplitBrainMergePolicy<HotEntry, MergingValue<HotEntry>, HotEntry> {

  @Override
  public HotEntry merge(MergingValue<HotEntry> arriving, MergingValue<HotEntry> present) {
    HotEntry mine = present == null ? null : present.getDeserializedValue();
    return mine == null
        ? arriving.getDeserializedValue()
        : mine.mergedWith(arriving.getDeserializedValue());
  }

  @Override
  public void writeData(ObjectDataOutput out) {
    // it has no state
  }

  @Override
  public void readData(ObjectDataInput in) {
    // it has no state
  }
}
