package points.ledger.tier;

import java.time.Instant;

/**
 * A level that a member has had from an instant on.
 *
 * @param level the id of the level
 */
public record LevelFrom(String level, Instant since) {}
