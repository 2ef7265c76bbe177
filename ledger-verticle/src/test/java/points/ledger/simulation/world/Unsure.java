package points.ledger.simulation.world;

import points.ledger.cache.AlwaysConsistent;

/** In a cluster where entries vanish and old ones come again, a node is never certain of them. */
public final class Unsure extends AlwaysConsistent {

  @Override
  public boolean mayServeCached() {
    return false;
  }
}
