package points.load.simulation;

import io.gatling.app.Gatling;
import points.load.http.UnansweredException;
import points.load.http.UnexpectedAnswerException;

/**
 * Looks whether a promotion day can be held at all, so that a wrong option or an absent gateway is
 * told in one line, and hands over to Gatling. Exits with 3 when it cannot; otherwise Gatling
 * exits, with 0 when all is well, 2 when an assertion does not hold and 1 when the run broke off or
 * the books disagree.
 */
public final class PromotionDayCommand {
  private static final int NOT_BEGUN = 3;

  private PromotionDayCommand() {}

  /**
   * Holds the promotion day, or says why not.
   *
   * @param args Gatling's own options
   */
  public static void main(String[] args) {
    try (Backstage backstage = new Backstage(PromotionPlan.ofThisProcess())) {
      backstage.requireGateway();
    } catch (IllegalArgumentException | UnexpectedAnswerException e) {
      notBegun(String.valueOf(e.getMessage()));
    } catch (UnansweredException e) {
      notBegun("the gateway does not answer (is it running?): " + e.getMessage());
    }
    Gatling.main(args);
  }

  private static void notBegun(String why) {
    System.err.println("promotion-day: " + why);
    System.exit(NOT_BEGUN);
  }
}
