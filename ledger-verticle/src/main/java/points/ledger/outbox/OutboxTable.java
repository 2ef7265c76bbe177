package points.ledger.outbox;

import io.vertx.core.Future;
import java.util.List;
import points.ledger.model.MemberKey;

/**
 * The effects that entries have beyond their members, from the commit until they are carried out.
 */
public interface OutboxTable {

  /** The entry whose effect is to be carried out. */
  record Due(MemberKey member, long sequence) {}

  /**
   * The number and age of effects to be carried out.
   *
   * @param rows the number of rows
   * @param oldestSeconds the age of the oldest
   */
  record Backlog(long rows, double oldestSeconds) {}

  /** Claims some that are due, which are nobody else's for a while. */
  Future<List<Due>> claim(int limit);

  /** Claims this one, if it is due. */
  Future<List<Due>> claim(MemberKey member, long sequence);

  /** Forgets one, because its effect is carried out. */
  Future<Void> done(Due due);

  /** Returns whether points of a merged member are still on their way to the other member. */
  Future<Boolean> leaves(MemberKey merged);

  /** Returns the number and age of effects that are not carried out yet. */
  Future<Backlog> backlog();
}
