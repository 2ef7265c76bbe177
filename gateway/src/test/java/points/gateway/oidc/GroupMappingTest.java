package points.gateway.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import points.gateway.access.Role;

class GroupMappingTest {

  @Test
  void adds_the_roles_of_all_groups_and_leaves_other_groups_out() {
    var groups = GroupMapping.of(" CN=head,OU=office = headOffice ; g1=auditor;g2=auditor;", "");
    assertThat(groups.rolesOf(List.of("g1", "CN=head,OU=office", "other", "HEAD")))
        .containsExactlyInAnyOrder(Role.AUDITOR, Role.HEAD_OFFICE);
    assertThat(groups.rolesOf(Set.of())).isEmpty();
  }

  @Test
  void finds_stores_by_the_whole_name_or_its_beginning() {
    var groups = GroupMapping.of("g=storeManager", "nanjing=S001;pts-store-*=*");
    assertThat(groups.storesOf(List.of("nanjing", "pts-store-S002", "pts-store-", "S003", "*")))
        .containsExactly("S001", "S002");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "g         | ''        | not group=value: g",
        "=auditor  | ''        | not group=value: =auditor",
        "g=admin   | ''        | no role of people: admin",
        "g=auditor;g=support | '' | a group that is there twice: g",
        "g=auditor | p*=S001   | neither group=store nor prefix*=*: p*",
        "g=auditor | p=*       | neither group=store nor prefix*=*: p",
        "g=auditor | *=*       | neither group=store nor prefix*=*: *",
      })
  void names_the_entry_that_cannot_be_read(String roles, String stores, String problem) {
    assertThatThrownBy(() -> GroupMapping.of(roles, stores)).hasMessage(problem);
  }
}
