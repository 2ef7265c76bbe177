package points.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real servers on real directories. Most tests share one that was started and closed before. */
@Timeout(120)
class LocalPostgresIT {
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(30);

  private static Path shared;

  @BeforeAll
  static void start_for_the_first_time(@TempDir Path directory) {
    shared = directory;
    LocalPostgres.start(data()).close();
  }

  @AfterEach
  void leaves_no_process_behind() {
    assertThat(ServerProbe.processesThatName(shared)).isEmpty();
  }

  @Test
  void first_start_makes_a_durable_cluster_with_the_order_of_bytes() throws SQLException {
    try (LocalPostgres postgres = LocalPostgres.start(data())) {
      for (String name : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(ServerProbe.query(postgres, "SHOW " + name)).as(name).isEqualTo("on");
      }
      assertThat(ServerProbe.query(postgres, "SHOW data_checksums")).isEqualTo("on");
      assertThat(ServerProbe.query(postgres, "SHOW autovacuum")).isEqualTo("on");
      assertThat(ServerProbe.query(postgres, "SHOW max_wal_size")).isEqualTo("4GB");
      assertThat(ServerProbe.query(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(
              ServerProbe.query(
                  postgres,
                  "SELECT datcollate || ' ' || datctype FROM pg_database WHERE datname = 'points'"))
          .isEqualTo("C C");
    }
  }

  @Test
  void lets_in_only_over_loopback_and_with_the_password() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(data())) {
      assertThat(ServerProbe.query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ServerProbe.query(postgres, "SHOW unix_socket_directories")).isEmpty();
      assertThat(
              ServerProbe.query(
                  postgres, "SELECT string_agg(DISTINCT auth_method, ' ') FROM pg_hba_file_rules"))
          .isEqualTo("scram-sha-256");
      assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "points", "guess"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      assertThat(permissions(data())).isEqualTo("rwx------");
      assertThat(permissions(data().resolve("postgres"))).isEqualTo("rwx------");
      assertThat(permissions(data().resolve("postgres/password"))).isEqualTo("rw-------");
      assertThat(postgres.uri())
          .isEqualTo(
              "postgresql://points:%s@127.0.0.1:%d/points"
                  .formatted(postgres.password(), postgres.port()));
      assertThat(postgres.toString()).doesNotContain(postgres.password());
    }
  }

  @Test
  void keeps_its_data_its_password_and_its_port_across_restarts() throws SQLException {
    String uri;
    try (LocalPostgres postgres = LocalPostgres.start(data())) {
      uri = postgres.uri();
      try (Connection connection = ServerProbe.connect(postgres)) {
        ServerProbe.note(connection, "before the restart");
      }
    }
    try (LocalPostgres postgres = LocalPostgres.start(data())) {
      assertThat(postgres.uri()).isEqualTo(uri);
      assertThat(ServerProbe.noted(postgres)).isEqualTo("before the restart");
    }
  }

  @Test
  void moves_to_another_port_for_good_when_its_own_is_taken() throws IOException {
    int before;
    try (LocalPostgres postgres = LocalPostgres.start(data())) {
      before = postgres.port();
    }
    int moved;
    try (ServerSocket taken = new ServerSocket(before, 1, InetAddress.getLoopbackAddress());
        LocalPostgres postgres = LocalPostgres.start(data())) {
      assertThat(taken.isBound()).isTrue();
      moved = postgres.port();
    }
    assertThat(moved).isNotEqualTo(before);
    try (LocalPostgres postgres = LocalPostgres.start(data())) {
      assertThat(postgres.port()).isEqualTo(moved);
    }
  }

  @Test
  void stops_the_server_that_a_killed_jvm_left_running_and_keeps_its_data() throws Exception {
    ProcessHandle left;
    try (ChildJvm child = ChildJvm.start(data())) {
      try (Connection connection = ServerProbe.connect(data(), child.port())) {
        ServerProbe.note(connection, "from the killed one");
      }
      left = ProcessHandle.of(child.postmaster()).orElseThrow();
      child.kill();
    }
    assertThat(Postmaster.isRunning(left)).isTrue();
    try (LocalPostgres postgres = LocalPostgres.start(data())) {
      assertThat(Postmaster.isRunning(left)).isFalse();
      assertThat(postgres.pid()).isNotEqualTo(left.pid());
      assertThat(ServerProbe.noted(postgres)).isEqualTo("from the killed one");
    }
  }

  @Test
  void starts_over_a_pid_file_of_a_process_that_is_gone() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    writePidFile(gone.pid());
    LocalPostgres.start(data()).close();
  }

  @Test
  void starts_over_a_pid_file_with_the_number_of_another_process() throws IOException {
    writePidFile(ProcessHandle.current().pid());
    LocalPostgres.start(data()).close();
  }

  @Test
  void refuses_a_directory_that_another_process_holds() throws IOException {
    try (ChildJvm child = ChildJvm.start(data())) {
      assertThatThrownBy(() -> LocalPostgres.start(data()))
          .isInstanceOf(LocalPostgresException.class)
          .hasMessage(
              "data directory %s is in use by process %d",
              data().toRealPath(), child.process().pid());
      assertThat(ProcessHandle.of(child.postmaster())).isPresent();
    }
  }

  @Test
  void refuses_a_directory_that_this_process_holds_and_goes_on_holding_it() throws IOException {
    try (LocalPostgres postgres = LocalPostgres.start(data())) {
      String refusal =
          "data directory %s is in use by process %d"
              .formatted(data().toRealPath(), ProcessHandle.current().pid());
      assertThatThrownBy(() -> LocalPostgres.start(data())).hasMessage(refusal);
      assertThatThrownBy(() -> ChildJvm.start(data())).hasMessageContaining(refusal);
      assertThat(postgres.restarts()).isZero();
    }
  }

  @Test
  void restarts_a_killed_server_on_its_port_with_all_commits() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(data())) {
      for (int kills = 1; kills <= 2; kills++) {
        try (Connection connection = ServerProbe.connect(postgres)) {
          ServerProbe.note(connection, "committed before kill " + kills);
        }
        long killed = postgres.pid();
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        awaitRestarts(postgres, kills);
        assertThat(postgres.pid()).isNotEqualTo(killed);
        assertThat(ServerProbe.noted(postgres)).isEqualTo("committed before kill " + kills);
      }
    }
  }

  @Test
  void never_runs_beside_a_process_of_the_killed_server() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(data())) {
      String stopped =
          ServerProbe.query(
              postgres, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'");
      signal("STOP", stopped);
      ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
      // ten times as long as the watcher takes to restart a server that left nothing behind
      Await.throughout(
          "the server is not restarted", Duration.ofSeconds(1), () -> postgres.restarts() == 0);
      signal("CONT", stopped);
      awaitRestarts(postgres, 1);
    }
  }

  @Test
  void close_ends_a_server_with_open_connections_and_may_be_called_twice() throws Exception {
    LocalPostgres postgres = LocalPostgres.start(data());
    try (Connection open = ServerProbe.connect(postgres)) {
      open.setAutoCommit(false);
      open.createStatement().execute("SELECT 1");
      postgres.close();
      postgres.close();
      assertThat(postgres.restarts()).isZero();
      awaitEnd(postgres.pid());
    }
  }

  @Test
  void a_server_that_cannot_start_is_refused_with_the_end_of_its_log() throws IOException {
    Path configuration = data().resolve("postgres/cluster/postgresql.auto.conf");
    String before = Files.readString(configuration);
    Files.writeString(configuration, "no_such_setting = 1\n", StandardOpenOption.APPEND);
    try {
      assertThatThrownBy(() -> LocalPostgres.start(data()))
          .isInstanceOf(LocalPostgresException.class)
          .hasMessageContaining("PostgreSQL ended at its start with exit code 1")
          .hasMessageContaining("unrecognized configuration parameter \"no_such_setting\"");
    } finally {
      Files.writeString(configuration, before);
    }
    LocalPostgres.start(data()).close();
  }

  @Test
  void a_database_that_would_not_be_durable_is_refused() throws SQLException {
    try (LocalPostgres postgres = LocalPostgres.start(data())) {
      ServerProbe.execute(postgres, "ALTER DATABASE points SET synchronous_commit = off");
      try {
        assertThatThrownBy(() -> new Login(postgres.port(), postgres.password()).requireDatabase())
            .hasMessage("PostgreSQL runs with synchronous_commit=off, it must be on");
      } finally {
        ServerProbe.execute(postgres, "ALTER DATABASE points RESET synchronous_commit");
      }
    }
  }

  private static Path data() {
    return shared.resolve("data");
  }

  private static void writePidFile(long pid) throws IOException {
    Path cluster = data().resolve("postgres/cluster");
    Files.writeString(
        cluster.resolve("postmaster.pid"),
        Stream.of(pid, cluster, 1_700_000_000, 5432, "", "127.0.0.1", "  1234567         7")
                .map(Object::toString)
                .reduce("", (text, line) -> text + line + "\n")
            + "ready   \n");
  }

  private static void awaitRestarts(LocalPostgres postgres, int restarts) {
    Await.until("a restart", RECOVERY_LIMIT, () -> postgres.restarts() >= restarts);
    assertThat(postgres.restarts()).isEqualTo(restarts);
  }

  private static void signal(String name, String pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** An ended process is still listed until the system has told its parent. */
  private static void awaitEnd(long pid) {
    Await.until("the end of a process", () -> ProcessHandle.of(pid).isEmpty());
  }
}
