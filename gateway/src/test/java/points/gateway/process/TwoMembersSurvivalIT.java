package points.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static points.gateway.process.MortalGateway.PATIENCE;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import points.gateway.fixture.Answer;
import points.gateway.fixture.Caller;
import points.gateway.process.HeldCommit.Fate;
import points.gateway.process.HeldCommit.Step;
import points.gateway.process.TwoMembers.Deed;

/**
 * The gateway is killed in the middle of each transaction of what concerns two members. That
 * transaction is rolled back, or committed with nobody to hear of it. Whichever it is, every step
 * is there once in the end, and no point is lost or made.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoMembersSurvivalIT {

  /** Whose effects wait until they are asked for, so that the taker can change before. */
  private static final String LATER =
      """
      CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN NEW.due_at = now() + interval '1 hour'; RETURN NEW; END $$;
      CREATE TRIGGER later BEFORE INSERT ON outbox
        FOR EACH ROW WHEN (NEW.member_id LIKE 'later-%') EXECUTE FUNCTION later()
      """;

  private static final String BOOKS =
      """
      SELECT (SELECT string_agg(kind, ' ' ORDER BY sequence) FROM entry e
               WHERE e.member_id = m.member_id)
             || ': ' || available || '+' || pending AS books
        FROM member m WHERE member_id = '%s'
      """;

  private MortalGateway gateway;
  private Caller office;
  private int cases;

  @BeforeAll
  void open() throws Exception {
    gateway = MortalGateway.open("two-members");
    office = gateway.office();
    gateway.run(LATER);
  }

  @AfterAll
  void close() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @BeforeEach
  void beThere() throws Exception {
    gateway.beThere();
  }

  static Stream<Arguments> steps() {
    List<Arguments> all = new ArrayList<>();
    for (Deed deed : Deed.values()) {
      for (Step step : deed.steps()) {
        for (Fate fate : Fate.values()) {
          all.add(Arguments.of(deed, step, fate));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @MethodSource("steps")
  void every_step_is_there_once_wherever_the_gateway_was_killed(Deed deed, Step step, Fate fate)
      throws Throwable {
    TwoMembers call = prepare(deed);
    String key = Caller.newKey();
    boolean isFirst = step.equals(deed.steps().get(0));

    Optional<Answer> first = killedAt(step, call, key, fate);
    gateway.restart();
    Answer again = post(call, key);

    assertThat(again.isReplay()).isEqualTo(!isFirst || fate == Fate.COMMITTED);
    first.ifPresent(it -> assertThat(again.body()).isEqualTo(it.body()));
    if (isFirst) {
      call.meanwhile(office);
    }
    awaitEnd(call);
    assertThat(books(call)).isEqualTo(call.books());
    if (deed == Deed.MERGE) {
      assertThat(office.get("/v1/members?phone=" + call.phone()).items())
          .extracting(it -> it.getString("memberId"))
          .containsExactly(call.taker());
    }
    Answer last = post(call, key);
    assertThat(last.isReplay()).isTrue();
    assertThat(last.body()).isEqualTo(again.body());
    gateway.booksHold(List.of(call.giver(), call.taker()));
  }

  /**
   * Kills the gateway in the commit of a step of the call.
   *
   * @return the answer to the call; empty at the first step, of which nobody is told
   */
  private Optional<Answer> killedAt(Step step, TwoMembers call, String key, Fate fate)
      throws Throwable {
    boolean isFirst = step.equals(call.deed().steps().get(0));
    CompletableFuture<Answer> asked =
        gateway.killAt(
            step.between(call.giver(), call.taker()), fate, () -> begun(call, key, isFirst));
    if (isFirst) {
      assertThat(asked).failsWithin(PATIENCE);
      return Optional.empty();
    }
    return Optional.of(asked.join());
  }

  private CompletableFuture<Answer> begun(TwoMembers call, String key, boolean isFirst)
      throws Exception {
    CompletableFuture<Answer> asked = CompletableFuture.supplyAsync(() -> post(call, key));
    if (!isFirst) {
      assertThat(asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).isReplay()).isFalse();
      if (call.deed().comesBack()) {
        call.meanwhile(office);
        makeDue(call);
      }
    }
    return asked;
  }

  private Answer post(TwoMembers call, String key) {
    Answer answer = office.post(call.path(), key, call.body());
    answer.json(201);
    return answer;
  }

  /** A taker who changes while the gateway is away has a say in what is not done yet, no more. */
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "TRANSFER, ROLLED_BACK, ACCRUAL TRANSFER_OUT TRANSFER_RETURN: 100+0, ACCRUAL FREEZE: 5+0",
    "TRANSFER, COMMITTED, ACCRUAL TRANSFER_OUT: 70+0, ACCRUAL TRANSFER_IN FREEZE: 35+0",
    "TRANSFER_TO_ONE_WHO_IS_FROZEN, ROLLED_BACK, ACCRUAL TRANSFER_OUT: 70+0,"
        + " ACCRUAL FREEZE UNFREEZE TRANSFER_IN: 35+0",
    "TRANSFER_TO_ONE_WHO_IS_FROZEN, COMMITTED, ACCRUAL TRANSFER_OUT TRANSFER_RETURN: 100+0,"
        + " ACCRUAL FREEZE UNFREEZE: 5+0",
  })
  void an_arrived_transfer_stays_and_a_returned_one_is_not_sent_again(
      Deed deed, Fate fate, String giver, String taker) throws Throwable {
    TwoMembers call = prepare(deed);

    killedAt(deed.steps().get(1), call, Caller.newKey(), fate);
    gateway.run("UPDATE outbox SET due_at = now() + interval '1 hour'");
    gateway.restart();
    if (deed.comesBack()) {
      call.unfreeze(office);
    } else {
      call.freeze(office);
    }

    awaitEnd(call);
    assertThat(books(call)).containsExactly(giver, taker);
    gateway.booksHold(List.of(call.giver(), call.taker()));
  }

  private TwoMembers prepare(Deed deed) throws SQLException, InterruptedException {
    int number = ++cases;
    String giver = (deed.comesBack() ? "later-" : "") + "giver-" + number;
    var call = new TwoMembers(deed, giver, "taker-" + number);
    call.prepare(office);
    awaitEnd(call);
    return call;
  }

  private void awaitEnd(TwoMembers call) throws SQLException {
    makeDue(call);
    String left = "SELECT count(*) FROM outbox WHERE member_id = '%s'".formatted(call.giver());
    gateway.await("the outbox", left, 0);
  }

  /** Who was killed had put off what it did, so that nobody else did the same. */
  private void makeDue(TwoMembers call) throws SQLException {
    gateway.run("UPDATE outbox SET due_at = now() WHERE member_id = '%s'".formatted(call.giver()));
  }

  private List<String> books(TwoMembers call) throws SQLException {
    List<String> books = new ArrayList<>();
    for (String member : List.of(call.giver(), call.taker())) {
      books.addAll(gateway.database().rows(BOOKS.formatted(member)));
    }
    return books.stream().map(it -> it.substring("books=".length())).toList();
  }
}
