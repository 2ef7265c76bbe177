package points.ledger.random;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.EntryHistory;
import points.ledger.command.Outcome;
import points.ledger.command.Refusal;
import points.ledger.command.StoredValueCommand;
import points.ledger.command.TierCommand;
import points.ledger.commit.OrderKey;
import points.ledger.commit.RequestKey;
import points.ledger.decide.CommandDecider;
import points.ledger.decide.Decision;
import points.ledger.fixture.Around;
import points.ledger.model.Entry;
import points.ledger.model.MemberKey;
import points.ledger.model.MemberState;
import points.ledger.program.Program;
import points.ledger.program.PublishedBook;

/** What the ledger is meant to be: one command after the other, in a memory that never fails. */
public final class ModelLedger {

  private final Map<String, Program> programs = new HashMap<>();
  private final Map<String, NavigableMap<Instant, Program>> versions = new HashMap<>();
  private final Map<String, PublishedBook> books = new HashMap<>();
  private final Map<MemberKey, MemberState> states = new HashMap<>();
  private final Map<MemberKey, List<Entry>> entries = new HashMap<>();
  private final List<Entry> all = new ArrayList<>();
  private final Map<RequestKey, Entry> requests = new HashMap<>();
  private final Map<OrderKey, Entry> orders = new HashMap<>();

  public void rule(Program program) {
    rule(program, Instant.EPOCH);
  }

  /** Further rules, which hold for what is decided from now on, and for orders from then on. */
  public void rule(Program program, Instant validFrom) {
    programs.put(program.programId(), program);
    versions.computeIfAbsent(program.programId(), none -> new TreeMap<>()).put(validFrom, program);
  }

  /** The book of a program, in force since before all orders. */
  public void book(String programId, PublishedBook book) {
    books.put(programId, book);
  }

  /** Forgets all members and their orders; the rules stay. */
  public void clear() {
    List.of(states, entries, requests, orders).forEach(Map::clear);
    all.clear();
  }

  public Outcome submit(Command command, Instant now) {
    Entry sameRequest = requests.get(RequestKey.of(command));
    if (sameRequest != null) {
      return isSame(command, sameRequest)
          ? new Outcome.Replayed(sameRequest)
          : new Outcome.Refused(new Refusal.KeyReused());
    }
    Entry sameOrder = entryOfOrder(command);
    if (sameOrder != null) {
      return isSame(command, sameOrder)
          ? new Outcome.Replayed(sameOrder)
          : new Outcome.Refused(new Refusal.OrderAlreadyProcessed(sameOrder));
    }
    Program plain = rules(command, now);
    PublishedBook book = books.get(plain.programId());
    Program rules = book == null || !goesByBook(command) ? plain : plain.ratingBy(book);
    MemberState state = states.get(command.member());
    Decision decision = CommandDecider.decide(state, command, rules, now);
    if (decision instanceof Decision.NeedsHistory undecided) {
      long asOf = state == null ? -1 : state.sequence();
      EntryHistory history = Around.history(command.member(), undecided.needed(), asOf, all);
      decision = CommandDecider.decide(state, command, history, rules, now);
    }
    if (decision instanceof Decision.Accepted accepted) {
      keep(command, accepted);
    } else if (decision instanceof Decision.TimeApplied settled) {
      append(command.member(), settled.entries(), settled.state());
    }
    return decision.outcome();
  }

  /** Others are decided without it: they neither earn nor look at tiers. */
  private static boolean goesByBook(Command command) {
    return switch (command.kind()) {
      case ACCRUAL,
          MERGE_IN,
          REFUND,
          REVERSAL,
          CANCELLATION,
          MOVE_OUT,
          MOVE_IN,
          MOVE_RETURN,
          EXPIRY,
          TIER_GRANT,
          TIER_WITHDRAWAL ->
          true;
      default -> command instanceof TierCommand;
    };
  }

  /** What was paid before now earns by the rules of its time. */
  private Program rules(Command command, Instant now) {
    String programId = command.member().programId();
    Program today = Objects.requireNonNull(programs.get(programId));
    Instant paidAt =
        command instanceof Command.Accrue accrue
            ? accrue.occurredAt()
            : command instanceof StoredValueCommand.TopUp topUp ? topUp.occurredAt() : now;
    return paidAt.isBefore(now)
        ? Objects.requireNonNull(versions.get(programId))
            .floorEntry(paidAt)
            .getValue()
            .enrollingAs(today)
        : today;
  }

  public boolean hasEntryOf(Command command) {
    return requests.containsKey(RequestKey.of(command)) || entryOfOrder(command) != null;
  }

  public Optional<MemberState> stateOf(MemberKey member) {
    return Optional.ofNullable(states.get(member));
  }

  public List<Entry> entriesOf(MemberKey member) {
    return entries.getOrDefault(member, List.of());
  }

  private void keep(Command command, Decision.Accepted accepted) {
    append(command.member(), accepted.entries(), accepted.state());
    requests.put(RequestKey.of(command), accepted.answer());
    OrderKey order = OrderKey.of(command);
    if (order != null) {
      orders.put(order, accepted.answer());
    }
  }

  private void append(MemberKey member, List<Entry> made, MemberState state) {
    states.put(member, state);
    all.addAll(made);
    entries.computeIfAbsent(member, none -> new ArrayList<>()).addAll(made);
  }

  private @Nullable Entry entryOfOrder(Command command) {
    OrderKey order = OrderKey.of(command);
    return order == null ? null : orders.get(order);
  }

  private static boolean isSame(Command command, Entry entry) {
    return Objects.requireNonNull(entry.request())
        .fingerprint()
        .equals(command.request().fingerprint());
  }
}
