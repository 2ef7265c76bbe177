package points.load.model.book;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import points.load.model.Fraction;

/**
 * Shares whole points by largest remainder; of equal remainders, the first gets its point first.
 */
final class WholeShares {
  private WholeShares() {}

  /**
   * Shares points in proportion to claims.
   *
   * @param claims at least 0 each; if all are 0, each gets as much
   */
  static long[] inProportion(long points, List<Fraction> claims) {
    Fraction sum = claims.stream().reduce(Fraction.ZERO, Fraction::plus);
    return of(
        points,
        claims.stream()
            .map(
                it ->
                    sum.signum() == 0
                        ? Fraction.of(points).dividedBy(claims.size())
                        : it.times(points).dividedBy(sum))
            .toList());
  }

  /**
   * Shares points, of which each claim gets its whole part at least, or one more.
   *
   * @param points the sum of all claims, rounded; a remainder of earlier orders may be in it
   * @param claims at least 0 each
   */
  static long[] of(long points, List<Fraction> claims) {
    long[] shares = claims.stream().mapToLong(Fraction::floor).toArray();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      places.add(i);
    }
    places.sort(Comparator.comparing(i -> Fraction.ZERO.minus(claims.get(i).fraction())));
    long left = points - Arrays.stream(shares).sum();
    for (int i = 0; i < left; i++) {
      shares[places.get(i % shares.length)]++;
    }
    for (int i = shares.length - 1; left < 0; i = i == 0 ? shares.length - 1 : i - 1) {
      if (shares[places.get(i)] > 0) {
        shares[places.get(i)]--;
        left++;
      }
    }
    return shares;
  }
}
