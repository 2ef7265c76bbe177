package points.ledger.tier;

/**
 * The change of the tier that a member has, of its own level and floors together.
 *
 * @param from the id of the level before
 * @param to the id of the level from now on; the same when nothing changes for the member
 */
public record TierMove(String from, String to, LevelChange.Reason reason) {}
