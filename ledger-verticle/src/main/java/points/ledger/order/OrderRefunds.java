package points.ledger.order;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import points.ledger.model.Detail;
import points.ledger.model.Detail.RefundedBy;
import points.ledger.model.EarnedLine;
import points.ledger.model.Entry;

/**
 * The refunds of one sale that stand: what came back by them, and what they did.
 *
 * @param standing oldest first
 */
public record OrderRefunds(List<Entry> standing) {

  long takenBack(String account) {
    return standing.stream()
        .mapToLong(it -> detail(it).takenBack().getOrDefault(account, 0L))
        .sum();
  }

  long givenBack(String account) {
    return standing.stream()
        .mapToLong(it -> detail(it).givenBack().getOrDefault(account, 0L))
        .sum();
  }

  /** Returns the points that lapsed by refunds of which no lots were kept. */
  long lapsedOfUnknownLots(String account) {
    return standing.stream()
        .map(it -> detail(it).basis())
        .filter(it -> it != null && it.lapsedLots().isEmpty())
        .mapToLong(it -> it.lapsed().getOrDefault(account, 0L))
        .sum();
  }

  /** Points for which they had the till charge money. */
  public long shortfall() {
    return standing.stream().mapToLong(it -> detail(it).shortfall()).sum();
  }

  /** The money that was charged for them. */
  public long charged() {
    return standing.stream().mapToLong(it -> detail(it).charge()).sum();
  }

  private static Detail.Refunded detail(Entry refund) {
    return (Detail.Refunded) Objects.requireNonNull(refund.detail());
  }

  /**
   * Returns the parts that came back by each refund. A refund with entries of several members
   * counts once.
   */
  public List<ReturnedPart> parts(List<SoldLine> lines) {
    var parts = new ArrayList<ReturnedPart>(standing.size());
    var seen = new HashSet<String>();
    for (Entry refund : standing) {
      if (seen.add(refund.part())) {
        parts.add(part(refund, lines));
      }
    }
    return parts;
  }

  /**
   * In earlier versions that was always so much of each line. Points that came back before an
   * accrual said what the sale was worth are no part of that.
   */
  private static ReturnedPart part(Entry refund, List<SoldLine> lines) {
    Detail.Refunded.Basis basis = detail(refund).basis();
    var amounts = new TreeMap<Integer, Long>();
    for (int i = 0; i < lines.size(); i++) {
      SoldLine line = lines.get(i);
      for (EarnedLine back : refund.lines()) {
        if (line.lineId().equals(back.line().lineId())) {
          amounts.put(i, back.line().amount());
        }
      }
      if (basis == null && detail(refund).whole() && line.amount() == 0) {
        amounts.put(i, 0L);
      }
    }
    if (basis == null) {
      return new ReturnedPart(RefundedBy.LINES, amounts, 0);
    }
    boolean isOfPoints = basis.by() == RefundedBy.POINTS && hasAmount(lines);
    return new ReturnedPart(basis.by(), amounts, isOfPoints ? 0 : basis.unnamed());
  }

  private static boolean hasAmount(List<SoldLine> lines) {
    return lines.stream().anyMatch(it -> it.amount() > 0);
  }
}
