package points.ledger.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static points.ledger.fixture.OpenLedger.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import points.cluster.cache.CachedState;
import points.cluster.cache.LeaseResult;
import points.ledger.command.Command;
import points.ledger.command.Outcome.Accepted;
import points.ledger.command.Outcome.Replayed;
import points.ledger.command.Precondition;
import points.ledger.fixture.NoCluster;
import points.ledger.fixture.OpenLedger;
import points.ledger.fixture.OpenLedgers;
import points.ledger.fixture.Tills;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.wire.MemberName;
import points.ledger.wire.WireFormat;
import points.postgres.TestDatabase;
import points.postgres.WithPostgres;

/** Whatever the cluster says, or does not say, the ledger goes by its database. */
@WithPostgres
class ClusterFaultsIT {

  @RegisterExtension final OpenLedgers ledgers;

  private final Tills tills = new Tills();
  private final MemberKey member = tills.member("m");

  ClusterFaultsIT(TestDatabase database) {
    this.ledgers = new OpenLedgers(database);
  }

  @Test
  void an_old_state_in_the_cluster_costs_one_more_decision() {
    OpenLedger ledger = open(remembers(MemberState.ENROLLED));
    await(ledger.pool().query(enrolAt(member, 5)).execute());

    assertThat(ledger.answerTo(tills.accrue(member, 3))).isInstanceOf(Accepted.class);
    assertThat(ledger.counted("points.lane.stale")).isEqualTo(1);
    assertThat(ledger.entriesOf(member)).hasSize(6);
  }

  @Test
  void a_state_of_another_version_in_the_cluster_counts_as_none() {
    byte[] unknown = WireFormat.STATE.encode(MemberState.ENROLLED);
    unknown[0] = 99;
    OpenLedger ledger = open(key -> new CachedState(0, unknown));

    assertThat(ledger.answerTo(tills.accrue(member, 3))).isInstanceOf(Accepted.class);
    assertThat(ledger.stateOf(tills.member("another"))).isEmpty();
  }

  @Test
  void states_that_are_there_at_once_leave_one_batch_in_flight() {
    OpenLedger ledger = open(remembers(MemberState.ENROLLED));
    await(ledger.pool().query(enrolMany(400)).execute());
    var commands = new ArrayList<Command>();
    for (int i = 0; i < 3_000; i++) {
      int newest = i * 400 / 3_000;
      commands.add(tills.accrue(tills.member("m" + (i % 2 == 0 ? 0 : newest)), 1));
    }
    assertThat(ledger.answersTo(commands))
        .allSatisfy(it -> assertThat(it).isInstanceOf(Accepted.class));
    assertThat(ledger.counted("points.lane.stale")).isZero();
  }

  @Test
  void a_cluster_that_never_answers_delays_but_does_not_stop() {
    OpenLedger ledger =
        ledgers.open(ledgers.options(), new Silent(), InstantSource.system(), tills.program());
    var commands = new ArrayList<Command>();
    for (int i = 0; i < 300; i++) {
      commands.add(tills.accrue(tills.member("m" + i % 50), 1));
    }
    assertThat(ledger.answersTo(commands))
        .allSatisfy(it -> assertThat(it).isInstanceOf(Accepted.class));
    assertThat(ledger.stateOf(tills.member("m7")).orElseThrow().lots().total()).isEqualTo(6);
  }

  /** A node that committed may be unable to publish: its connection to the database broke. */
  @Test
  void a_replay_of_another_nodes_commit_waits_for_its_publication() {
    OpenLedger silent =
        ledgers.open(ledgers.options(), new NoCluster(), InstantSource.system(), tills.program());
    var keeping = new Keeping();
    OpenLedger asked =
        ledgers.open(ledgers.options(), keeping, InstantSource.system(), tills.program());
    Command command = tills.accrue(member, 3);
    assertThat(silent.answerTo(command)).isInstanceOf(Accepted.class);

    var nobody = new Precondition.ReceiverActive(tills.member("nobody"));
    assertThat(await(asked.ledger().submit(command, nobody))).isInstanceOf(Replayed.class);

    assertThat(keeping.sequences).containsEntry(MemberName.of(member), 1L);
  }

  private OpenLedger open(Function<String, CachedState> remembered) {
    return ledgers.open(
        ledgers.options(), new Remembering(remembered), InstantSource.system(), tills.program());
  }

  private static Function<String, CachedState> remembers(MemberState state) {
    return key -> new CachedState(state.sequence(), WireFormat.STATE.encode(state));
  }

  /** A member that has some adjustments by now, of a point each. */
  private String enrolAt(MemberKey key, long sequence) {
    return """
    WITH m AS (
      INSERT INTO member VALUES ('%1$s', '%2$s', %3$d, -1, 'ACTIVE', %3$d, 0, 0,
        '{infinity}', '{%3$d}'))
    INSERT INTO entry
    SELECT '%1$s', '%2$s', n, 'ADJUSTMENT', 1, n, '{infinity}', '{1}', NULL, NULL, NULL, NULL,
           NULL, 'operator', 'by hand', now(), now(), NULL, NULL
      FROM generate_series(1, %3$d) n
    """
        .formatted(key.programId(), key.memberId(), sequence);
  }

  private String enrolMany(int members) {
    return """
    INSERT INTO member
    SELECT '%s', 'm' || n, 0, -1, 'ACTIVE', 0, 0, 0, '{}', '{}'
      FROM generate_series(0, %d) n
    """
        .formatted(tills.program().programId(), members);
  }

  /** Knows the same of every member whenever it is asked, and learns nothing. */
  private static final class Remembering extends NoCluster {
    private final Function<String, CachedState> states;

    Remembering(Function<String, CachedState> states) {
      this.states = states;
    }

    @Override
    public Future<Map<String, LeaseResult>> acquire(Collection<String> keys) {
      var taken = new HashMap<String, LeaseResult>();
      keys.forEach(
          key -> taken.put(key, new LeaseResult(true, "me", Instant.MAX, states.apply(key))));
      return Future.succeededFuture(taken);
    }

    @Override
    public Future<Optional<CachedState>> read(String key) {
      return Future.succeededFuture(Optional.of(states.apply(key)));
    }
  }

  /** Knows nothing of any member, and keeps what is published. */
  private static final class Keeping extends NoCluster {
    private final Map<String, Long> sequences = new ConcurrentHashMap<>();

    @Override
    public Future<Void> publish(Map<String, CachedState> newest) {
      newest.forEach((name, hot) -> sequences.put(name, hot.sequence()));
      return Future.succeededFuture();
    }
  }

  /** Answers nothing, on no thread at all. */
  private static final class Silent extends NoCluster {

    @Override
    public Future<Map<String, LeaseResult>> acquire(Collection<String> keys) {
      return Promise.<Map<String, LeaseResult>>promise().future();
    }

    @Override
    public Future<Void> publish(Map<String, CachedState> newest) {
      return Promise.<Void>promise().future();
    }

    @Override
    public Future<Optional<CachedState>> read(String key) {
      return Promise.<Optional<CachedState>>promise().future();
    }
  }
}
