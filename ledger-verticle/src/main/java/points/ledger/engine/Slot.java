package points.ledger.engine;

/** The whole points that one rule gives for one line; caps and budgets take from them. */
final class Slot {

  final int stage;
  final int rule;
  final int line;
  long points;

  Slot(int stage, int rule, int line, long points) {
    this.stage = stage;
    this.rule = rule;
    this.line = line;
    this.points = points;
  }
}
