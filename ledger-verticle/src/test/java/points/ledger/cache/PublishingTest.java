package points.ledger.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import points.cluster.cache.CachedState;
import points.ledger.account.Lots;
import points.ledger.fixture.NoCluster;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.model.Status;

/** A commit is told of when no node shows anything older any more. */
class PublishingTest extends NoCluster implements ReadConsistency, Timeouts {

  private static final MemberKey MEMBER = member(0);

  private final List<Promise<Void>> published = new ArrayList<>();
  private final List<Promise<Void>> waits = new ArrayList<>();
  private final Map<MemberKey, MemberState> committed = new HashMap<>();
  private final MemberStateCache states =
      new MemberStateCache(
          new ClusterCache(this, this, (holder, names) -> Future.failedFuture("nobody")),
          members -> read(),
          this,
          10_000);

  private Promise<Void> warned = Promise.promise();
  private Future<Void> reads = Future.succeededFuture();
  private boolean isDatabaseResponsive = true;
  private boolean announced;

  @Test
  void a_published_commit_is_answered_at_once() {
    Future<Void> told = publish(1);
    assertThat(told.isComplete()).isFalse();

    published.get(0).complete();

    assertThat(told.succeeded()).isTrue();
    assertThat(announced).isFalse();
  }

  @Test
  void an_unpublished_commit_is_answered_when_no_node_serves_cached_states() {
    Future<Void> told = publish(1);
    published.get(0).fail("by the test");

    assertThat(announced).isTrue();
    assertThat(states.isSuspect(MEMBER)).isTrue();
    assertThat(told.isComplete()).isFalse();

    warned.complete();
    assertThat(told.succeeded()).isTrue();
    assertThat(announced).as("the cluster still does not have it").isTrue();
  }

  @Test
  void a_late_publication_answers_and_ends_the_announcement() {
    Future<Void> told = publish(1);
    waits.get(0).fail("late");
    assertThat(announced).isTrue();

    published.get(0).complete();

    assertThat(told.succeeded()).isTrue();
    assertThat(announced).isFalse();
    assertThat(states.isSuspect(MEMBER)).isFalse();
  }

  @Test
  void a_late_publication_of_an_older_state_does_not_end_the_announcement() {
    publish(1);
    waits.get(0).fail("late");
    Future<Void> told = publish(2);
    waits.get(waits.size() - 1).fail("late");

    published.get(0).complete();

    assertThat(told.isComplete()).isFalse();
    assertThat(announced).isTrue();
    assertThat(states.isSuspect(MEMBER)).isTrue();
  }

  /** The next is not told of before it can be seen itself, so it is no reason to go on warning. */
  @Test
  void a_newer_commit_does_not_prolong_the_announcement() {
    publish(1);
    waits.get(0).fail("late");
    publish(2);

    published.get(0).complete();

    assertThat(announced).isFalse();
  }

  @Test
  void while_no_node_serves_cached_states_the_next_commit_does_not_wait() {
    publish(1);
    published.get(0).fail("by the test");
    warned.complete();

    Future<Void> told = publish(2);
    published.get(1).fail("by the test");

    assertThat(told.succeeded()).isTrue();
  }

  /** A database that is away, too, is no reason to have all others ask it. */
  @Test
  void a_state_in_memory_is_published_again_without_postgresql() {
    publish(1);
    published.get(0).fail("by the test");
    isDatabaseResponsive = false;

    states.resolveSuspects();
    published.get(1).complete();

    assertThat(announced).isFalse();
  }

  /** The database went on without it: a standby that had less was promoted. */
  @Test
  void clearing_the_shared_cache_ends_all_unpublished_members() {
    publish(6);
    published.get(0).fail("by the test");
    committed.put(MEMBER, at(5));

    states.clear();

    assertThat(announced).isFalse();
    assertThat(states.isSuspect(MEMBER)).isFalse();
  }

  /** It may be older than what the doubt is about. */
  @Test
  void a_state_read_before_a_suspicion_does_not_end_it() {
    Promise<Void> slow = Promise.promise();
    reads = slow.future();
    committed.put(MEMBER, at(0));
    states.reload(List.of(MEMBER));
    states.suspect(MEMBER);

    slow.complete();
    published.forEach(Promise::complete);

    assertThat(states.isSuspect(MEMBER)).isTrue();
    assertThat(states.find(MEMBER)).isNull();
  }

  @Test
  void a_suspect_member_that_is_not_enrolled_is_resolved() {
    states.suspect(MEMBER);
    states.resolveSuspects();

    assertThat(states.isSuspect(MEMBER)).isFalse();
  }

  @Test
  void the_announcement_lasts_until_the_last_member_is_published() {
    List<MemberKey> members = IntStream.range(0, 2_500).mapToObj(PublishingTest::member).toList();
    members.forEach(
        member -> {
          committed.put(member, at(1));
          states.publish(Map.of(member, at(1)));
        });
    published.forEach(it -> it.tryFail("by the test"));
    published.clear();

    Future<Void> tried = states.resolveSuspects();
    published.get(0).fail("by the test");
    published.get(1).fail("by the test");
    assertThat(tried.succeeded()).as("rounds go on only while they make progress").isTrue();
    assertThat(published).hasSize(2);
    assertThat(announced).isTrue();

    published.clear();
    Future<Void> settled = states.resolveSuspects();
    published.get(0).complete(); // a thousand, from memory
    published.get(1).complete(); // another thousand, read again
    assertThat(announced).isTrue();
    published.get(2).complete();

    assertThat(settled.succeeded()).isTrue();
    assertThat(announced).isFalse();
    assertThat(members).noneMatch(states::isSuspect);
  }

  /** A batch of which nothing is known: nobody was told of it, so nobody shows what is too old. */
  @Test
  void a_suspicion_alone_announces_nothing() {
    states.suspect(MEMBER);

    assertThat(announced).isFalse();
  }

  private Future<Void> publish(long sequence) {
    committed.put(MEMBER, at(sequence));
    return states.publish(Map.of(MEMBER, at(sequence)));
  }

  private Future<Map<MemberKey, MemberState>> read() {
    var found = Map.copyOf(committed);
    return reads.map(found);
  }

  private static MemberKey member(int number) {
    return new MemberKey("program", "M-" + number);
  }

  private static MemberState at(long sequence) {
    return new MemberState(Status.ACTIVE, sequence, 0, 0, Lots.NONE);
  }

  @Override
  public Future<Void> publish(Map<String, CachedState> newest) {
    Promise<Void> done = Promise.promise();
    published.add(done);
    return done.future();
  }

  @Override
  public boolean mayServeCached() {
    return !announced;
  }

  @Override
  public Instant lastConsistentAt() {
    return Instant.EPOCH;
  }

  @Override
  public boolean isDatabaseResponsive() {
    return isDatabaseResponsive;
  }

  @Override
  public Future<Void> announceUnpublished() {
    announced = true;
    return warned.future();
  }

  @Override
  public void announcePublished() {
    announced = false;
    warned = Promise.promise();
  }

  /** Ends a wait when the test says so. */
  @Override
  public <T extends @Nullable Object> Future<T> within(Duration max, Future<T> answer) {
    Promise<Void> end = Promise.promise();
    waits.add(end);
    Promise<T> first = Promise.promise();
    answer.onComplete(
        it -> {
          if (it.succeeded()) {
            first.tryComplete(it.result());
          } else {
            first.tryFail(it.cause());
          }
        });
    end.future().onFailure(first::tryFail);
    return first.future();
  }
}
