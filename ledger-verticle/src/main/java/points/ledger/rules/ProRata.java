package points.ledger.rules;

import java.math.BigInteger;
import java.util.Arrays;

/** Shares a whole number out over weights by largest remainder (Hamilton's method). */
public final class ProRata {

  private ProRata() {}

  /**
   * Divides a total among parts in proportion to their weights.
   *
   * <p>Each part gets the whole number below {@code total × weight / sum of weights}; what is left
   * over goes, one each, to the parts with the largest remainders, the earlier first among equals.
   *
   * @param total 0 or more
   * @param weights each 0 or more; if all are 0 they count as equal
   * @return as many shares as weights, which add up to {@code total}
   */
  public static long[] of(long total, long[] weights) {
    long sum = 0;
    for (long weight : weights) {
      sum += weight;
    }
    if (sum == 0) {
      weights = new long[weights.length];
      Arrays.fill(weights, 1);
      sum = weights.length;
    }
    long[] shares = new long[weights.length];
    long[] remainders = new long[weights.length];
    long left = total;
    for (int i = 0; i < weights.length; i++) {
      divide(total, weights[i], sum, i, shares, remainders);
      left -= shares[i];
    }
    addOneEach(shares, remainders, left);
    return shares;
  }

  private static void divide(
      long total, long weight, long sum, int i, long[] shares, long[] remainders) {
    if (Math.multiplyHigh(total, weight) == 0 && total * weight >= 0) {
      shares[i] = total * weight / sum;
      remainders[i] = total * weight % sum;
      return;
    }
    BigInteger[] parts =
        BigInteger.valueOf(total)
            .multiply(BigInteger.valueOf(weight))
            .divideAndRemainder(BigInteger.valueOf(sum));
    shares[i] = parts[0].longValueExact();
    remainders[i] = parts[1].longValueExact();
  }

  /**
   * Adds 1 to the shares with the largest remainders, the earlier first among equals.
   *
   * @param left as many, at most all
   */
  public static void addOneEach(long[] shares, long[] remainders, long left) {
    if (left <= 0 || shares.length == 0) {
      return;
    }
    long[] sorted = remainders.clone();
    Arrays.sort(sorted);
    long least = sorted[sorted.length - (int) left];
    long ofLeast = left;
    for (long remainder : remainders) {
      ofLeast -= remainder > least ? 1 : 0;
    }
    for (int i = 0; i < shares.length; i++) {
      if (remainders[i] > least || (remainders[i] == least && ofLeast-- > 0)) {
        shares[i]++;
      }
    }
  }
}
