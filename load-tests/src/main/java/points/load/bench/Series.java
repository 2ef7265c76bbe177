package points.load.bench;

/**
 * What is measured once in each round.
 *
 * @param part the letter it goes by in the report
 * @param what in words
 * @param connections clients or connections
 */
record Series(char part, String what, int connections) {}
