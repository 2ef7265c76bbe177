package points.ledger.model;

/** Groups of kinds of entries. */
public final class EntryKinds {

  private EntryKinds() {}

  /** Whether a sale of this kind can be moved to another member. */
  public static boolean isMovable(Entry.Kind kind) {
    return kind.is(EntryTrait.MOVABLE);
  }
}
