package points.load.fault.plant;

/** A fault that is planted into gateways. */
enum Plant {
  /** A batch is answered as soon as it is sent. */
  ACKNOWLEDGES_BEFORE_COMMIT(1, "", "", ""),

  /** A member's results are written whatever its sequence is by now. */
  WRITES_WITHOUT_SEQUENCE_TEST(
      2,
      "WHERE m.sequence = excluded.previous_sequence",
      "WHERE true",
      // It would refuse the second entry of a sequence.
      "ALTER TABLE entry DROP CONSTRAINT entry_pkey"),

  /** Nobody looks whether a key or an order has an entry. */
  DOES_NOT_LOOK_FOR_KEYS(
      2,
      "WHERE :looks_for_known OR sequence IS NULL",
      "WHERE (:looks_for_known OR sequence IS NULL) AND false",
      // They would refuse the second entry of a key or an order.
      "DROP INDEX entry_request, entry_order"),

  /** A refusal is taken for right without asking whether what it was decided from is the newest. */
  REFUSES_FROM_OLD_STATES(2, "AND w.previous_sequence = coalesce(", "AND -1 <= coalesce(", ""),

  /** What is held is spent or given back, and still held. */
  CAPTURED_HOLDS_STAY_HELD(
      1,
      "",
      "",
      // It would refuse the second end of a hold.
      "DROP INDEX entry_refers"),

  /** Each refund is reckoned as if it were the first of its order. */
  REFUNDS_FORGET_OTHERS(1, "", "", ""),

  /** The second step of a transfer has another key each time, and is never done with. */
  TRANSFERS_ARRIVE_TWICE(1, "", "", ""),

  /** The second step of a transfer is not written down to be done. */
  TRANSFERS_ARE_LOST(
      1,
      "FROM unnest(:effect_member_nos, :effect_sequences) AS e (member_no, sequence)",
      "FROM (SELECT * FROM unnest(:effect_member_nos, :effect_sequences)"
          + " AS x (member_no, sequence) WHERE false) AS e",
      ""),

  /** A sale goes to another member, and what it earned stays with the first, too. */
  MOVED_SALES_STAY(1, "", "", ""),

  /** What a refund gives back to others of its order is not done. */
  SHARES_ARE_LOST(1, "", "", ""),

  /** An order of an offline till does not say what it was paid with that was not there. */
  UNCOVERED_IS_FORGOTTEN(1, "", "", ""),

  /** Who withdraws a refund is told that it is done, and it waits on. */
  WITHDRAWN_WAITS_ON(1, "", "", ""),

  /** A key that a till of one store has used is used up for all others. */
  STORES_SHARE_KEYS(1, "", "", "");

  final int nodes;
  final String text;
  final String instead;
  final String removal;

  /**
   * @param nodes with how many nodes it shows
   * @param text of the statement that writes a batch
   * @param instead what takes its place
   * @param removal from the database of what would hide the fault
   */
  Plant(int nodes, String text, String instead, String removal) {
    this.nodes = nodes;
    this.text = text;
    this.instead = instead;
    this.removal = removal;
  }

  /** What a gateway prints in which it is at work. */
  String mark() {
    return "planted: " + name();
  }
}
