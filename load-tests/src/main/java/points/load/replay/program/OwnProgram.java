package points.load.replay.program;

import io.vertx.core.json.JsonObject;
import points.load.http.Answer;
import points.load.http.Fields;
import points.load.http.Gateway;
import points.load.http.UnexpectedAnswerException;

/**
 * A program of the replay's own, so that receipts of any age fit.
 *
 * <p>Its points never expire, and no other caller's members are in it. Made by an operator's key;
 * the same call again, for as long as the gateway remembers it, answers with the same key.
 */
public final class OwnProgram {
  static final String ID = "replay";

  private OwnProgram() {}

  /**
   * Makes the program, or finds the one that this key has made.
   *
   * @param operator the gateway, called with an operator's key
   * @return the key of the program's admin
   */
  public static String key(Gateway operator) {
    return key(operator, ID);
  }

  /**
   * Makes a program of that id, or finds the one that this key has made.
   *
   * @param operator the gateway, called with an operator's key
   * @return the key of the program's admin
   */
  public static String key(Gateway operator, String programId) {
    operator.probe("/v1/program").await().required();
    JsonObject program =
        new JsonObject().put("programId", programId).put("name", "Replay of receipts");
    Answer answer = operator.post("/v1/programs", programId + "-program", program).await();
    if (answer.code().equals("program_exists")) {
      throw new UnexpectedAnswerException(
          "there is a program \"%s\" already, whose key the gateway does not give a second time;"
                  .formatted(programId)
              + " give the key of its admin by --key, without --own-program");
    }
    if (answer.code().equals("forbidden")) {
      throw new UnexpectedAnswerException(
          "--own-program and --rule-book need the key of an operator");
    }
    return new Fields(answer.required()).text("key");
  }
}
