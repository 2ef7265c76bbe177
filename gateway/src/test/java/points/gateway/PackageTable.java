package points.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of packages in docs/ARCHITECTURE.md.
 *
 * @param sees what each package may use of ours; {@link #ALL} for the packages that wire others
 */
record PackageTable(Map<String, Set<String>> sees) {

  static final Set<String> ALL = Set.of("all");

  /** The packages that the table calls the domain; a package need not use all of them. */
  static final Set<String> DOMAIN =
      Set.of(
          "points.ledger.account",
          "points.ledger.model",
          "points.ledger.rules",
          "points.ledger.budget",
          "points.ledger.tier",
          "points.ledger.book",
          "points.ledger.award",
          "points.ledger.engine",
          "points.ledger.program",
          "points.ledger.command",
          "points.ledger.order",
          "points.ledger.decide");

  private static final Pattern ROW =
      Pattern.compile("\\| `(points[a-z.]*)` \\| [^|]+ \\| ([^|]+) \\|");
  private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

  /** Reads the table. */
  static PackageTable read(Path page) throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (String line : Files.readAllLines(page)) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && rows.put(row.group(1), row.group(2)) != null) {
        throw new IllegalStateException("twice in the table: " + row.group(1));
      }
    }
    Map<String, Set<String>> sees = new TreeMap<>();
    rows.forEach((name, seen) -> sees.put(name, named(rows.keySet(), name, seen)));
    return new PackageTable(sees);
  }

  private static Set<String> named(Set<String> packages, String name, String seen) {
    if (seen.startsWith("all")) {
      return ALL;
    }
    Set<String> named = new HashSet<>();
    for (Matcher each = NAME.matcher(seen); each.find(); ) {
      if (each.group(1).equals("domain")) {
        named.addAll(DOMAIN);
      } else {
        named.add(whole(packages, name, each.group(1)));
      }
    }
    return named;
  }

  /** A name in the table leaves out the beginning that is the module's. */
  private static String whole(Set<String> packages, String of, String name) {
    String module = of.substring(0, (of + ".").indexOf('.', "points.".length()));
    return List.of(module + "." + name, "points.ledger." + name, "points." + name).stream()
        .filter(packages::contains)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(of + " may see an unknown package: " + name));
  }

  /** The packages that one may use. */
  Set<String> seenBy(String name) {
    return sees.getOrDefault(name, Set.of());
  }

  /** Whether it may use everything of ours. */
  boolean isWiring(String name) {
    return ALL.equals(seenBy(name));
  }

  /** Whether the table lets one package use another. */
  boolean lets(String name, String other) {
    return isWiring(name) || name.equals(other) || seenBy(name).contains(other);
  }
}
