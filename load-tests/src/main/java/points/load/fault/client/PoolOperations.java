package points.load.fault.client;

import java.util.random.RandomGenerator;
import points.load.fault.history.Operation;

/**
 * Generates operations on one pool. Some lasting members put points in, take them out and spend
 * them, and leave and join meanwhile.
 *
 * @param prefix begins the ids of members
 * @param members the number of lasting members
 */
record PoolOperations(String prefix, int members) {
  private static final int SHARERS_MAX = 6;

  /** A name apart from those of members. */
  String poolId() {
    return prefix + "-pool";
  }

  /** The member that is in the pool from the beginning. */
  String first() {
    return prefix + "-m1";
  }

  Operation next(RandomGenerator random, String order) {
    String sharer = anySharer(random);
    int kind = random.nextInt(100);
    if (kind < 8) {
      return new Operation.Balance(poolId());
    } else if (kind < 20) {
      return new Operation.Join(sharer, poolId());
    } else if (kind < 30) {
      return new Operation.Leave(sharer, poolId());
    } else if (kind < 55) {
      return new Operation.Share(poolId(), sharer, random.nextLong(5, 120), true);
    } else if (kind < 70) {
      return new Operation.Share(poolId(), sharer, random.nextLong(5, 80), false);
    }
    return spend(random, sharer, OperationGenerator.store(random), order);
  }

  /** Spends points of the pool on an order. */
  Operation spend(RandomGenerator random, String sharer, String store, String order) {
    long points = random.nextLong(5, 60);
    return new Operation.SharedDeduction(poolId(), sharer, store, order, points, "gift");
  }

  /** One of the members that may share the pool. */
  String anySharer(RandomGenerator random) {
    return prefix + "-m" + (1 + random.nextInt(Math.min(SHARERS_MAX, members - 1)));
  }
}
