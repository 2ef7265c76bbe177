package points.cluster.cache;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;

/**
 * Merges the entries of the two sides of a healed split.
 *
 * <p>It keeps the state with the higher sequence, and the lease of the larger side. Hazelcast
 * creates the policy by its class name.
 */
public final class HighestSequenceMergePolicy
    implements SplitBrainMergePolicy<CacheEntry, MergingValue<CacheEntry>, CacheEntry> {

  @Override
  public CacheEntry merge(MergingValue<CacheEntry> arriving, MergingValue<CacheEntry> present) {
    CacheEntry mine = present == null ? null : present.getDeserializedValue();
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
