package points.ledger.book.diff;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import points.ledger.book.check.Words;
import points.ledger.book.diff.Change.Kind;

/** Compares field by field. Of two places, the first is in the old document. */
final class Comparison {

  /** Objects of conditions and caps, each field of which is said by itself. */
  private static final Set<String> PARTS =
      Set.of(
          "rounding",
          "stacking",
          "when",
          "not",
          "cap",
          "caps",
          "perMember",
          "sets",
          "tierFactors",
          "member",
          "store",
          "growth",
          "tiers",
          "measure",
          "review");

  private static final Map<String, String> KEYS =
      Map.of(
          "promotions", "id",
          "ratios", "id",
          "groups", "id",
          "examples", "title",
          "rules", "id",
          "levels", "id",
          "budgets", "id",
          "abuse", "id");

  private final Sentences sentences;
  private final List<Change> changes = new ArrayList<>();
  private int total;

  Comparison(Sentences sentences) {
    this.sentences = sentences;
  }

  List<Change> changes() {
    return List.copyOf(changes);
  }

  int total() {
    return total;
  }

  void objects(Place from, Place to, JsonObject before, JsonObject after) {
    var names = new LinkedHashSet<>(after.fieldNames());
    names.addAll(before.fieldNames());
    for (String name : names) {
      if (!name.equals("lineId")) { // names a line for people only
        fields(from.field(name), to.field(name), before.getValue(name), after.getValue(name));
      }
    }
  }

  private void fields(Place from, Place to, @Nullable Object one, @Nullable Object two) {
    String name = to.name();
    Object before = one == null && PARTS.contains(name) ? new JsonObject() : one;
    Object after = two == null && PARTS.contains(name) ? new JsonObject() : two;
    if (isKeyed(to, before, after)) {
      byKey(from, to, list(before), list(after));
    } else if (before instanceof JsonObject old && after instanceof JsonObject its) {
      objects(from, to, old, its);
    } else if (before instanceof JsonArray old && after instanceof JsonArray its) {
      arrays(from, to, old, its);
    } else if (!Objects.equals(Canonical.of(to, before), Canonical.of(to, after))) {
      add(from, to, before, after);
    }
  }

  /** The groups of members in a condition are names, those of a book are rules. */
  private static boolean isKeyed(Place at, @Nullable Object before, @Nullable Object after) {
    return KEYS.containsKey(at.name())
        && (!at.name().equals("groups") || at.parent().equals("stacking"))
        && (before != null || after != null);
  }

  private static JsonArray list(@Nullable Object value) {
    return value instanceof JsonArray array ? array : new JsonArray();
  }

  private void byKey(Place from, Place to, JsonArray before, JsonArray after) {
    String key = KEYS.getOrDefault(to.name(), "id");
    Map<String, Integer> old = positions(before, key);
    Map<String, Integer> its = positions(after, key);
    its.forEach(
        (id, at) -> {
          Words rule = FieldNames.element(to.name(), id);
          Place place = to.element(at, rule);
          Integer was = old.get(id);
          if (was == null) {
            add(place, place, null, after.getJsonObject(at));
          } else {
            objects(
                from.element(was, rule), place, before.getJsonObject(was), after.getJsonObject(at));
          }
        });
    old.forEach(
        (id, was) -> {
          if (!its.containsKey(id)) {
            Place place = from.element(was, FieldNames.element(from.name(), id));
            add(place, place, before.getJsonObject(was), null);
          }
        });
    if (to.name().equals("ratios") && !sameOrder(old.keySet(), its.keySet())) {
      Words words = new Words("比例的先后次序不同", "Ratios: in another order");
      add(new Change(Kind.CHANGED, to.pointer(), before, after, words));
    }
  }

  private static Map<String, Integer> positions(JsonArray all, String key) {
    var positions = new LinkedHashMap<String, Integer>();
    for (int i = 0; i < all.size(); i++) {
      positions.put(String.valueOf(all.getJsonObject(i).getString(key)), i);
    }
    return positions;
  }

  private static boolean sameOrder(Set<String> before, Set<String> after) {
    var common = new ArrayList<>(before);
    common.retainAll(after);
    var its = new ArrayList<>(after);
    its.retainAll(before);
    return common.equals(its);
  }

  private void arrays(Place from, Place to, JsonArray before, JsonArray after) {
    boolean numbered = to.name().equals("steps") || to.name().equals("lines");
    if (numbered && before.size() == after.size()) {
      for (int i = 0; i < after.size(); i++) {
        Words part = FieldNames.element(to.name(), "" + (i + 1));
        Words rule = new Words(to.rule().zh() + "：" + part.zh(), to.rule().en() + ", " + part.en());
        objects(
            from.element(i, rule),
            to.element(i, rule),
            before.getJsonObject(i),
            after.getJsonObject(i));
      }
    } else if (numbered || !asSet(to, before).equals(asSet(to, after))) {
      add(from, to, before, after);
    }
  }

  private static Set<String> asSet(Place at, JsonArray array) {
    var set = new TreeSet<String>();
    array.forEach(it -> set.add(String.valueOf(Canonical.of(at, it))));
    return set;
  }

  private void add(Place from, Place to, @Nullable Object before, @Nullable Object after) {
    Kind kind = before == null ? Kind.ADDED : after == null ? Kind.REMOVED : Kind.CHANGED;
    Place place = kind == Kind.REMOVED ? from : to;
    add(new Change(kind, place.pointer(), before, after, sentences.of(place, before, after)));
  }

  private void add(Change change) {
    total++;
    if (changes.size() < BookDiff.CHANGES_MAX) {
      changes.add(change);
    }
  }
}
