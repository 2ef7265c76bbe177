package points.ledger;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import points.ledger.command.Command.Accrue;
import points.ledger.command.Command.Adjust;
import points.ledger.command.Command.Deduct;
import points.ledger.command.MembershipCommand.ChangeStatus;
import points.ledger.model.MemberKey;
import points.ledger.model.Origin;
import points.ledger.model.Status;
import points.ledger.rules.EarningRule;
import points.ledger.rules.Program;
import points.ledger.rules.Rounding;
import points.ledger.rules.Validity;

/** Commands of one test's program, each with a key and an order of its own. */
final class Tills {

  private static final AtomicInteger TESTS = new AtomicInteger();

  private final Program program;
  private final AtomicInteger requests = new AtomicInteger();

  /** A program in which one minor unit earns one point, good for a year. */
  Tills() {
    this.program =
        new Program(
            "test" + TESTS.incrementAndGet(),
            "a test's own",
            "CNY",
            ZoneId.of("Asia/Shanghai"),
            new EarningRule(1, 1, Rounding.FLOOR),
            new Validity.Rolling(Period.ofMonths(12)),
            true);
  }

  Program program() {
    return program;
  }

  MemberKey member(String memberId) {
    return new MemberKey(program.programId(), memberId);
  }

  Accrue accrue(MemberKey member, long points) {
    String key = key();
    Origin order = Origin.sale("store", null, "order of " + key);
    return Accrue.of(member, key, order, Instant.now(), points, List.of());
  }

  Deduct deduct(MemberKey member, long points) {
    return deduct(member, points, "at the till");
  }

  Deduct deduct(MemberKey member, long points, String reason) {
    return Deduct.of(member, key(), Origin.till("store", null, null, reason), points);
  }

  Adjust adjust(MemberKey member, long points) {
    return Adjust.of(member, key(), Origin.office("operator", "by hand"), points);
  }

  ChangeStatus change(MemberKey member, Status wanted) {
    return ChangeStatus.of(member, key(), Origin.office("operator", "by hand"), wanted);
  }

  /** What the keys of all requests made here begin with. */
  String keyPrefix() {
    return program.programId() + "-";
  }

  private String key() {
    return keyPrefix() + requests.incrementAndGet();
  }
}
