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

  /** A command is written although its key or its order has an entry. */
  DOES_NOT_LOOK_FOR_KEYS(
      2,
      "WHERE :looks_for_known OR sequence IS NULL",
      "WHERE (:looks_for_known OR sequence IS NULL) AND false",
      // They would refuse the second entry of a key or an order.
      "DROP INDEX entry_request, entry_order"),

  /** A refusal is answered although the state from which it was decided is old. */
  REFUSES_FROM_OLD_STATES(2, "AND w.previous_sequence = coalesce(", "AND -1 <= coalesce(", ""),

  /** Points of a hold are spent or released, and still held. */
  CAPTURED_HOLDS_STAY_HELD(
      1,
      "",
      "",
      // It would refuse the second end of a hold.
      "DROP INDEX entry_refers"),

  /** Each refund is calculated as if it were the first of its order. */
  REFUNDS_FORGET_OTHERS(1, "", "", ""),

  /** The second step of a transfer has another key each time, and is repeated for ever. */
  TRANSFERS_ARRIVE_TWICE(1, "", "", ""),

  /** The second step of a transfer is not written down to be done. */
  TRANSFERS_ARE_LOST(
      1,
      "FROM unnest(:effect_member_nos, :effect_sequences) AS e (member_no, sequence)",
      "FROM (SELECT * FROM unnest(:effect_member_nos, :effect_sequences)"
          + " AS x (member_no, sequence) WHERE false) AS e",
      ""),

  /** A sale is moved, and its points stay with the first member, too. */
  MOVED_SALES_STAY(1, "", "", ""),

  /** The shares of other members in a refund are not carried out. */
  SHARES_ARE_LOST(1, "", "", ""),

  /** An order of an offline till does not state the points that were missing to pay for it. */
  UNCOVERED_IS_FORGOTTEN(1, "", "", ""),

  /** A withdrawal of a refund is answered as done, and the refund still waits. */
  WITHDRAWN_WAITS_ON(1, "", "", ""),

  /** A gift loses its own end, and lasts as long as the program's rule says. */
  GIFTS_LOSE_THEIR_END(1, "", "", ""),

  /** A key that a till of one store has used cannot be used by other stores. */
  STORES_SHARE_KEYS(1, "", "", ""),

  /** A batch is written whatever is left in budgets by now. */
  OVERDRAWS_BUDGETS(
      2,
      "AND budget_room(",
      "AND false AND budget_room(",
      // They would refuse a batch that draws more than is left, or cuts while something is left.
      "DROP TRIGGER first_charge_fits ON budget; DROP TRIGGER charge_fits ON budget"),

  /** A budget is charged for half of what orders draw. */
  CHARGES_HALF(
      1,
      "issued = b.issued + excluded.issued,",
      "issued = b.issued + excluded.issued / 2,",
      // It would refuse the last charge, which does not use the budget up.
      "DROP TRIGGER charge_fits ON budget"),

  /** A page of the feed goes on behind an event that it does not have. */
  EVENTS_ARE_LEFT_OUT(1, "", "", ""),

  /** A page of the feed has an event twice. */
  EVENTS_COME_TWICE(1, "", "", ""),

  /** Events of a member have changed places in a page of the feed. */
  EVENTS_ARE_SWAPPED(1, "", "", "");

  final int nodes;
  final String text;
  final String instead;
  final String removal;

  /**
   * @param nodes the number of nodes with which the fault shows
   * @param text of the statement that writes a batch
   * @param instead what takes its place
   * @param removal a statement that removes the constraint which would hide the fault
   */
  Plant(int nodes, String text, String instead, String removal) {
    this.nodes = nodes;
    this.text = text;
    this.instead = instead;
    this.removal = removal;
  }

  /** The line that a gateway prints once the fault is at work. */
  String mark() {
    return "planted: " + name();
  }
}
