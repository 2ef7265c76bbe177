package points.ledger.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import points.cluster.cache.CacheOptions;
import points.cluster.cache.CachedState;
import points.cluster.cache.LocalStateCache;
import points.ledger.fixture.LoggedLines;
import points.ledger.model.MemberKey;
import points.ledger.wire.MemberName;

/** States of another version are left alone: PostgreSQL has the same. */
class SharedMemberStatesTest {

  private static final MemberKey MEMBER = new MemberKey("p", "m");

  private final LocalStateCache cache = new LocalStateCache("one", CacheOptions.defaults());
  private final SharedMemberStates states =
      new SharedMemberStates(AlwaysConsistent.of(cache), Timeouts.ofVertx());

  @Test
  void states_that_are_not_understood_are_none_and_make_one_line_of_the_log() {
    cache.publish(Map.of(MemberName.of(MEMBER), new CachedState(7, new byte[] {1, 2, 3})));

    try (var log = new LoggedLines(SharedMemberStates.class)) {
      for (int i = 0; i < 100; i++) {
        assertThat(states.read(MEMBER).result()).isEmpty();
        assertThat(states.acquire(List.of(MEMBER)).result()).isEmpty();
      }
      assertThat(log.lines()).singleElement().asString().contains("not understood");
    }
  }
}
