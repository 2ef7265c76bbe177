package points.ledger.simulation.postgres;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.MoveCommand;
import points.ledger.commit.Batch;
import points.ledger.commit.BatchResult;
import points.ledger.commit.OrderKey;
import points.ledger.commit.RequestKey;
import points.ledger.commit.WriteFailureException;
import points.ledger.model.Entry;
import points.ledger.simulation.postgres.ModelPostgres.Stored;
import points.ledger.simulation.world.Events;
import points.ledger.simulation.world.Fault;
import points.ledger.simulation.world.Plant;

/**
 * A batch on the server: what the statement says, in its steps. The look for known commands and the
 * test of refusals go by the snapshot of its start; rows are locked and tested as they are then;
 * unique keys wait for who has inserted the same and then refuse.
 */
public final class Transaction {

  static final long STATEMENT_TIMEOUT = 3 * Events.SECOND;
  private static final long DEADLOCK_TIMEOUT = Events.SECOND;
  private static final long LOOK_AGAIN = Events.MILLI / 2;

  /** What the server says; one of them. */
  record Answer(@Nullable BatchResult result, WriteFailureException.@Nullable Kind failure) {}

  private final ModelPostgres db;
  private final ModelPostgres.Session session;
  private final Batch batch;
  private final Consumer<Answer> answer;
  private final long snapshot;
  private final long startedAt;

  private final BitSet known = new BitSet();
  private final BitSet confirmed = new BitSet();
  private final List<Batch.Member> written = new ArrayList<>();
  private final List<Object> held = new ArrayList<>();
  private @Nullable Transaction waitsFor;
  private boolean committing;
  private boolean ended;

  Transaction(
      ModelPostgres db, ModelPostgres.Session session, Batch batch, Consumer<Answer> answer) {
    this.db = db;
    this.session = session;
    this.batch = batch;
    this.answer = answer;
    this.snapshot = db.snapshot();
    this.startedAt = db.events.now();
  }

  void begin() {
    if (db.refusesWrites()) {
      rollback(WriteFailureException.Kind.UNAVAILABLE);
      return;
    }
    db.events.after(STATEMENT_TIMEOUT, () -> giveUp(STATEMENT_TIMEOUT));
    look();
    if (db.weather.strikes(Fault.STATEMENT_HANGS)) {
      return; // until it is given up
    }
    long work = db.weather.between(50 * Events.MICRO, 2 * Events.MILLI);
    db.events.after(work, () -> lock(0));
  }

  /** Which commands are known, and of which members nothing is written for it. */
  private void look() {
    int commandNo = 0;
    int memberNo = 0;
    for (Batch.Member member : batch.members()) {
      boolean isKnown = false;
      boolean isChanged = false;
      for (Batch.Decided decided : member.decided()) {
        boolean isRefused = decided.entries().isEmpty();
        boolean isLookedFor =
            (batch.looksForKnown() || isRefused)
                && (isRefused || !isTakenForNew(decided.command()));
        if (!decided.isDryRun()
            && ((isLookedFor && isKnown(decided.command())) || isOfBefore(decided.command()))) {
          known.set(commandNo);
          isKnown = true;
        }
        isChanged |= !isRefused;
        commandNo++;
      }
      if (!isKnown && !isChanged && mayConfirm(member)) {
        confirmed.set(memberNo);
      }
      if (!isKnown && isChanged) {
        written.add(member);
      }
      memberNo++;
    }
    db.auditor.looked(known.cardinality());
  }

  private boolean isKnown(Command command) {
    return db.plant != Plant.NO_KEY_CHECK
        && (isVisible(db.ofRequest(RequestKey.of(command)))
            || isVisible(db.ofOrder(OrderKey.of(command))));
  }

  private boolean isTakenForNew(Command command) {
    return db.plant == Plant.MOVE_APPLIED_TWICE && command instanceof MoveCommand.MoveIn;
  }

  /** The key of a store as it was before stores had keys of their own, with the same content. */
  private boolean isOfBefore(Command command) {
    Stored stored = db.ofSharedKey(RequestKey.of(command));
    return isVisible(stored) && command.request().fingerprint().equals(printOf(stored));
  }

  private static @Nullable UUID printOf(@Nullable Stored stored) {
    return stored == null || stored.entry().request() == null
        ? null
        : stored.entry().request().fingerprint();
  }

  private boolean isVisible(@Nullable Stored stored) {
    return stored != null && stored.commitNo() <= snapshot;
  }

  private boolean mayConfirm(Batch.Member member) {
    return db.plant == Plant.OUTDATED_REFUSAL_CONFIRMED
        || db.sequence(member.key(), snapshot) == before(member);
  }

  private static long before(Batch.Member member) {
    return member.before() == null ? -1 : member.before().sequence();
  }

  /** Locks the members' rows one after the other, and keeps those that are as was expected. */
  private void lock(int from) {
    if (ended) {
      return;
    }
    for (int i = from; i < written.size(); i++) {
      if (mustWait(written.get(i).key(), i, this::lock)) {
        return;
      }
    }
    int all = written.size();
    if (db.plant != Plant.NO_SEQUENCE_TEST) {
      written.removeIf(it -> db.sequence(it.key(), db.snapshot()) != before(it));
    }
    db.auditor.outdated(all - written.size());
    insert(0);
  }

  private void insert(int from) {
    if (ended) {
      return;
    }
    List<Entry> entries =
        written.stream()
            .flatMap(member -> member.decided().stream())
            .flatMap(decided -> decided.entries().stream())
            .toList();
    for (int i = from; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.request() == null) {
        continue;
      }
      if (entry.request().key().endsWith(NOT_STORABLE)) {
        rollback(WriteFailureException.Kind.REJECTED);
        return;
      }
      boolean isArrival = ModelPostgres.isArrival(entry);
      if (db.plant == Plant.NO_KEY_CHECK || (db.plant == Plant.MOVE_APPLIED_TWICE && isArrival)) {
        continue;
      }
      var request = new RequestKey(entry.member().programId(), entry.request().key());
      OrderKey order = ModelPostgres.orderOf(entry);
      if (mustWait(request, i, this::insert)
          || (order != null && mustWait(order, i, this::insert))) {
        return;
      }
      if (db.ofRequest(request) != null || db.ofOrder(order) != null) {
        db.auditor.conflict();
        rollback(WriteFailureException.Kind.CONFLICT);
        return;
      }
    }
    prepareCommit();
  }

  /** Ends the keys of commands that no database can store. */
  public static final String NOT_STORABLE = "\0";

  /** Whether another has it; then this goes on at that place when the other has ended. */
  private boolean mustWait(Object what, int at, java.util.function.IntConsumer next) {
    Transaction holder = db.locks.putIfAbsent(what, this);
    if (holder == null) {
      held.add(what);
    }
    if (holder == null || isThis(holder)) {
      waitsFor = null;
      return false;
    }
    if (waitsFor == null) {
      db.auditor.waited();
      db.events.after(DEADLOCK_TIMEOUT, this::breakDeadlock);
    }
    waitsFor = holder;
    db.events.after(
        LOOK_AGAIN,
        () -> {
          if (!ended) {
            next.accept(at);
          }
        });
    return true;
  }

  @SuppressWarnings("ReferenceEquality") // this very transaction
  private boolean isThis(Transaction other) {
    return other == this;
  }

  private void breakDeadlock() {
    Transaction next = waitsFor;
    for (int steps = 0; next != null && !ended && steps < 100; steps++) {
      if (isThis(next)) {
        rollback(WriteFailureException.Kind.CONFLICT);
        return;
      }
      next = next.waitsFor;
    }
  }

  private void prepareCommit() {
    if (db.weather.strikes(Fault.ROLLED_BACK)) {
      rollback(WriteFailureException.Kind.CONFLICT);
      return;
    }
    int memberNo = 0;
    for (Batch.Member member : batch.members()) {
      if (written.contains(member)) {
        confirmed.set(memberNo);
      }
      memberNo++;
    }
    committing = true;
    if (db.plant == Plant.ACKNOWLEDGED_BEFORE_COMMIT) {
      answer.accept(new Answer(new BatchResult(confirmed, known), null));
    }
    long sync =
        db.weather.strikes(Fault.COMMIT_HANGS)
            ? db.weather.seconds()
            : db.weather.between(50 * Events.MICRO, 2 * Events.MILLI);
    db.events.after(sync, this::commit);
  }

  private void commit() {
    if (ended) {
      return;
    }
    db.commit(written);
    end();
    if (db.plant != Plant.ACKNOWLEDGED_BEFORE_COMMIT) {
      answer.accept(new Answer(new BatchResult(confirmed, known), null));
    }
  }

  private void giveUp(long after) {
    if (!ended && !committing && db.events.now() - startedAt >= after) {
      rollback(WriteFailureException.Kind.CONFLICT);
    }
  }

  private void rollback(WriteFailureException.Kind kind) {
    end();
    answer.accept(new Answer(null, kind));
  }

  private void end() {
    ended = true;
    waitsFor = null;
    held.forEach(what -> db.locks.remove(what, this));
    session.running = null;
  }

  /** Another session has it ended; a commit that is under way cannot be. */
  void terminate() {
    if (!committing) {
      end();
    }
  }

  /** The server ends; a commit that is under way has reached the disk or has not. */
  void crash() {
    if (committing && db.weather.heads()) {
      db.commit(written);
    }
    end();
  }
}
