package points.gateway.lines;

import java.time.Duration;

/**
 * The limits of a stream of lines.
 *
 * @param lengthMax bytes of a line
 * @param inFlightMax lines that are read and whose answer is not written
 * @param bytesInFlightMax bytes of these lines together; one line may always be read
 * @param linesMax lines in all, blank ones among them
 * @param idleMax the longest time in which nothing comes, or no answer is read
 */
public record LineLimits(
    int lengthMax, int inFlightMax, int bytesInFlightMax, long linesMax, Duration idleMax) {}
