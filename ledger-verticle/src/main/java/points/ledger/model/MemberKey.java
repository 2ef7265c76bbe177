package points.ledger.model;

/**
 * Names a member: the same {@code memberId} in two programs is two members.
 *
 * @param programId the program, the tenant
 * @param memberId the caller's string
 */
public record MemberKey(String programId, String memberId) implements Comparable<MemberKey> {

  @Override
  public int compareTo(MemberKey other) {
    int byProgram = programId.compareTo(other.programId);
    return byProgram != 0 ? byProgram : memberId.compareTo(other.memberId);
  }
}
