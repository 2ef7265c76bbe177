package points.load.account;

/**
 * Something about a member that is not as it must be.
 *
 * @param memberId whose
 * @param what in one line: what was found and what should be
 */
public record Mismatch(String memberId, String what) {
  @Override
  public String toString() {
    return "member " + memberId + ": " + what;
  }
}
