package points.ledger.commit;

import io.vertx.core.Future;

/**
 * A way to the database that takes one batch at a time. Every future completes within a known time,
 * on the context of the caller. The creator of a writer closes it.
 */
public interface BatchWriter {

  /** Returns whether a batch can be written without connecting first. */
  boolean isConnected();

  /**
   * Connects, if need be. From its success on, a batch that was lost before is committed, for all
   * to see, or never will be.
   *
   * @return failed when no connection is to be had now that may write
   */
  Future<Void> connect();

  /**
   * Writes a batch; completed after its commit.
   *
   * @return the result of the batch, or a failed future with a {@link WriteFailureException}
   */
  Future<BatchResult> write(Batch batch);
}
