package points.load.replay;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import points.load.model.Mismatch;
import points.load.replay.posting.PostingTally;
import points.load.replay.receipt.Receipt;

/**
 * The result of a run.
 *
 * @param posting from the first sending to the last answer
 * @param retries calls sent again, of all phases
 * @param figures differences between the gateway's figures and the receipts; empty when they were
 *     not compared
 */
record ReplayReport(
    Counts counts,
    Duration posting,
    PostingTally tally,
    long retries,
    Optional<List<String>> figures) {
  private static final int DIFFERENCES_SHOWN = 10;

  /** Counts of the receipts. */
  record Counts(int receipts, int lines, int members, int stores) {
    static Counts of(List<Receipt> receipts) {
      return new Counts(
          receipts.size(),
          receipts.stream().mapToInt(receipt -> receipt.lines().size()).sum(),
          (int) receipts.stream().map(Receipt::memberId).distinct().count(),
          (int) receipts.stream().map(Receipt::storeId).distinct().count());
    }
  }

  boolean clean() {
    return tally.mismatchCount() == 0 && figures.map(List::isEmpty).orElse(true);
  }

  void print(PrintWriter out) {
    double seconds = Math.max(posting.toNanos() / 1e9, 1e-9);
    line(out, "receipts      %,12d", counts.receipts());
    line(out, "lines         %,12d", counts.lines());
    line(out, "members       %,12d", counts.members());
    line(out, "stores        %,12d", counts.stores());
    line(out, "acknowledged  %,12d", tally.acknowledgedCount());
    line(out, "replays       %,12d%s", tally.replayCount(), replayNote());
    if (tally.refundCount() > 0) {
      line(out, "refunds       %,12d", tally.refundCount());
      line(out, "  parked      %,12d", tally.parkedCount());
      line(out, "  replays     %,12d", tally.replayedRefundCount());
    }
    line(out, "retries       %,12d", retries);
    line(
        out,
        "rate          %,12.0f accruals/s over %.1f s",
        tally.acknowledgedCount() / seconds,
        seconds);
    line(
        out,
        "latency ms    p50 %.2f, p99 %.2f, p99.9 %.2f, max %.2f",
        tally.latencyMillis(50),
        tally.latencyMillis(99),
        tally.latencyMillis(99.9),
        tally.latencyMillis(100));
    line(out, "mismatches    %,12d", tally.mismatchCount());
    List<Mismatch> first = tally.firstMismatches();
    first.forEach(mismatch -> line(out, "  %s", mismatch));
    if (tally.mismatchCount() > first.size()) {
      line(out, "  and %,d more", tally.mismatchCount() - first.size());
    }
    figures.ifPresent(differences -> printFigures(out, differences));
    if (!clean() && tally.replayCount() > 0) {
      line(
          out,
          "Receipts that were replayed keep the points and the expiry of the program as it was when"
              + " they were first posted; if it has changed since, they show up here.");
    }
    out.flush();
  }

  private void printFigures(PrintWriter out, List<String> differences) {
    if (differences.isEmpty()) {
      line(out, "figures        agree with the receipts in all %,d stores", counts.stores());
      return;
    }
    line(out, "figures       %,12d stores differ", differences.size());
    differences.stream().limit(DIFFERENCES_SHOWN).forEach(it -> line(out, "  %s", it));
    if (differences.size() > DIFFERENCES_SHOWN) {
      line(out, "  and %,d more", differences.size() - DIFFERENCES_SHOWN);
    }
  }

  private String replayNote() {
    boolean all =
        tally.replayCount() == counts.receipts()
            && tally.replayedRefundCount() == tally.refundCount()
            && counts.receipts() > 0;
    return all && clean() ? "  all had been posted before: nothing changed" : "";
  }

  private static void line(PrintWriter out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
