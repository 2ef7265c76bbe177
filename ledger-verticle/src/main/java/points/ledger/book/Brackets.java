package points.ledger.book;

import java.util.List;

/**
 * Ratios by the amount of an order.
 *
 * @param id unique among the rules of the book
 * @param steps ascending, the first of which begins at 0; 1 to {@link #STEPS_MAX}
 */
public record Brackets(String id, Mode mode, List<Step> steps) {

  public static final int STEPS_MAX = 50;

  /** The part of an amount that earns at the ratio of a step. */
  public enum Mode {
    /** The part of the amount that lies within the step. */
    MARGINAL,
    /** The whole amount, at the ratio of the step that it reaches. */
    WHOLE
  }

  /**
   * One step.
   *
   * @param above where it begins, in minor units: what is beyond earns at its ratio
   * @param reachedAt the least amount that reaches it: {@code above}, or one more
   * @param ratio pro rata
   */
  public record Step(long above, long reachedAt, Ratio ratio) {}

  /** The highest step that an amount reaches. */
  public Step reachedBy(long amount) {
    Step reached = steps.get(0);
    for (Step step : steps) {
      if (amount >= step.reachedAt()) {
        reached = step;
      }
    }
    return reached;
  }
}
