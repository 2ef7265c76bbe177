package points.ledger.book.diff;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import points.ledger.book.check.Words;

/** Says a difference in a sentence of each language. */
final class Sentences {

  private static final Set<String> NUMBERED = Set.of("steps", "lines");

  private final ValueWords values;

  Sentences(ValueWords values) {
    this.values = values;
  }

  Words of(Place place, @Nullable Object before, @Nullable Object after) {
    if (before instanceof JsonArray old
        && after instanceof JsonArray its
        && !NUMBERED.contains(place.name())) {
      return ofSets(place.beginning(), place.name(), old.getList(), its.getList());
    }
    Words name = place.beginning();
    Object was = before == null ? Canonical.defaultOf(place) : before;
    Object now = after == null ? Canonical.defaultOf(place) : after;
    if (was == null) {
      Words its = value(place, now);
      return new Words(name.zh() + "新增：" + its.zh(), name.en() + "added: " + its.en());
    }
    Words old = value(place, was);
    if (now == null) {
      return new Words(
          name.zh() + "取消（原为 " + old.zh() + "）", name.en() + "removed, before " + old.en());
    }
    Words its = value(place, now);
    return new Words(
        name.zh() + old.zh() + " → " + its.zh(), name.en() + its.en() + ", before " + old.en());
  }

  private Words value(Place place, @Nullable Object value) {
    return values.of(place.parent(), place.name(), Objects.requireNonNull(value));
  }

  private Words ofSets(Words name, String field, List<?> before, List<?> after) {
    List<?> added = without(after, before);
    List<?> removed = without(before, after);
    boolean both = !added.isEmpty() && !removed.isEmpty();
    String zh = name.zh();
    String en = name.en();
    if (!added.isEmpty()) {
      Words its = values.ofAll(field, added);
      zh += "增加 " + its.zh() + (both ? "；" : "");
      en += "added " + its.en() + (both ? "; " : "");
    }
    if (!removed.isEmpty()) {
      Words its = values.ofAll(field, removed);
      zh += "去掉 " + its.zh();
      en += "removed " + its.en();
    }
    return new Words(zh, en);
  }

  private static List<?> without(List<?> all, List<?> others) {
    var left = new ArrayList<Object>(all);
    left.removeIf(new HashSet<Object>(others)::contains);
    return left;
  }
}
