package points.load.model;

/**
 * A difference between what a member has and what it should have.
 *
 * @param what in one line: what was found and what was expected
 */
public record Mismatch(String memberId, String what) {
  @Override
  public String toString() {
    return "member " + memberId + ": " + what;
  }
}
