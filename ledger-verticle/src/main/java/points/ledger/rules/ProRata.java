package points.ledger.rules;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

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
    long sum = Arrays.stream(weights).sum();
    if (sum == 0) {
      weights = IntStream.range(0, weights.length).mapToLong(i -> 1).toArray();
      sum = weights.length;
    }
    long[] shares = new long[weights.length];
    long[] remainders = new long[weights.length];
    long left = total;
    for (int i = 0; i < weights.length; i++) {
      divide(total, weights[i], sum, i, shares, remainders);
      left -= shares[i];
    }
    if (left > 0) {
      largestFirst(remainders).limit(left).forEach(i -> shares[i]++);
    }
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

  private static IntStream largestFirst(long[] remainders) {
    return IntStream.range(0, remainders.length)
        .boxed()
        .sorted(Comparator.comparingLong((Integer i) -> -remainders[i]))
        .mapToInt(Integer::intValue);
  }
}
