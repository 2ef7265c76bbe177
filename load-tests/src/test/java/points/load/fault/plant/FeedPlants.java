package points.load.fault.plant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** Faults in the pages of the feed. The cursor of a page stays as it was. */
public final class FeedPlants {
  private FeedPlants() {}

  static List<AdvicePoint> spots() {
    return List.of(new AdvicePoint("points.ledger.feed.FeedReader", "page", 3, OtherEvents.class));
  }

  /** A page with the fault in it, if it has two events or more. */
  public static List<?> changed(List<?> events) {
    if (events.size() < 2) {
      return events;
    }
    Plant wanted = PlantAgent.planted();
    List<Object> changed = new ArrayList<>(events);
    if (wanted == Plant.EVENTS_ARE_LEFT_OUT) {
      changed.remove(0);
    } else if (wanted == Plant.EVENTS_COME_TWICE) {
      changed.add(0, changed.get(0));
    } else {
      Collections.reverse(changed.subList(0, changed.size() - 1));
    }
    return changed;
  }

  /** Becomes part of what makes a page. */
  static final class OtherEvents {
    private OtherEvents() {}

    @Advice.OnMethodEnter
    @SuppressWarnings("UnusedVariable") // what is assigned is what the method is given
    static void enter(@Advice.Argument(value = 0, readOnly = false) List<?> events) {
      events = changed(events);
    }
  }
}
