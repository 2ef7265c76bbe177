package points.load.fault.history;

/**
 * An event of the feed about a member, as a consumer got it.
 *
 * @param id that no other event has
 * @param type such as {@code points.earned}
 * @param sequence of the entry; 0 when the event is about no entry
 */
public record FeedEvent(String id, String type, String memberId, long sequence) {
  private static final String ENROLMENT = "member.enrolled";

  /** Whether it says that the member was enrolled. */
  public boolean isEnrolment() {
    return type.equals(ENROLMENT);
  }

  /** Whether it is about an entry. */
  public boolean isOfEntry() {
    return sequence > 0;
  }

  @Override
  public String toString() {
    return "event %s %s of %s".formatted(id, type, memberId);
  }
}
