package points.gateway.session;

import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Role;
import points.gateway.web.Problem;
import points.gateway.web.Problem.Code;
import points.ledger.form.FieldFault;
import points.ledger.form.Formats;
import points.ledger.form.JsonFields;
import points.ledger.registry.Stores;

/** The fields of a new account, and the rules for roles and stores. */
record StaffFields(
    String name, Set<Role> roles, @Nullable Set<String> stores, @Nullable String language) {

  private static final int STORES_MAX = 1_000;
  private static final String LANGUAGE = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}";

  static StaffFields of(JsonFields body) {
    String name = name(body);
    Set<Role> roles = roles(body);
    Set<String> stores = body.has("stores") ? stores(body) : null;
    if (!body.isWrong()) {
      Optional.ofNullable(faultOf(stores, roles)).ifPresent(it -> body.wrong("stores", it));
    }
    return new StaffFields(name, roles, stores, language(body));
  }

  static String name(JsonFields body) {
    return body.readable("name", Formats.NAME_LENGTH_MAX);
  }

  static Set<Role> roles(JsonFields body) {
    List<String> labels = body.ids("roles", 1, Role.values().length);
    Set<Role> roles = new HashSet<>();
    for (String label : labels) {
      Role.ofStaff(label)
          .ifPresentOrElse(roles::add, () -> body.wrong("roles", FieldFault.STAFF_ROLES));
    }
    return roles;
  }

  /** Reads the stores of an account; null when they are null, so that it is bound to none. */
  static @Nullable Set<String> stores(JsonFields body) {
    return body.isNull("stores") ? null : Set.copyOf(body.ids("stores", 1, STORES_MAX));
  }

  static @Nullable String language(JsonFields body) {
    return body.has("language")
        ? body.known("language", it -> it.matches(LANGUAGE), FieldFault.LANGUAGE)
        : null;
  }

  /** Returns the problem of roles and stores that do not go together. */
  static Optional<Problem> fault(Set<Role> roles, @Nullable Set<String> stores) {
    return Optional.ofNullable(faultOf(stores, roles)).map(it -> Problem.invalid("/stores", it));
  }

  private static @Nullable FieldFault faultOf(@Nullable Set<String> stores, Set<Role> roles) {
    if (roles.contains(Role.STORE_MANAGER)) {
      return stores == null ? FieldFault.STAFF_NEEDS_STORES : null;
    }
    return stores == null ? null : FieldFault.STAFF_HAS_NO_STORES;
  }

  /** Returns all but the name as text, for a fingerprint. */
  String describe() {
    String labels = roles.stream().map(Role::label).sorted().collect(Collectors.joining(" "));
    return labels + '|' + (stores == null ? "" : new TreeSet<>(stores)) + '|' + language;
  }

  /** Returns the problem of the first store that the program does not have. */
  static Future<Optional<Problem>> unknownStore(
      Stores stores, String programId, @Nullable Set<String> wanted) {
    Future<Optional<Problem>> found = Future.succeededFuture(Optional.empty());
    if (wanted == null) {
      return found;
    }
    for (String storeId : wanted) {
      found =
          found.compose(
              before ->
                  before.isPresent()
                      ? Future.succeededFuture(before)
                      : stores
                          .exists(programId, storeId)
                          .map(
                              exists ->
                                  exists
                                      ? Optional.empty()
                                      : Optional.of(
                                          Problem.at(
                                              Code.UNKNOWN_STORE,
                                              "/stores",
                                              "has no store of the program: " + storeId))));
    }
    return found;
  }
}
