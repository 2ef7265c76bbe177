package points.gateway;

import java.io.PrintStream;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import points.gateway.access.Role;
import points.gateway.staff.Argon2Hash;
import points.gateway.staff.PasswordChange;
import points.gateway.staff.StaffAccounts;

/** {@code gateway/staff add}: makes the account of a person while the gateway runs. */
public final class StaffCommand {

  static final int MADE = 0;
  static final int NOT_MADE = 1;
  static final int WRONG_ARGUMENTS = 2;

  private static final int NAME_LENGTH_MAX = 200;

  private static final String INSERT =
      """
      INSERT INTO staff (program_id, staff_id, name, name_key, roles, stores, password_hash,
                         must_change, one_time_until, created_at, updated_at)
      SELECT program_id, ?, ?, ?, ?, ?, ?, true,
             date_trunc('milliseconds', now()) + ? * interval '1 second',
             date_trunc('milliseconds', now()),
             date_trunc('milliseconds', now())
        FROM program WHERE program_id = ?
         AND NOT EXISTS (SELECT FROM unnest(?::text[]) wanted
                          WHERE wanted NOT IN (SELECT store_id FROM store s
                                                WHERE s.program_id = program.program_id))
      ON CONFLICT DO NOTHING
      """;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  private String program = "default";
  private @Nullable String name;
  private final Set<String> roles = new TreeSet<>();
  private final Set<String> stores = new TreeSet<>();

  StaffCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** Takes {@code add --name NAME --role ROLE ...}; the same settings as {@code gateway/audit}. */
  public static void main(String[] arguments) {
    System.exit(new StaffCommand(System.getenv(), System.out, System.err).run(List.of(arguments)));
  }

  /** Makes the account and returns the exit code. */
  int run(List<String> arguments) {
    List<String> faults = read(arguments);
    var books = CommandBooks.of(environment);
    faults.addAll(books.faults());
    if (!faults.isEmpty()) {
      faults.forEach(err::println);
      return WRONG_ARGUMENTS;
    }
    try (Connection connection = books.database().connect("points-staff")) {
      return make(connection, String.valueOf(name));
    } catch (SQLException e) {
      err.println("the account was not made: " + e.getMessage());
      return NOT_MADE;
    }
  }

  private List<String> read(List<String> arguments) {
    List<String> faults = new ArrayList<>();
    if (arguments.isEmpty() || !arguments.get(0).equals("add") || arguments.size() % 2 == 0) {
      faults.add("usage: gateway/staff add --name NAME --role ROLE [--store ID] [--program ID]");
      return faults;
    }
    for (int i = 1; i < arguments.size(); i += 2) {
      String value = arguments.get(i + 1);
      switch (arguments.get(i)) {
        case "--name" -> name = value.strip();
        case "--role" -> roles.add(value);
        case "--store" -> stores.add(value);
        case "--program" -> program = value;
        default -> faults.add("no such option: " + arguments.get(i));
      }
    }
    check(faults);
    return faults;
  }

  private void check(List<String> faults) {
    if (name == null || name.isEmpty() || name.length() > NAME_LENGTH_MAX) {
      faults.add("--name must be 1 to 200 characters");
    }
    if (roles.isEmpty() || roles.stream().anyMatch(it -> Role.ofStaff(it).isEmpty())) {
      faults.add("--role must be headOffice, marketing, storeManager, support or auditor");
    }
    boolean isBound = roles.contains(Role.STORE_MANAGER.label());
    if (isBound && stores.isEmpty()) {
      faults.add("--store is required for role storeManager");
    } else if (!isBound && !stores.isEmpty()) {
      faults.add("--store must be left out: only accounts with role storeManager have stores");
    }
  }

  private int make(Connection connection, String name) throws SQLException {
    String password = PasswordChange.oneTime();
    Array ofStores = connection.createArrayOf("text", stores.toArray());
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, StaffAccounts.newStaffId());
      insert.setString(2, name);
      insert.setString(3, StaffAccounts.nameKey(name));
      insert.setArray(4, connection.createArrayOf("text", roles.toArray()));
      insert.setArray(5, stores.isEmpty() ? null : ofStores);
      insert.setString(6, Argon2Hash.of(password));
      insert.setLong(7, PasswordChange.ONE_TIME.toSeconds());
      insert.setString(8, program);
      insert.setArray(9, ofStores);
      if (insert.executeUpdate() == 0) {
        err.println(
            "the account was not made: %s has one of this name, or there is no such program or store"
                .formatted(program));
        return NOT_MADE;
      }
    }
    out.println(
        "made the account of %s; the password for the first sign-in: %s".formatted(name, password));
    return MADE;
  }
}
