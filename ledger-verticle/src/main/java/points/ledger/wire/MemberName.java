package points.ledger.wire;

import points.ledger.model.MemberKey;

/** The name of a member in the cluster: {@code program/member}. Ids have no slash. */
public final class MemberName {

  private MemberName() {}

  public static String of(MemberKey member) {
    return member.programId() + '/' + member.memberId();
  }

  /**
   * The member of that name.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static MemberKey parse(String name) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("'" + name + "' names no member");
    }
    return new MemberKey(name.substring(0, slash), name.substring(slash + 1));
  }
}
