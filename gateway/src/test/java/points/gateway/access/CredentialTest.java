package points.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import points.gateway.access.Credential.Kind;

/** The roles of a person add up, and only what comes from a store manager is bound to stores. */
class CredentialTest {

  static Stream<Set<Role>> sets() {
    List<Role> all = Arrays.stream(Role.values()).filter(Role::isOfStaff).toList();
    return Stream.iterate(1, it -> it < 1 << all.size(), it -> it + 1)
        .map(
            bits -> {
              Set<Role> some = EnumSet.noneOf(Role.class);
              for (int i = 0; i < all.size(); i++) {
                if ((bits & 1 << i) != 0) {
                  some.add(all.get(i));
                }
              }
              return some;
            });
  }

  @ParameterizedTest
  @MethodSource("sets")
  void stores_bind_what_a_person_may_do_as_a_manager_only(Set<Role> roles) {
    Credential person = new Credential(Kind.STAFF, "stf", "Li", "p", roles, Set.of("S1"));
    for (Permission permission : Permission.values()) {
      boolean isOfAnother =
          roles.stream().anyMatch(it -> it != Role.STORE_MANAGER && permission.isGivenTo(it));

      Credential using = person.using(permission);

      assertThat(using.may(permission)).isEqualTo(person.may(permission));
      assertThat(using.actsFor("S2")).as(permission.label()).isEqualTo(isOfAnother);
      assertThat(using.actsFor("S1")).as(permission.label()).isTrue();
    }
  }

  @Test
  void a_manager_of_S1_who_is_of_support_refunds_everywhere_and_sells_in_S1() {
    Credential person =
        new Credential(
            Kind.STAFF, "stf", "Li", "p", Set.of(Role.STORE_MANAGER, Role.SUPPORT), Set.of("S1"));
    assertThat(person.using(Permission.REFUND).actsFor("S2")).isTrue();
    assertThat(person.using(Permission.SERVE).actsFor("S2")).isFalse();
    assertThat(person.using(Permission.SERVE).describeStores())
        .isEqualTo("This account is bound to store S1");
  }

  @ParameterizedTest
  @EnumSource(Permission.class)
  void a_key_is_bound_in_all_it_does(Permission permission) {
    Credential key = new Credential(Kind.KEY, "key", "till", "p", Set.of(Role.STORE), Set.of("S1"));
    assertThat(key.using(permission)).isEqualTo(key);
  }
}
