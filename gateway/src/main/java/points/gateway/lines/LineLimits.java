package points.gateway.lines;

import java.time.Duration;

/**
 * How much a stream of lines may have and hold.
 *
 * @param lengthMax bytes of a line
 * @param inFlightMax lines that are taken and whose answer is not written
 * @param bytesInFlightMax bytes of these lines together; one line may always be taken
 * @param linesMax lines in all, blank ones among them
 * @param idleMax how long nothing comes, or no answer is taken
 */
public record LineLimits(
    int lengthMax, int inFlightMax, int bytesInFlightMax, long linesMax, Duration idleMax) {}
