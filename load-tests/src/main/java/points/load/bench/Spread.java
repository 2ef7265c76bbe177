package points.load.bench;

import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The median and the range of a figure over the rounds. */
record Spread(double median, double least, double most) {
  static Spread of(double... figures) {
    if (figures.length == 0) {
      throw new IllegalArgumentException("no figures");
    }
    double[] sorted = DoubleStream.of(figures).sorted().toArray();
    int last = sorted.length - 1;
    return new Spread((sorted[last / 2] + sorted[(last + 1) / 2]) / 2, sorted[0], sorted[last]);
  }

  /** Returns the spread of each round's quotient, in which a slow moment of the machine cancels. */
  static Spread ofRatios(double[] numerators, double[] denominators) {
    if (numerators.length != denominators.length) {
      throw new IllegalArgumentException("as many numerators as denominators are needed");
    }
    return of(
        IntStream.range(0, numerators.length)
            .mapToDouble(round -> numerators[round] / denominators[round])
            .toArray());
  }

  /** Writes median and range, each in a format such as {@code %.2f}. */
  String format(String each) {
    String all = "%1$s (%1$s–%1$s)".replace("%1$s", each);
    return String.format(Locale.ROOT, all, median, least, most);
  }
}
