package points.load.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import points.load.http.KeySource;
import points.load.replay.receipt.ChainPlan;
import points.load.replay.receipt.Receipt;
import points.load.replay.receipt.ReceiptGenerator;
import points.load.replay.receipt.ReceiptRow;

/** The whole tool against a stub that answers wrongly where a test says so. */
final class ReplayTest {
  private static final List<String> SMALL_CHAIN =
      List.of("--stores=3", "--members=20", "--made-up=150", "--until=2026-11-22");

  private final Vertx vertx = Vertx.vertx();
  private final StubGateway stub = new StubGateway(vertx);
  private final StringWriter out = new StringWriter();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory = Path.of("");

  @AfterEach
  void close() {
    stub.close();
    vertx.close().await();
  }

  @Test
  void right_books_have_no_mismatch() {
    assertThat(replay()).isZero();
    assertThat(figure("receipts")).isEqualTo(150);
    assertThat(figure("acknowledged")).isEqualTo(150);
    assertThat(figure("replays")).isZero();
    assertThat(figure("mismatches")).isZero();
    assertThat(stub.stores).containsExactlyInAnyOrder("S0001", "S0002", "S0003");
  }

  @Test
  void a_second_run_is_all_replays_and_says_so() {
    replay();
    assertThat(replay()).isZero();
    assertThat(figure("replays")).isEqualTo(150);
    assertThat(out.toString()).contains("all had been posted before: nothing changed");
  }

  @Test
  void a_members_receipts_go_one_after_the_other_and_many_members_at_once() {
    stub.delayMillis = 20; // far more than a call takes otherwise, also on a busy machine
    assertThat(replay("--in-flight=8")).isZero();
    assertThat(stub.twoOfOneMemberAtOnce).isFalse();
    assertThat(stub.inFlightMost).isBetween(4, 8);
    Map<String, List<String>> inTimeOrder =
        ReceiptGenerator.of(new ChainPlan(3, 20, 150, 1, LocalDate.of(2026, 11, 22))).stream()
            .collect(
                Collectors.groupingBy(
                    Receipt::memberId,
                    Collectors.mapping(Receipt::receiptId, Collectors.toList())));
    assertThat(stub.ordersByMember).isEqualTo(inTimeOrder);
  }

  @Test
  void overload_and_lost_connections_are_retried_with_the_same_key() {
    stub.overloadedAt = body -> body.getString("orderId").endsWith("3");
    stub.cutOffAt = body -> body.getString("orderId").endsWith("7");
    assertThat(replay()).isZero();
    assertThat(figure("acknowledged")).isEqualTo(150);
    assertThat(figure("replays")).isEqualTo(15);
    assertThat(figure("retries")).isGreaterThanOrEqualTo(30);
  }

  @Test
  void receipts_older_than_the_validity_are_posted_only_with_anyway() {
    stub.program.put("validity", rolling("P1D"));
    assertThat(replay("--until=2024-11-22")).isEqualTo(2);
    assertThat(errors())
        .contains("150 of 150 receipts are older than the program's validity")
        .contains("--own-program")
        .contains("--anyway");
    assertThat(stub.ordersByMember).isEmpty();

    assertThat(replay("--until=2024-11-22", "--anyway")).isZero();
    assertThat(figure("acknowledged")).isEqualTo(150);
  }

  @Test
  void with_validity_never_old_points_stay() {
    stub.program.put("validity", rolling("P1D"));
    assertThat(replay("--until=2024-11-22", "--validity=never")).isZero();
    assertThat(stub.program.getJsonObject("validity").getString("kind")).isEqualTo("never");
    assertThat(errors()).contains("never expire from now on");
  }

  @Test
  void rules_that_hold_for_new_orders_only_do_not_fit_old_receipts() {
    stub.programOfThePast = stub.program.copy();
    JsonObject before = stub.program.copy();
    assertThat(replay("--until=2024-11-22", "--validity=never")).isEqualTo(2);
    assertThat(errors()).contains("for ever").contains("so the program is as it was");
    assertThat(stub.program).isEqualTo(before);
    assertThat(stub.ordersByMember).isEmpty();
  }

  @Test
  void an_earning_rule_that_the_replay_does_not_know_is_seen_before_it_posts() {
    stub.previewOnTheWayOut = preview -> preview.put("points", preview.getLong("points") + 1);
    assertThat(replay()).isEqualTo(2);
    assertThat(errors()).contains("would earn ").contains("by the rules that the program shows");
    assertThat(stub.ordersByMember).isEmpty();
  }

  @Test
  void a_program_of_its_own_takes_receipts_of_any_age() {
    JsonObject before = stub.program.copy();
    stub.programOfThePast = rolling("P1D");
    assertThat(replay("--until=2017-11-22", "--own-program")).isZero();
    assertThat(figure("acknowledged")).isEqualTo(150);
    assertThat(stub.ownProgram).isNotNull();
    assertThat(stub.ownProgram.getJsonObject("validity").getString("kind")).isEqualTo("never");
    assertThat(stub.program).isEqualTo(before);

    assertThat(replay("--until=2017-11-22", "--own-program")).isZero();
    assertThat(figure("replays")).isEqualTo(150);
  }

  @Test
  void names_a_program_made_with_another_key() {
    stub.ownProgramIsAnothers = true;
    assertThat(replay("--own-program")).isEqualTo(2);
    assertThat(errors()).contains("there is a program \"replay\" already");
  }

  @Test
  void receipts_are_made_up_only_by_the_option_for_it() {
    assertThat(run()).isEqualTo(2);
    assertThat(errors()).contains("FILE").contains("--made-up=N");
    assertThat(run(directory.resolve("TYPO").toString())).isEqualTo(2);
    assertThat(errors()).contains("TYPO: there is no such file");
    assertThat(run("--stores=3")).isEqualTo(2);
    assertThat(run("--made-up=3", directory.resolve("TYPO").toString())).isEqualTo(2);
    assertThat(stub.stores).isEmpty();
  }

  @Test
  void receipts_of_today_are_posted_at_their_rate_and_the_figures_agree() {
    long begun = System.nanoTime();
    assertThat(replay("--today", "--rate=100", "--figures")).as(this::errors).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1_400));
    assertThat(out.toString()).contains("agree with the receipts in all 3 stores");

    assertThat(replay("--today", "--figures")).as("the first ones are there, too").isEqualTo(1);
    assertThat(out.toString()).contains("3 stores differ");
  }

  @Test
  void figures_that_miss_an_order_are_found() {
    stub.figuresOnTheWayOut =
        report -> {
          JsonObject first = report.getJsonArray("items").getJsonObject(0);
          if (first.getString("storeId").equals("S0001")) {
            first.put("turnover", first.getLong("turnover") - 1);
          }
          return report;
        };
    assertThat(replay("--today", "--figures")).isEqualTo(1);
    assertThat(out.toString()).contains("1 stores differ").contains("store S0001: shows ");
  }

  @Test
  void figures_go_back_for_a_year() {
    assertThat(replay("--until=2024-11-22", "--anyway", "--figures")).isEqualTo(2);
    assertThat(errors()).contains("--figures: receipts are older than a year");
  }

  @Test
  void a_rate_out_of_range_is_refused() {
    assertThat(run("--made-up=1", "--rate=0")).isEqualTo(2);
    assertThat(run("--made-up=1", "--rate=100001")).isEqualTo(2);
    assertThat(errors()).contains("--rate must be from 1 to 100000, not 100001");
  }

  @Test
  void an_available_that_is_off_by_one_is_found() {
    stub.balanceOnTheWayOut =
        balance ->
            balance.getString("memberId").equals("M0000001")
                ? balance.put("available", balance.getLong("available") + 1)
                : balance;
    assertThat(replay()).as(this::errors).isEqualTo(1);
    assertThat(out.toString()).contains("member M0000001: available is ");
    assertThat(figure("mismatches")).isEqualTo(2);
  }

  @Test
  void a_missing_entry_is_found() {
    List<JsonObject> dropped = new ArrayList<>();
    stub.entriesOnTheWayOut =
        entries ->
            changedAtFirst(
                entries,
                "M0000002",
                entry -> {
                  dropped.add(entry);
                  return List.of();
                });
    assertThat(replay()).isEqualTo(1);
    assertThat(out.toString())
        .contains("order " + dropped.get(0).getString("orderId") + " has 0 entries instead of one");
  }

  @Test
  void a_doubled_entry_is_found() {
    stub.entriesOnTheWayOut =
        entries -> changedAtFirst(entries, "M0000003", entry -> List.of(entry, entry));
    assertThat(replay()).isEqualTo(1);
    assertThat(out.toString())
        .contains("member M0000003: ")
        .contains("has 2 entries instead of one");
  }

  @Test
  void an_answer_with_other_points_than_the_rule_gives_is_found() {
    stub.accrualOnTheWayOut = answer -> answer.put("points", answer.getLong("points") + 1);
    assertThat(replay()).isEqualTo(1);
    assertThat(figure("mismatches")).isEqualTo(150);
    assertThat(out.toString()).contains("and 140 more");
  }

  @Test
  void a_refused_receipt_is_a_mismatch() {
    stub.refusedAt = body -> body.getString("orderId").endsWith("-1");
    assertThat(replay()).isEqualTo(1);
    assertThat(figure("acknowledged")).isEqualTo(149);
    assertThat(out.toString())
        .contains("was refused: POST /v1/accruals was answered 409 member_frozen");
  }

  @Test
  void refunds_in_parts_before_and_after_their_sales_leave_the_points_due() {
    assertThat(replay("--refunds=0.5")).isZero();
    assertThat(figure("refunds")).isGreaterThan(100);
    assertThat(figure("  parked")).isBetween(10L, figure("refunds") / 2);
    assertThat(figure("  replays")).isZero();
    assertThat(replay("--refunds=0.5")).isZero();
    assertThat(figure("  replays")).isEqualTo(figure("refunds"));
    assertThat(out.toString()).contains("all had been posted before: nothing changed");
  }

  @Test
  void a_run_without_refunds_after_one_with_them_sees_that_others_wrote() {
    replay("--refunds=0.5");
    assertThat(replay("--refunds=0.1")).isZero();
    assertThat(figure("refunds")).isLessThan(60);
  }

  @Test
  void finds_a_refund_of_one_point_too_many() {
    stub.refundedPoints = points -> points + 1;
    assertThat(replay("--refunds=0.5")).isEqualTo(1);
    assertThat(out.toString()).contains("took back ");
  }

  @Test
  void stores_of_its_own_program_take_back_sales_of_others() {
    assertThat(replay("--refunds=0.5", "--own-program")).isZero();
    assertThat(stub.ownProgram).isNotNull();
    assertThat(stub.ownProgram.getJsonObject("refunds").getString("stores")).isEqualTo("any");
    stub.entriesOnTheWayOut = entries -> withoutStore(entries);
    assertThat(replay("--refunds=0.5", "--own-program")).isEqualTo(1);
    assertThat(out.toString()).contains("says it was taken back in Optional.empty");
  }

  @Test
  void stores_of_another_program_take_back_their_own_sales() {
    stub.entriesOnTheWayOut = entries -> withoutStore(entries);
    assertThat(replay("--refunds=0.5")).isZero();
  }

  private static JsonArray withoutStore(JsonArray entries) {
    return StubGateway.changed(
        entries,
        entry -> {
          if (entry.containsKey("detail")) {
            entry.getJsonObject("detail").remove("refundStoreId");
          }
          return List.of(entry);
        });
  }

  @Test
  void metadata_that_is_lost_is_found() {
    stub.entriesOnTheWayOut =
        entries ->
            StubGateway.changed(
                entries,
                entry -> {
                  entry.remove("metadata");
                  return List.of(entry);
                });
    assertThat(replay()).isEqualTo(1);
    assertThat(out.toString()).contains("has metadata {}");
  }

  @Test
  void finds_a_refund_booked_twice() {
    stub.entriesOnTheWayOut =
        entries ->
            StubGateway.changed(
                entries,
                entry ->
                    entry.getString("kind").equals("refund")
                        ? List.of(entry, entry)
                        : List.of(entry));
    assertThat(replay("--refunds=0.5")).isEqualTo(1);
    assertThat(out.toString()).contains("too many");
  }

  @Test
  void a_share_outside_of_0_to_1_is_refused() {
    assertThat(run("--made-up=1", "--refunds=1.5")).isEqualTo(2);
    assertThat(run("--made-up=1", "--refunds=-1")).isEqualTo(2);
    assertThat(run("--made-up=1", "--refunds=NaN")).isEqualTo(2);
  }

  @Test
  void a_file_with_a_bad_row_is_refused_before_anything_is_sent() throws IOException {
    Path file = directory.resolve("bad.csv");
    Files.writeString(file, String.join(",", ReceiptRow.COLUMNS) + "\nR1,m1,s1,now,p1,,,1,100,0\n");
    assertThat(run(file.toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("bad.csv: line 2, column sold_at: \"now\" must be a time");
    assertThat(stub.stores).isEmpty();
  }

  @Test
  void a_wrong_key_an_absent_gateway_and_bad_usage_exit_with_two() {
    assertThat(command(List.of("--url=" + stub.url(), "--key=other", "--made-up=1"))).isEqualTo(2);
    assertThat(command(List.of("--url=http://127.0.0.1:1", "--key=k", "--made-up=1"))).isEqualTo(2);
    assertThat(command(List.of("--url=ftp://127.0.0.1", "--key=k", "--made-up=1"))).isEqualTo(2);
    assertThat(run("--made-up=0")).isEqualTo(2);
    assertThat(run("--made-up=1", "--in-flight=0")).isEqualTo(2);
    assertThat(run("--made-up=1", "--unknown")).isEqualTo(2);
    assertThat(command(List.of("--url=" + stub.url(), "--made-up=1"))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("no API key");
  }

  @Test
  void the_key_is_found_in_the_environment_and_in_the_gateways_file() throws IOException {
    Path file = Files.writeString(directory.resolve("bootstrap-key"), "pk_file\n");
    KeySource withFile = new KeySource(Map.of(), file);
    KeySource withBoth = new KeySource(Map.of("POINTS_KEY", "pk_env"), file);
    assertThat(withFile.key(Optional.empty())).contains("pk_file");
    assertThat(withBoth.key(Optional.empty())).contains("pk_env");
    assertThat(withBoth.key(Optional.of("pk_given"))).contains("pk_given");
  }

  private int replay(String... options) {
    List<String> all = new ArrayList<>(SMALL_CHAIN);
    List.of(options)
        .forEach(
            option -> {
              String name = option.substring(0, option.indexOf('=') + 1);
              all.removeIf(other -> !name.isEmpty() && other.startsWith(name));
              all.add(option);
            });
    return run(all.toArray(String[]::new));
  }

  private int run(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--url=" + stub.url());
    all.add("--key=test-key");
    return command(all);
  }

  private int command(List<String> args) {
    out.getBuffer().setLength(0);
    ReplayCommand command =
        new ReplayCommand(
            new KeySource(Map.of(), directory.resolve("none")),
            new PrintWriter(out),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    return ReplayCommand.commandLine(command).execute(args.toArray(String[]::new));
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private long figure(String name) {
    return out.toString()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length()).strip().split(" ", 2)[0].replace(",", ""))
        .map(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  private static JsonArray changedAtFirst(
      JsonArray entries, String memberId, Function<JsonObject, List<JsonObject>> change) {
    return StubGateway.changed(
        entries,
        entry ->
            entry.getString("memberId").equals(memberId) && entry.getInteger("sequence") == 1
                ? change.apply(entry)
                : List.of(entry));
  }

  private static JsonObject rolling(String period) {
    return new JsonObject().put("kind", "rolling").put("period", period);
  }
}
