package points.ledger.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import points.ledger.command.Command;
import points.ledger.command.KeySpace;

class KeySpaceTest {

  @Test
  void a_key_of_a_store_is_kept_with_its_store() {
    assertThat(KeySpace.keyOf("S1", "4711")).isEqualTo("@S1 4711");
    assertThat(KeySpace.keyOf(null, "4711")).isEqualTo("4711");
    assertThat(KeySpace.ofPerson("stf_1", "4711")).isEqualTo("~stf_1 4711");
    assertThat(KeySpace.sent("~stf_1 4711")).isEqualTo("4711");
    assertThat(KeySpace.isOfStore("~stf_1 4711")).as("has nothing from before").isFalse();
  }

  /** All that a caller may send: visible ASCII without a blank. */
  @ParameterizedTest
  @ValueSource(strings = {"4711", "@", "@S1", "@S1-4711", "@@"})
  void a_key_is_found_again_by_its_sender_only(String sent) {
    assertThat(KeySpace.isOfStore(sent)).isFalse();
    assertThat(KeySpace.sent(sent)).isEqualTo(sent);
    String kept = KeySpace.keyOf("S.1@north", sent);
    assertThat(KeySpace.isOfStore(kept)).isTrue();
    assertThat(KeySpace.sent(kept)).isEqualTo(sent);
  }

  @Test
  void a_derived_key_belongs_to_no_store() {
    MemberKey member = new MemberKey("p", "@m");
    assertThat(KeySpace.isOfStore(Command.ApplyTimeEffects.of(member).request().key())).isFalse();
  }
}
