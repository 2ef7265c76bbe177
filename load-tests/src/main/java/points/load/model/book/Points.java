package points.load.model.book;

/** Whole points of a rule for a line. */
record Points(int line, AppliedRule rule, long points) {}
