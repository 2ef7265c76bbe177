package points.ledger.outbox;

import io.vertx.core.Future;
import java.util.List;
import points.ledger.model.MemberKey;

/** What is to be done beyond the members of entries, from their commit until it is done. */
public interface OutboxTable {

  /** The entry whose effect is to be carried out. */
  record Due(MemberKey member, long sequence) {}

  /**
   * How much there is.
   *
   * @param rows how many there are
   * @param oldestSeconds the age of the oldest
   */
  record Backlog(long rows, double oldestSeconds) {}

  /** Claims some that are due, which are nobody else's for a while. */
  Future<List<Due>> claim(int limit);

  /** Claims this one, if it is due. */
  Future<List<Due>> claim(MemberKey member, long sequence);

  /** Forgets one, because its effect is carried out. */
  Future<Void> done(Due due);

  /** Whether a merged member has left what has not come to the other yet. */
  Future<Boolean> leaves(MemberKey merged);

  /** How much is not carried out yet. */
  Future<Backlog> backlog();
}
