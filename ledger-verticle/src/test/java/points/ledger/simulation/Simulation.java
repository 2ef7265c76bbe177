package points.ledger.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.command.Command;
import points.ledger.command.OrderCommand;
import points.ledger.command.Outcome;
import points.ledger.lane.LaneOptions;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.simulation.audit.Attempt;
import points.ledger.simulation.audit.HistoryAuditor;
import points.ledger.simulation.cluster.ModelCluster;
import points.ledger.simulation.cluster.Node;
import points.ledger.simulation.postgres.ModelPostgres;
import points.ledger.simulation.postgres.Transaction;
import points.ledger.simulation.world.Events;
import points.ledger.simulation.world.Fault;
import points.ledger.simulation.world.Plant;
import points.ledger.simulation.world.SimulatedPrograms;
import points.ledger.simulation.world.Trace;
import points.ledger.simulation.world.Weather;

/** One history, all of which follows from its seed. */
public final class Simulation {

  /**
   * What became of a history.
   *
   * @param broken the first promise that was broken; null when all were kept
   * @param digest tells two histories apart
   */
  record Result(
      @Nullable String broken,
      long digest,
      long events,
      Map<Fault, Integer> struck,
      Map<String, Integer> seen,
      List<String> words) {}

  private static final long STORM_MAX = 60 * Events.SECOND;

  /** Longer than anything takes that began in the storm. */
  private static final long CALM = 16 * Events.SECOND;

  private static final long LAST_ANSWERS = 6 * Events.SECOND;

  /** To whom others are merged; never ends itself. */
  static final String HEIR = "somebody";

  /** Longer than the outbox takes for what the last commands have left. */
  private static final long LAST_EFFECTS = 12 * Events.SECOND;

  final Events events = new Events();
  final Weather weather;
  final ModelPostgres db;

  final HistoryAuditor auditor;

  /** Sales that are on their way to the tills that send them. */
  final Deque<Command> waiting = new ArrayDeque<>();

  /** What any till has sent. */
  final List<Command> sent = new ArrayList<>();

  private final Random random;
  private final Trace trace;
  private final ModelCluster cluster;
  private final Instant start;
  private final List<MemberKey> members = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Till> tills = new ArrayList<>();
  private final Desk desk;
  private int done;
  private boolean isStorm = true;

  private Simulation(long seed, Plant plant, boolean inWords) {
    this.random = new Random(seed);
    this.weather = new Weather(random);
    this.trace = new Trace(events, inWords);
    Duration deadline = Duration.ofSeconds(random.nextInt(3) == 0 ? 2 : 5);
    this.auditor = new HistoryAuditor(events, trace, deadline.toNanos());
    this.start = start();
    this.db = new ModelPostgres(events, weather, auditor, plant, start);
    this.cluster = new ModelCluster(events, weather, auditor, plant);
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      String program =
          random.nextInt(4) == 0 ? SimulatedPrograms.CLOSED : SimulatedPrograms.MONTHLY;
      members.add(new MemberKey(program, "m" + i));
    }
    int nodeCount = 1 + random.nextInt(3);
    Node.Setup setup = setup(deadline);
    for (int i = 0; i < nodeCount; i++) {
      Duration skew = Duration.ofMillis(random.nextInt(3) == 0 ? random.nextInt(4_000) - 2_000 : 0);
      nodes.add(new Node(i, setup, skew, db, cluster));
    }
    int tillCount = 1 + random.nextInt(5);
    for (int i = 0; i < tillCount; i++) {
      tills.add(new Till(this, random, "t" + i, 3 + random.nextInt(10)));
    }
    this.desk = new Desk(this, random, random.nextInt(8));
  }

  /** Runs a history. The same seed and plant, the same history. */
  static Result run(long seed, Plant plant, boolean inWords) {
    var simulation = new Simulation(seed, plant, inWords);
    simulation.run();
    return new Result(
        simulation.auditor.broken(),
        simulation.trace.digest(),
        simulation.events.scheduled(),
        simulation.weather.struck(),
        simulation.auditor.seen(),
        simulation.trace.lines());
  }

  /** At times a few seconds before the month ends in Shanghai, and points expire. */
  private Instant start() {
    Instant endOfMonth = Instant.parse("2026-03-31T16:00:00Z");
    return random.nextInt(3) == 0
        ? endOfMonth.minusMillis(random.nextInt(8_000))
        : endOfMonth.minus(Duration.ofDays(9));
  }

  private Node.Setup setup(Duration deadline) {
    int commandsMax = random.nextInt(5) == 0 ? 3 : 1_000;
    int batchMax =
        switch (random.nextInt(3)) {
          case 0 -> 1;
          case 1 -> 3;
          default -> 500;
        };
    Duration ageMax = Duration.ofMillis(random.nextInt(4) == 0 ? 200 : 2_000);
    var options = new LaneOptions(commandsMax, ageMax, batchMax, deadline);
    long tick = weather.between(20 * Events.MILLI, 60 * Events.MILLI);
    // The machine's own clock counts from anywhere, and may run over.
    long nanos =
        switch (random.nextInt(3)) {
          case 0 -> Long.MAX_VALUE - random.nextInt(1_000_000_000);
          case 1 -> -random.nextInt(1_000_000_000);
          default -> random.nextLong();
        };
    return new Node.Setup(1 + random.nextInt(2), options, tick, start, nanos);
  }

  private void run() {
    members.stream().filter(member -> random.nextInt(3) == 0).forEach(db::enrol);
    nodes.forEach(Node::start);
    members.stream()
        .map(MemberKey::programId)
        .distinct()
        .forEach(program -> db.enrol(new MemberKey(program, HEIR)));
    new Before(this, nodes.get(0), random).happened();
    tills.forEach(Till::next);
    desk.next();
    gust();
    enrolSomebody();
    look();
    while (events.now() < STORM_MAX && !tills.stream().allMatch(Till::isDone) && isWell()) {
      events.runUntil(events.now() + 100 * Events.MILLI);
    }
    isStorm = false;
    weather.calmDown();
    cluster.heal();
    runFor(CALM);
    nodes.forEach(node -> tryEverything(node, lastCommands(node).iterator()));
    long until = events.now() + LAST_ANSWERS;
    while (events.now() < until && isWell() && done < nodes.size()) {
      runFor(100 * Events.MILLI);
    }
    auditor.check(done == nodes.size(), () -> "no answer after the storm");
    until = events.now() + LAST_EFFECTS;
    while (events.now() < until && isWell() && !isQuiet()) {
      runFor(100 * Events.MILLI);
    }
    auditor.ended(nodes, db.effects);
  }

  /** Nothing is to be done any more beyond the members of what was committed. */
  private boolean isQuiet() {
    return db.effects.size() == 0
        && db.parking.rows().stream().allMatch(it -> it.isEnded() || !it.hasSale());
  }

  private boolean isWell() {
    return auditor.broken() == null;
  }

  private void runFor(long nanos) {
    long until = events.now() + nanos;
    while (events.now() < until && isWell()) {
      events.runUntil(Math.min(until, events.now() + Events.SECOND));
    }
  }

  /** Every so often something befalls a node, the cluster or the database. */
  private void gust() {
    if (!isStorm) {
      return;
    }
    Node node = anyNode();
    if (weather.strikes(Fault.NODE_PAUSED)) {
      note("paused", node);
      node.pause(weather.seconds());
    }
    if (node.isUp() && !node.isStopping() && weather.strikes(Fault.NODE_CRASHED)) {
      crash(node);
    }
    if (node.isUp() && !node.isStopping() && weather.strikes(Fault.NODE_STOPPED)) {
      node.post(0, () -> stop(node));
    }
    if (weather.strikes(Fault.DATABASE_RESTARTED)) {
      trace.note("database restarts", 0, () -> "");
      db.restart(weather.seconds());
    }
    if (weather.strikes(Fault.WRITES_REFUSED)) {
      trace.note("writes refused", 0, () -> "");
      db.refuseWrites(weather.seconds());
    }
    MemberKey member = anyMember();
    String name = member.programId() + '/' + member.memberId();
    if (weather.strikes(Fault.ENTRIES_DROPPED)) {
      cluster.drop(name);
    }
    if (weather.strikes(Fault.ALL_DROPPED)) {
      cluster.dropAll();
    }
    if (weather.strikes(Fault.LEASES_DELETED)) {
      cluster.deleteLease(name);
    }
    if (weather.strikes(Fault.CLUSTER_SPLIT)) {
      note("cut off", node);
      cluster.split(node);
      events.after(weather.seconds(), cluster::heal);
    }
    events.after(weather.between(50 * Events.MILLI, 400 * Events.MILLI), this::gust);
  }

  private void stop(Node node) {
    note("stopping", node);
    int life = node.life();
    node.stop()
        .onComplete(
            stopped -> {
              if (node.life() == life) {
                crash(node);
              }
            });
  }

  private void crash(Node node) {
    node.crash();
    events.after(weather.between(0, 2 * Events.SECOND), node::start);
  }

  private void note(String what, Node node) {
    trace.note(what, node.no(), () -> "node " + node.no());
  }

  private void enrolSomebody() {
    events.after(weather.between(0, 3 * Events.SECOND), () -> db.enrol(anyMember()));
  }

  /** Every so often somebody looks at a balance. */
  private void look() {
    if (!isStorm) {
      return;
    }
    Node node = anyNode();
    MemberKey member = anyMember();
    if (node.isUp()) {
      node.post(
          0,
          () -> {
            long startedAt = events.now();
            long atLeast =
                cluster.kind() == ModelCluster.Kind.CERTAIN
                    ? auditor.acknowledged(member)
                    : auditor.acknowledgedBy(node, member);
            node.read(member)
                .onComplete(read -> auditor.read(node, member, startedAt, atLeast, read));
          });
    }
    events.after(weather.between(0, 400 * Events.MILLI), this::look);
  }

  /** Something new for every member, and some of what was sent before. */
  private List<Command> lastCommands(Node node) {
    var commands = new ArrayList<Command>();
    for (MemberKey member : members) {
      String key = "last-" + node.no() + "-" + member.memberId();
      commands.add(Command.Adjust.of(member, key, Origin.office("operator", "at last"), 1));
    }
    for (int i = 0; i < 5 && !sent.isEmpty(); i++) {
      commands.add(sent.get(random.nextInt(sent.size())));
    }
    commands.removeIf(
        it -> it.request().key().endsWith(Transaction.NOT_STORABLE) || node.isTooEarly(it));
    return commands;
  }

  /** After the storm every node must decide on everything, one after the other. */
  private void tryEverything(Node node, Iterator<Command> rest) {
    auditor.check(node.isUp(), () -> "node " + node.no() + " is down");
    if (!rest.hasNext()) {
      done++;
      return;
    }
    Command command = rest.next();
    node.post(
        0,
        () -> {
          // Twice: one of them follows the other through the lane.
          var first = attempt(command, node);
          node.submit(first, this::checkDecided);
          node.submit(
              attempt(command, node),
              again -> {
                checkDecided(again);
                auditor.check(first.isAnswered(), () -> "before " + first + " " + again);
                tryEverything(node, rest);
              });
        });
  }

  private void checkDecided(Attempt attempt) {
    auditor.check(
        !(attempt.outcome instanceof Outcome.NotApplied)
            && !(attempt.outcome instanceof Outcome.InDoubt),
        () -> "after the storm, " + attempt + " is told " + attempt.outcome);
  }

  Attempt attempt(Command command, Node node) {
    return auditor.attempt(command, node);
  }

  Node anyNode() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  /** The others of a member's program, to whom it may send what is its own. */
  List<String> othersOf(MemberKey member) {
    return Stream.concat(
            members.stream()
                .filter(it -> it.programId().equals(member.programId()) && !it.equals(member))
                .map(MemberKey::memberId),
            Stream.of(HEIR, "nobody"))
        .toList();
  }

  /** The desk takes back what this till has sold, in the till's name. */
  void takeBack(OrderCommand.Refund refund) {
    desk.take(refund);
  }

  MemberKey anyMember() {
    return members.get(random.nextInt(members.size()));
  }

  Instant instant() {
    return start.plusNanos(events.now());
  }
}
