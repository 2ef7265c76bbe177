package points.ledger.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import points.ledger.command.Command;

/**
 * A command on its way to another node. Fields that later releases add beside the command are
 * skipped.
 *
 * @param deadline past which nobody waits for the answer any more, by the cluster's time
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SentCommand(Command command, Instant deadline) {}
