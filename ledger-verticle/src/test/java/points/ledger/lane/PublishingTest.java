package points.ledger.lane;

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
import points.ledger.NoCluster;
import points.ledger.domain.Lots;
import points.ledger.domain.MemberKey;
import points.ledger.domain.MemberState;
import points.ledger.domain.Status;

/** A commit is told of when no node shows anything older any more. */
class PublishingTest extends NoCluster implements Certainty, TimeLimit {

  private static final MemberKey MEMBER = member(0);

  private final List<Promise<Void>> published = new ArrayList<>();
  private final List<Promise<Void>> waits = new ArrayList<>();
  private final Map<MemberKey, MemberState> committed = new HashMap<>();
  private final States states =
      new States(
          new HotCluster(this, this, (holder, names) -> Future.failedFuture("nobody")),
          members -> read(),
          this,
          10_000);

  private Promise<Void> warned = Promise.promise();
  private Future<Void> reads = Future.succeededFuture();
  private boolean databaseAnswers = true;
  private boolean unsettled;

  @Test
  void what_the_cluster_takes_is_told_of_at_once() {
    Future<Void> told = publish(1);
    assertThat(told.isComplete()).isFalse();

    published.get(0).complete();

    assertThat(told.succeeded()).isTrue();
    assertThat(unsettled).isFalse();
  }

  @Test
  void what_it_does_not_take_is_told_of_when_no_node_is_certain() {
    Future<Void> told = publish(1);
    published.get(0).fail("by the test");

    assertThat(unsettled).isTrue();
    assertThat(states.isDoubted(MEMBER)).isTrue();
    assertThat(told.isComplete()).isFalse();

    warned.complete();
    assertThat(told.succeeded()).isTrue();
    assertThat(unsettled).as("the others still cannot see it").isTrue();
  }

  @Test
  void what_it_takes_late_is_told_of_then_and_nobody_is_warned_any_more() {
    Future<Void> told = publish(1);
    waits.get(0).fail("late");
    assertThat(unsettled).isTrue();

    published.get(0).complete();

    assertThat(told.succeeded()).isTrue();
    assertThat(unsettled).isFalse();
    assertThat(states.isDoubted(MEMBER)).isFalse();
  }

  @Test
  void an_older_state_that_it_takes_late_does_not_end_the_warning() {
    publish(1);
    waits.get(0).fail("late");
    Future<Void> told = publish(2);
    waits.get(waits.size() - 1).fail("late");

    published.get(0).complete();

    assertThat(told.isComplete()).isFalse();
    assertThat(unsettled).isTrue();
    assertThat(states.isDoubted(MEMBER)).isTrue();
  }

  /** The next is not told of before it can be seen itself, so it is no reason to go on warning. */
  @Test
  void what_is_committed_after_it_does_not_keep_the_warning_up() {
    publish(1);
    waits.get(0).fail("late");
    publish(2);

    published.get(0).complete();

    assertThat(unsettled).isFalse();
  }

  @Test
  void while_nobody_is_certain_the_next_is_not_waited_for() {
    publish(1);
    published.get(0).fail("by the test");
    warned.complete();

    Future<Void> told = publish(2);
    published.get(1).fail("by the test");

    assertThat(told.succeeded()).isTrue();
  }

  /** A database that is away, too, is no reason to have all others ask it. */
  @Test
  void what_is_remembered_is_published_without_the_database() {
    publish(1);
    published.get(0).fail("by the test");
    databaseAnswers = false;

    states.settleDoubts();
    published.get(1).complete();

    assertThat(unsettled).isFalse();
  }

  /** The database went on without it: a standby that had less was promoted. */
  @Test
  void when_all_is_forgotten_nothing_is_unseen() {
    publish(6);
    published.get(0).fail("by the test");
    committed.put(MEMBER, at(5));

    states.forgetAll();

    assertThat(unsettled).isFalse();
    assertThat(states.isDoubted(MEMBER)).isFalse();
  }

  /** It may be older than what the doubt is about. */
  @Test
  void what_was_read_before_a_doubt_does_not_end_it() {
    Promise<Void> slow = Promise.promise();
    reads = slow.future();
    committed.put(MEMBER, at(0));
    states.reload(List.of(MEMBER));
    states.doubt(MEMBER);

    slow.complete();
    published.forEach(Promise::complete);

    assertThat(states.isDoubted(MEMBER)).isTrue();
    assertThat(states.find(MEMBER)).isNull();
  }

  @Test
  void a_member_in_doubt_that_is_not_enrolled_is_so_no_more() {
    states.doubt(MEMBER);
    states.settleDoubts();

    assertThat(states.isDoubted(MEMBER)).isFalse();
  }

  @Test
  void others_are_warned_until_the_last_member_is_published() {
    List<MemberKey> members = IntStream.range(0, 2_500).mapToObj(PublishingTest::member).toList();
    members.forEach(
        member -> {
          committed.put(member, at(1));
          states.publish(Map.of(member, at(1)));
        });
    published.forEach(it -> it.tryFail("by the test"));
    published.clear();

    Future<Void> tried = states.settleDoubts();
    published.get(0).fail("by the test");
    published.get(1).fail("by the test");
    assertThat(tried.succeeded()).as("it goes on only while it helps").isTrue();
    assertThat(published).hasSize(2);
    assertThat(unsettled).isTrue();

    published.clear();
    Future<Void> settled = states.settleDoubts();
    published.get(0).complete(); // a thousand, from memory
    published.get(1).complete(); // another thousand, read again
    assertThat(unsettled).isTrue();
    published.get(2).complete();

    assertThat(settled.succeeded()).isTrue();
    assertThat(unsettled).isFalse();
    assertThat(members).noneMatch(states::isDoubted);
  }

  /** A batch of which nothing is known: nobody was told of it, so nobody shows what is too old. */
  @Test
  void a_doubt_by_itself_warns_nobody() {
    states.doubt(MEMBER);

    assertThat(unsettled).isFalse();
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
  public boolean isCertain() {
    return !unsettled;
  }

  @Override
  public Instant lastCertain() {
    return Instant.EPOCH;
  }

  @Override
  public boolean databaseAnswers() {
    return databaseAnswers;
  }

  @Override
  public Future<Void> announceUnpublished() {
    unsettled = true;
    return warned.future();
  }

  @Override
  public void announcePublished() {
    unsettled = false;
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
