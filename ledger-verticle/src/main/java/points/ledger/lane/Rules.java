package points.ledger.lane;

import java.time.Instant;
import points.ledger.command.Command;
import points.ledger.program.Program;

/** Selects the rules by which a command is decided. */
@FunctionalInterface
public interface Rules {

  /**
   * Returns the program with the rules that count for a command.
   *
   * @param now the instant by which it is decided, and which its entry will have
   * @throws points.ledger.program.RulesUnknownException when this node cannot know them now
   */
  Program of(Command command, Instant now);
}
