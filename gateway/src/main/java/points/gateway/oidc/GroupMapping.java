package points.gateway.oidc;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Role;

/**
 * The roles and stores that the provider's groups stand for.
 *
 * <p>With {@code pts-head=headOffice;pts-shop=storeManager} as roles and {@code pts-store-*=*} as
 * stores, a person in {@code pts-shop} and {@code pts-store-S001} is manager of store S001. Lists
 * are divided by semicolons and entries by their last equals sign, because names of groups may have
 * commas and equals signs in them.
 */
public final class GroupMapping {

  private static final String ANY = "*";

  private final Map<String, Role> roles;
  private final Map<String, String> stores;

  private GroupMapping(Map<String, Role> roles, Map<String, String> stores) {
    this.roles = roles;
    this.stores = stores;
  }

  /**
   * Reads both lists.
   *
   * @param stores empty when no group stands for a store
   * @throws IllegalArgumentException if an entry cannot be read; its message names it
   */
  public static GroupMapping of(String roles, String stores) {
    Map<String, Role> byGroup = new LinkedHashMap<>();
    entries(roles)
        .forEach(
            (group, label) ->
                byGroup.put(
                    group,
                    Role.ofStaff(label)
                        .orElseThrow(
                            () -> new IllegalArgumentException("no role of people: " + label))));
    Map<String, String> storesByGroup = entries(stores);
    storesByGroup.forEach(
        (group, store) -> {
          if (group.endsWith(ANY) != store.equals(ANY) || group.equals(ANY)) {
            throw new IllegalArgumentException("neither group=store nor prefix*=*: " + group);
          }
        });
    return new GroupMapping(byGroup, storesByGroup);
  }

  private static Map<String, String> entries(String list) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String entry : list.split(";", -1)) {
      if (!entry.isBlank()) {
        addEntry(entries, entry.strip());
      }
    }
    return entries;
  }

  private static void addEntry(Map<String, String> entries, String entry) {
    int divider = entry.lastIndexOf('=');
    String group = divider < 0 ? "" : entry.substring(0, divider).strip();
    String value = entry.substring(divider + 1).strip();
    if (group.isEmpty() || value.isEmpty()) {
      throw new IllegalArgumentException("not group=value: " + entry);
    } else if (entries.put(group, value) != null) {
      throw new IllegalArgumentException("a group that is there twice: " + group);
    }
  }

  /** Returns whether no group has a role, so that nobody could sign in. */
  public boolean isEmpty() {
    return roles.isEmpty();
  }

  /** Returns the roles of somebody in these groups. */
  Set<Role> rolesOf(Collection<String> groups) {
    return groups.stream().filter(roles::containsKey).map(roles::get).collect(Collectors.toSet());
  }

  /** Returns the stores of somebody in these groups. */
  Set<String> storesOf(Collection<String> groups) {
    Set<String> found = new TreeSet<>();
    for (String group : groups) {
      String store = storeOf(group);
      if (store != null) {
        found.add(store);
      }
    }
    return found;
  }

  private @Nullable String storeOf(String group) {
    String exact = stores.get(group);
    if (exact != null) {
      return exact;
    }
    return stores.keySet().stream()
        .filter(it -> it.endsWith(ANY))
        .map(it -> it.substring(0, it.length() - 1))
        .filter(it -> group.startsWith(it) && group.length() > it.length())
        .findFirst()
        .map(it -> group.substring(it.length()))
        .orElse(null);
  }
}
