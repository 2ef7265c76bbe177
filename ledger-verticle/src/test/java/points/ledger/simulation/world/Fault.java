package points.ledger.simulation.world;

/** What can go wrong, each kind by itself. */
public enum Fault {
  /** A request never arrives at its node. */
  REQUEST_LOST,
  /** A node's answer never arrives at the till. */
  REPLY_LOST,
  /** A request arrives twice, perhaps at two nodes. */
  REQUEST_TWICE,
  /** A message takes seconds. */
  MESSAGE_SLOW,
  /** The till does not wait for an answer before it sends the same request to another node. */
  TILL_IMPATIENT,
  /** A node does nothing for a while, and then goes on as if nothing had been. */
  NODE_PAUSED,
  /** A node ends without a word and starts again, with nothing in its memory. */
  NODE_CRASHED,
  /** A node is stopped in order and started again. */
  NODE_STOPPED,
  /** No connection is to be had. */
  CONNECT_FAILED,
  /** The connection is lost before the batch reaches the server. */
  BATCH_LOST,
  /** The batch reaches the server seconds later. */
  BATCH_LATE,
  /** The node loses the connection while the server goes on with the batch. */
  CONNECTION_CUT,
  /** The answer is lost on the way; nobody says so. */
  ANSWER_LOST,
  /** The answer comes seconds after the commit. */
  ANSWER_LATE,
  /** The statement hangs until the server gives it up. */
  STATEMENT_HANGS,
  /** The commit hangs for seconds, cannot be ended, and then is done. */
  COMMIT_HANGS,
  /** The server rolls the batch back: a serialization failure, say. */
  ROLLED_BACK,
  /** The server ends, which ends what is under way, and comes back. */
  DATABASE_RESTARTED,
  /** The server takes no writes for a while: a full disk, say. */
  WRITES_REFUSED,
  /** A command that no database can store. */
  NOT_STORABLE,
  /** A read fails. */
  READ_FAILED,
  /** A read is answered seconds later. */
  READ_SLOW,
  /** A call to the cluster fails; it may have been done all the same. */
  HOT_FAILED,
  /** A call to the cluster is not answered; it may have been done all the same. */
  HOT_SILENT,
  /** A call to the cluster is done late. */
  HOT_LATE,
  /** A node asks another for leases, and is not heard. */
  HAND_OVER_LOST,
  /** A call to the cluster is done twice, the second time late. */
  HOT_TWICE,
  /** Some of the cluster's entries vanish. */
  ENTRIES_DROPPED,
  /** All of the cluster's entries vanish. */
  ALL_DROPPED,
  /** Some leases are deleted. */
  LEASES_DELETED,
  /** A node and the others lose sight of each other for a while. */
  CLUSTER_SPLIT,
}
