package points.ledger.simulation;

import points.ledger.lane.Sure;

/** In a cluster where entries vanish and old ones come again, a node is never certain of them. */
final class Unsure extends Sure {

  @Override
  public boolean isCertain() {
    return false;
  }
}
