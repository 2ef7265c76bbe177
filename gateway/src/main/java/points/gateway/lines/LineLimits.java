package points.gateway.lines;

import java.time.Duration;

/**
 * How much a stream of lines may have and hold.
 *
 * @param lengthMax bytes of a line
 * @param inFlightMax lines that are taken and whose answer is not written
 * @param linesMax lines in all, blank ones among them
 * @param idleMax how long nothing comes, or no answer is taken
 */
public record LineLimits(int lengthMax, int inFlightMax, long linesMax, Duration idleMax) {}
