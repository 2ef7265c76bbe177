package points.load.replay;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import points.load.replay.receipt.ChainPlan;
import points.load.replay.receipt.InvalidReceiptException;
import points.load.replay.receipt.Receipt;
import points.load.replay.receipt.ReceiptGenerator;
import points.load.replay.receipt.ReceiptsFile;

/** The source of the receipts: a file, or the generator when it is asked for by its option. */
final class ReceiptSource {
  @Parameters(paramLabel = "FILE", description = "receipts as CSV, plain or gzip")
  private @Nullable Path file;

  @ArgGroup(exclusive = false)
  private @Nullable MadeUp madeUp;

  /** The receipts to make up. */
  static final class MadeUp {
    @Option(
        names = {"--made-up", "--receipts"},
        required = true,
        paramLabel = "N",
        description = "instead of FILE: make so many receipts up, and post them")
    private int receipts;

    @Option(
        names = "--stores",
        paramLabel = "N",
        description = "made up: of how many stores (default: ${DEFAULT-VALUE})")
    private int stores = 40;

    @Option(
        names = "--members",
        paramLabel = "N",
        description = "made up: of how many members (default: ${DEFAULT-VALUE})")
    private int members = 5_000;

    @Option(
        names = "--until",
        paramLabel = "DATE",
        description = "made up: of the 30 days before this one (default: today)")
    private LocalDate until = LocalDate.now(ChainPlan.ZONE);
  }

  /**
   * Reads the file, or makes receipts up.
   *
   * @param seed equal seeds make up equal receipts
   * @param category the column of the file that says the category of a line
   * @throws InvalidReceiptException when the file has something that is no receipt
   * @throws IOException when it cannot be read
   */
  List<Receipt> receipts(long seed, String category) throws IOException {
    if (madeUp != null) {
      return ReceiptGenerator.of(
          new ChainPlan(madeUp.stores, madeUp.members, madeUp.receipts, seed, madeUp.until));
    }
    if (file == null || !Files.isRegularFile(file)) {
      throw new FileNotFoundException(file + ": there is no such file");
    }
    return ReceiptsFile.read(file, category);
  }

  /** Returns the source's name for messages. */
  @Override
  public String toString() {
    return file == null ? "made-up receipts" : file.toString();
  }
}
