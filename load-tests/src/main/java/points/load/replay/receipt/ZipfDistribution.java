package points.load.replay.receipt;

import java.util.Arrays;
import java.util.Random;

/**
 * Chooses among ranks, the first being the most popular: rank r has the weight 1/(r+1)^exponent
 * (Zipf).
 */
final class ZipfDistribution {
  private final double[] cumulative;

  ZipfDistribution(int ranks, double exponent) {
    cumulative = new double[ranks];
    double sum = 0;
    for (int rank = 0; rank < ranks; rank++) {
      sum += StrictMath.pow(rank + 1.0, -exponent);
      cumulative[rank] = sum;
    }
  }

  /** A rank from 0. */
  int next(Random random) {
    double point = random.nextDouble() * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, point);
    int rank = found >= 0 ? found + 1 : -found - 1;
    return Math.min(rank, cumulative.length - 1);
  }
}
