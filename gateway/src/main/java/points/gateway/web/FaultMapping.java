package points.gateway.web;

import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import points.cluster.timing.CountedLog;
import points.gateway.staff.TooManySignInsException;
import points.gateway.web.Problem.Code;
import points.ledger.database.DatabaseAwayException;
import points.ledger.feed.UnknownCursorException;
import points.ledger.form.FieldFault;
import points.ledger.member.IdentifierTakenException;
import points.ledger.proof.Proofs;
import points.ledger.registry.SetupRequests;

/** Maps exceptions of the ledger and its database to problems. */
public final class FaultMapping {

  private static final Logger LOG = LoggerFactory.getLogger(FaultMapping.class);
  private static final CountedLog UNREACHED = new CountedLog();

  private FaultMapping() {}

  /**
   * Returns the problem for a failure, and logs the failures that a person has to look into.
   *
   * @param what the thing that failed, for the log
   */
  public static Problem problem(Throwable cause, String what) {
    if (cause instanceof SetupRequests.KeyReusedException) {
      return Problem.of(
          RefusalProblem.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key was used for another request.");
    } else if (cause instanceof IdentifierTakenException taken) {
      return identifierTaken(taken);
    } else if (cause instanceof Proofs.TooLongException history) {
      return Problem.of(
          Code.HISTORY_TOO_LONG,
          "The member has %d entries; at most %d are folded while a caller waits."
              .formatted(history.entries(), Proofs.ENTRIES_MAX));
    } else if (cause instanceof Proofs.TooManyException) {
      return Problem.of(
          Code.TOO_MANY_REQUESTS, "This node makes as many proofs at once as it may.");
    } else if (cause instanceof TooManySignInsException) {
      return Problem.of(
          Code.TOO_MANY_REQUESTS, "Too many people sign in at once. Nothing was changed.");
    } else if (cause instanceof UnknownCursorException) {
      return Problem.at(Code.INVALID_QUERY, "/after", FieldFault.CURSOR_LOST);
    } else if (cause instanceof TimeoutException) {
      return Problem.of(Code.DEADLINE_EXCEEDED, "It took too long. Nothing was to be applied.");
    } else if (cause instanceof DatabaseAwayException away) {
      UNREACHED.count(
          calls ->
              LOG.warn(
                  "{}: PostgreSQL not reached, the caller gets 503 or 504 and may send it again;"
                      + " see PointsUnavailable in the runbook: {} ({} calls since the last such"
                      + " line)",
                  what,
                  away.getMessage(),
                  calls));
      return away.inDoubt() ? Responses.IN_DOUBT : Responses.NOT_REACHED;
    }
    LOG.error(
        "{}: a fault of this program, the caller gets 500; report this line and its stack trace,"
            + " see PointsInternalErrors in the runbook",
        what,
        cause);
    return Problem.of(Code.INTERNAL_ERROR, "The fault is logged under this requestId.");
  }

  private static Problem identifierTaken(IdentifierTakenException taken) {
    String field =
        switch (taken.identifier()) {
          case PHONE -> "phone";
          case CARD_NUMBER -> "cardNumber";
          case OPEN_ID -> "openId";
        };
    return Problem.at(Code.IDENTIFIER_TAKEN, "/" + field, "is another member's already");
  }
}
