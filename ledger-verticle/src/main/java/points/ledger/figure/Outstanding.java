package points.ledger.figure;

import java.time.Instant;
import java.util.List;

/**
 * The liability of a program to all its members.
 *
 * @param place how far the figures were that this is the sum of
 * @param at the instant at which it is owed: what has expired by then is left out
 * @param accounts by their names
 */
public record Outstanding(FigurePlace place, Instant at, List<Liability> accounts) {

  public Outstanding {
    accounts = List.copyOf(accounts);
  }
}
