package points.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may know which: the map of docs/ARCHITECTURE.md, held against the classes. */
@AnalyzeClasses(packages = "points", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final int LINES_MAX = 300;
  private static final int FILES_MAX = 25;

  /** The domain: pure functions on immutable values. */
  private static final String DOMAIN =
      "points.ledger.[account|model|rules|budget|abuse|tier|book|award|engine|program|command|order|decide]";

  @ArchTest
  static final ArchRule the_domain_is_plain_java =
      classes()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(DOMAIN, "java..", "org.jspecify..");

  /** The table of packages in docs/ARCHITECTURE.md, held against the classes. */
  @ArchTest
  static void packages_use_only_those_that_the_architecture_page_names(JavaClasses classes)
      throws IOException {
    PackageTable table = PackageTable.read(Path.of("../docs/ARCHITECTURE.md"));
    Map<String, Set<String>> used = new TreeMap<>();
    for (JavaClass each : classes) {
      Set<String> of = used.computeIfAbsent(each.getPackageName(), name -> new TreeSet<>());
      each.getDirectDependenciesFromSelf().stream()
          .map(it -> it.getTargetClass().getBaseComponentType().getPackageName())
          .filter(it -> it.startsWith("points") && !it.equals(each.getPackageName()))
          .forEach(of::add);
    }
    assertThat(table.sees().keySet()).as("packages in the table").containsAll(used.keySet());
    List<String> faults = new ArrayList<>();
    used.forEach(
        (name, others) -> {
          others.stream()
              .filter(it -> !table.lets(name, it))
              .forEach(it -> faults.add(name + " uses " + it));
          if (!table.isWiring(name)) {
            table.seenBy(name).stream()
                .filter(it -> !PackageTable.DOMAIN.contains(it) && !others.contains(it))
                .forEach(it -> faults.add(name + " need not be let use " + it));
          }
        });
    assertThat(faults).isEmpty();
  }

  @ArchTest
  static final ArchRule the_ledger_does_not_see_who_calls_it =
      noClasses()
          .that()
          .resideInAPackage("points.ledger..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("points.gateway..", "io.vertx.ext.web..");

  @ArchTest
  static final ArchRule the_cluster_sees_nothing_of_ours =
      noClasses()
          .that()
          .resideInAPackage("points.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("points.ledger..", "points.gateway..");

  @ArchTest
  static final ArchRule only_the_cluster_knows_hazelcast =
      noClasses()
          .that()
          .resideOutsideOfPackage("points.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster..");

  @ArchTest
  static final ArchRule only_the_rooms_of_http_answer =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "points.gateway.[web|call|read|event|figure|rating|catalogue|rulebook|tier|setup|session|command|batch|docs|console|ops]")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.vertx.core.http.HttpServerResponse")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.vertx.ext.web.RoutingContext");

  /** An exception in the handler of a future elsewhere would leave the caller without an answer. */
  @ArchTest
  static final ArchRule only_responses_waits_for_futures =
      noClasses()
          .that()
          .resideInAPackage("points.gateway.[web|call|json|read|setup|session|command|batch]")
          .and()
          .doNotHaveSimpleName("Responses")
          .should()
          .callMethodWhere(
              JavaCall.Predicates.target(HasOwner.Predicates.With.owner(type(Future.class)))
                  .and(JavaCall.Predicates.target(nameMatching("onSuccess|onFailure|onComplete"))));

  /** The clock of the wiring is the only one that tests can set. */
  @ArchTest
  static final ArchRule only_the_wiring_asks_the_machine_for_the_time =
      noClasses()
          .that()
          .resideInAnyPackage("points.ledger..", "points.gateway..")
          .and()
          .doNotHaveFullyQualifiedName("points.gateway.Startup") // makes that clock
          .and()
          .doNotHaveFullyQualifiedName("points.gateway.access.Revocations") // PostgreSQL's time
          .should()
          .callMethodWhere(
              JavaCall.Predicates.target(
                      HasOwner.Predicates.With.owner(
                          JavaClass.Predicates.resideInAPackage("java.time")))
                  .and(JavaCall.Predicates.target(nameMatching("now|system|systemUTC"))));

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("points.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packages_are_named_for_what_they_are_about =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..utils..", "..common..", "..helper..", "..manager..", "..impl..");

  @ArchTest
  static final ArchRule classes_are_named_for_what_they_are =
      noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

  @ArchTest
  static final ArchRule nothing_is_printed =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Main.class.getName()) // says why it does not start
          .and()
          .doNotHaveFullyQualifiedName(Audit.class.getName()) // is for a terminal
          .and()
          .doNotHaveFullyQualifiedName(StaffCommand.class.getName()) // is for a terminal
          .and()
          .doNotHaveFullyQualifiedName(FiguresCommand.class.getName()) // is for a terminal
          .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

  @Test
  void no_source_is_longer_than_a_reader_can_hold() throws IOException {
    Path root = Path.of("..").toRealPath();
    List<String> tooLong = new ArrayList<>();
    for (String module : List.of("cluster-config", "ledger-verticle", "gateway", "load-tests")) {
      try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          int lines = Files.readAllLines(file).size();
          if (lines > LINES_MAX) {
            tooLong.add(root.relativize(file) + " has " + lines);
          }
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void no_package_has_more_files_than_a_reader_can_hold() throws IOException {
    Path root = Path.of("..").toRealPath();
    Map<Path, Integer> files = new TreeMap<>();
    for (String module : List.of("cluster-config", "ledger-verticle", "gateway", "load-tests")) {
      try (Stream<Path> all = Files.walk(root.resolve(module).resolve("src"))) {
        all.filter(it -> it.toString().endsWith(".java"))
            .forEach(it -> files.merge(root.relativize(it.getParent()), 1, Integer::sum));
      }
    }
    files.values().removeIf(count -> count <= FILES_MAX);
    assertThat(files).isEmpty();
  }
}
