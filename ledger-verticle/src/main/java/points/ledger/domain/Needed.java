package points.ledger.domain;

/** Entries that a command cannot be decided without. */
public sealed interface Needed {

  /** Those of an order, and those that refer to them. */
  record OfOrder(String programId, String storeId, String orderId) implements Needed {}

  /** One of a member, those that refer to it, and those of its order if it has one. */
  record OfEntry(MemberKey member, long sequence) implements Needed {}
}
