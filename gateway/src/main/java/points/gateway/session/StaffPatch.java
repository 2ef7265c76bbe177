package points.gateway.session;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Role;
import points.gateway.staff.StaffAccounts.Change;
import points.gateway.staff.StaffMember;
import points.ledger.form.JsonFields;

/**
 * A merge patch of an account.
 *
 * @param fields sets the fields that the patch names
 * @param version the version that the caller has read; null when any will do
 */
record StaffPatch(UnaryOperator<Change> fields, @Nullable Long version) {

  static StaffPatch of(JsonFields body) {
    UnaryOperator<Change> fields = it -> it;
    if (body.has("name")) {
      String name = StaffFields.name(body);
      fields = then(fields, it -> it.withName(name));
    }
    if (body.has("roles")) {
      Set<Role> roles = StaffFields.roles(body);
      fields = then(fields, it -> it.withRoles(roles));
    }
    if (body.has("stores")) {
      Set<String> stores = StaffFields.stores(body);
      fields = then(fields, it -> it.withStores(stores));
    }
    if (body.has("language")) {
      String language = body.isNull("language") ? null : StaffFields.language(body);
      fields = then(fields, it -> it.withLanguage(language));
    }
    if (body.has("active")) {
      boolean active = body.flag("active");
      fields = then(fields, it -> it.withActive(active));
    }
    return new StaffPatch(fields, body.optionalInteger("version", 1, Long.MAX_VALUE));
  }

  private static UnaryOperator<Change> then(
      UnaryOperator<Change> first, UnaryOperator<Change> next) {
    return it -> next.apply(first.apply(it));
  }

  Change appliedTo(StaffMember before) {
    return fields.apply(
        new Change(
            before.name(), before.roles(), before.stores(), before.language(), before.active()));
  }
}
