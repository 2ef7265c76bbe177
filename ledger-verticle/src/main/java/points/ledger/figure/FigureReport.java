package points.ledger.figure;

import java.util.List;

/**
 * A page of figures and the sums of all pages, read at one moment.
 *
 * @param place how far the figures were that these are
 * @param total of all groups, also of those on other pages
 * @param figures the groups of the page, in their order
 */
public record FigureReport(FigurePlace place, Figure total, List<Figure> figures) {

  public FigureReport {
    figures = List.copyOf(figures);
  }
}
