package points.ledger.simulation.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import points.ledger.command.HistoryQuery;
import points.ledger.command.KeySpace;
import points.ledger.commit.Batch;
import points.ledger.commit.OrderKey;
import points.ledger.commit.RequestKey;
import points.ledger.fixture.Around;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.simulation.audit.HistoryAuditor;
import points.ledger.simulation.world.Events;
import points.ledger.simulation.world.Plant;
import points.ledger.simulation.world.SimulatedPrograms;
import points.ledger.simulation.world.Weather;

/**
 * What of PostgreSQL matters to the ledger: members and entries with their unique keys, locks on
 * rows and on keys just inserted, snapshots, sessions that end, transactions that commit or do not.
 * What is committed stays.
 */
public final class ModelPostgres {

  /** An entry in the table. */
  record Stored(Entry entry, long commitNo, long committedAt) {}

  /** A state that a member had from a commit on. */
  private record Version(MemberState state, long commitNo) {}

  public final Events events;
  public final Weather weather;
  public final HistoryAuditor auditor;
  final Plant plant;

  /** By row of a member or by key of an entry, who holds it until its end. */
  final Map<Object, Transaction> locks = new HashMap<>();

  /** What is to be done beyond the members of entries. */
  public final EffectRows effects;

  /** Refunds that wait for their sale. */
  public final Parking parking = new Parking(this);

  /** The wall clock's time when the history begins. */
  final Instant start;

  private final Map<MemberKey, List<Version>> members = new HashMap<>();
  private final Map<RequestKey, Stored> byRequest = new HashMap<>();
  private final Map<OrderKey, Stored> byOrder = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Session> sessions = new ArrayList<>();
  private long commits;
  private long downUntil;
  private long refusesUntil;

  public ModelPostgres(
      Events events, Weather weather, HistoryAuditor auditor, Plant plant, Instant start) {
    this.effects = new EffectRows(events, plant);
    this.start = start;
    this.events = events;
    this.weather = weather;
    this.auditor = auditor;
    this.plant = plant;
  }

  /** The server's end of a connection. */
  static final class Session {
    private final Runnable onClosed;
    @Nullable Transaction running;
    boolean isOpen = true;

    private Session(Runnable onClosed) {
      this.onClosed = onClosed;
    }
  }

  boolean isUp() {
    return events.now() >= downUntil;
  }

  boolean refusesWrites() {
    return events.now() < refusesUntil;
  }

  /**
   * Opens a session.
   *
   * @param onClosed told when the server ends it
   */
  Session open(Runnable onClosed) {
    var session = new Session(onClosed);
    sessions.add(session);
    return session;
  }

  /**
   * Ends a session and waits two seconds for it.
   *
   * @param ended told whether it is gone
   */
  void terminate(Session session, Consumer<Boolean> ended) {
    if (session.running != null) {
      session.running.terminate();
    }
    session.isOpen = false;
    sessions.remove(session);
    awaitEnd(session, events.now() + 2 * Events.SECOND, ended);
  }

  private void awaitEnd(Session session, long until, Consumer<Boolean> ended) {
    if (session.running == null) {
      ended.accept(true);
    } else if (events.now() >= until) {
      ended.accept(false);
    } else {
      events.after(50 * Events.MILLI, () -> awaitEnd(session, until, ended));
    }
  }

  void write(Session session, Batch batch, Consumer<Transaction.Answer> answer) {
    if (session.isOpen) {
      session.running = new Transaction(this, session, batch, answer);
      session.running.begin();
    }
  }

  /** Ends, and is there again after so long. What commits at that moment may get through. */
  public void restart(long nanos) {
    downUntil = events.now() + nanos;
    for (Session session : List.copyOf(sessions)) {
      session.isOpen = false;
      if (session.running != null) {
        session.running.crash();
      }
      session.onClosed.run();
    }
    sessions.clear();
  }

  public void refuseWrites(long nanos) {
    refusesUntil = events.now() + nanos;
  }

  /** Enrols a member, as a set-up call does. */
  public void enrol(MemberKey member) {
    if (!members.containsKey(member) && !locks.containsKey(member)) {
      commits++;
      version(member, MemberState.ENROLLED);
      auditor.enrolled(member);
    }
  }

  long snapshot() {
    return commits;
  }

  /** A member's sequence as a snapshot shows it; -1 when it is not there. */
  long sequence(MemberKey member, long snapshot) {
    List<Version> versions = members.getOrDefault(member, List.of());
    for (int i = versions.size() - 1; i >= 0; i--) {
      if (versions.get(i).commitNo <= snapshot) {
        return versions.get(i).state.sequence();
      }
    }
    return -1;
  }

  public @Nullable MemberState state(MemberKey member) {
    List<Version> versions = members.get(member);
    return versions == null ? null : versions.get(versions.size() - 1).state;
  }

  Map<MemberKey, MemberState> states(Collection<MemberKey> keys) {
    var found = new HashMap<MemberKey, MemberState>();
    for (MemberKey key : keys) {
      MemberState state = state(key);
      if (state != null) {
        found.put(key, state);
      }
    }
    return found;
  }

  @Nullable Stored ofRequest(RequestKey request) {
    return byRequest.get(request);
  }

  /** What the key of a store left when it was still the program's. */
  @Nullable Stored ofSharedKey(RequestKey request) {
    if (!KeySpace.isOfStore(request.key()) || plant == Plant.SHARED_KEYS_FORGOTTEN) {
      return null;
    }
    Stored found = ofRequest(new RequestKey(request.programId(), KeySpace.sent(request.key())));
    boolean isOfBefore =
        found != null && found.entry.recordedAt().isBefore(SimulatedPrograms.KEYS_SHARED_UNTIL);
    return isOfBefore ? found : null;
  }

  public List<Entry> entries() {
    return entries;
  }

  /** The server's wall clock. */
  Instant time() {
    return start.plusNanos(events.now());
  }

  List<Entry> needed(HistoryQuery needed) {
    return Around.of(needed, entries);
  }

  @Nullable Stored ofOrder(@Nullable OrderKey order) {
    return order == null ? null : byOrder.get(order);
  }

  /** Makes these results visible, all at once. */
  public void commit(List<Batch.Member> written) {
    commits++;
    for (Batch.Member member : written) {
      auditor.committed(member);
      MemberState after = member.after();
      if (after != null) {
        version(member.key(), after);
      }
      for (Batch.Decided decided : member.decided()) {
        decided.entries().forEach(this::store);
      }
    }
  }

  private void store(Entry entry) {
    var stored = new Stored(entry, commits, events.now());
    entries.add(entry);
    effects.add(entry);
    if (entry.request() != null) {
      byRequest.put(new RequestKey(entry.member().programId(), entry.request().key()), stored);
    }
    OrderKey order = orderOf(entry);
    if (order != null) {
      byOrder.put(order, stored);
    }
  }

  private void version(MemberKey member, MemberState state) {
    members.computeIfAbsent(member, none -> new ArrayList<>()).add(new Version(state, commits));
  }

  /** Whether a sale comes in by an entry that was booked on another member. */
  public static boolean isArrival(Entry entry) {
    return entry.kind() == Entry.Kind.MOVE_IN || entry.kind() == Entry.Kind.MOVE_RETURN;
  }

  public static @Nullable OrderKey orderOf(Entry entry) {
    String store = entry.origin().storeId();
    String order = entry.origin().orderId();
    return store == null || order == null
        ? null
        : new OrderKey(entry.member().programId(), store, order, entry.kind(), entry.part());
  }
}
