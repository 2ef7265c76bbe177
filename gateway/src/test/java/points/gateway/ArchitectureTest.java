package points.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may know which: the map of docs/ARCHITECTURE.md, held against the classes. */
@AnalyzeClasses(packages = "points", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final int LINES_MAX = 300;

  /** What any package may use besides those named. */
  private static final String[] LIBRARIES = {
    "java..", "org.jspecify..", "org.slf4j..", "io.vertx..", "io.micrometer.."
  };

  /** The domain: pure functions on immutable values. */
  private static final String DOMAIN = "points.ledger.[model|rules|command|order|decide]";

  @ArchTest
  static final ArchRule the_domain_is_plain_java =
      classes()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(DOMAIN, "java..", "org.jspecify..");

  @ArchTest static final ArchRule the_model_sees_itself = sees("points.ledger.model");

  @ArchTest
  static final ArchRule rules_see_the_model = sees("points.ledger.rules", "points.ledger.model");

  @ArchTest
  static final ArchRule commands_see_the_model =
      sees("points.ledger.command", "points.ledger.model");

  @ArchTest
  static final ArchRule orders_see_commands_and_rules =
      sees(
          "points.ledger.order",
          "points.ledger.model",
          "points.ledger.rules",
          "points.ledger.command");

  @ArchTest
  static final ArchRule the_store_sees_the_domain_and_its_json =
      sees("points.ledger.store", DOMAIN, "points.ledger.wire");

  @ArchTest
  static final ArchRule the_lanes_see_the_store_and_the_cache =
      sees("points.ledger.lane", "points.ledger.cache", DOMAIN, "points.ledger.store");

  @ArchTest
  static final ArchRule the_cache_sees_the_store_and_the_cluster =
      sees(
          "points.ledger.cache",
          DOMAIN,
          "points.ledger.store",
          "points.ledger.wire",
          "points.cluster.cache",
          "points.cluster.peer");

  @ArchTest
  static final ArchRule what_travels_is_made_of_the_domain = sees("points.ledger.wire", DOMAIN);

  @ArchTest
  static final ArchRule the_way_to_the_owner_sees_peers_and_what_travels =
      sees("points.ledger.forward", DOMAIN, "points.ledger.wire", "points.cluster.peer");

  @ArchTest
  static final ArchRule the_registry_sees_the_domain_and_its_connections =
      sees("points.ledger.registry", DOMAIN, "points.ledger.store");

  @ArchTest
  static final ArchRule proofs_see_the_domain_and_what_is_stored =
      sees("points.ledger.proof", DOMAIN, "points.ledger.store");

  @ArchTest
  static final ArchRule the_sweeps_see_what_they_go_through_and_not_who_does_it =
      sees(
          "points.ledger.job",
          DOMAIN,
          "points.ledger.proof",
          "points.ledger.registry",
          "points.ledger.store");

  @ArchTest
  static final ArchRule the_local_postgresql_sees_nothing_of_ours = sees("points.postgres");

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
  static final ArchRule access_sees_keys_and_their_table =
      sees("points.gateway.access", "points.ledger.registry", "points.ledger.store");

  @ArchTest static final ArchRule admission_sees_nothing_of_ours = sees("points.gateway.admission");

  @ArchTest static final ArchRule lines_see_nothing_of_ours = sees("points.gateway.lines");

  @ArchTest static final ArchRule operation_sees_nothing_of_ours = sees("points.gateway.ops");

  @ArchTest
  static final ArchRule http_sees_who_calls_what_is_let_in_and_the_ledger =
      sees(
          "points.gateway.http",
          "points.gateway.access",
          "points.gateway.admission",
          "points.gateway.lines",
          "points.ledger",
          DOMAIN,
          "points.ledger.outbox",
          "points.ledger.proof",
          "points.ledger.registry",
          "points.ledger.store");

  @ArchTest
  static final ArchRule what_follows_goes_back_into_the_ledger_by_the_owner =
      sees(
          "points.ledger.outbox",
          DOMAIN,
          "points.ledger.forward",
          "points.ledger.registry",
          "points.ledger.store");

  @ArchTest
  static final ArchRule only_http_and_operation_answer =
      noClasses()
          .that()
          .resideOutsideOfPackages("points.gateway.http..", "points.gateway.ops..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.vertx.core.http.HttpServerResponse")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.vertx.ext.web.RoutingContext");

  /** What is thrown behind one of the others is answered by nobody. */
  @ArchTest
  static final ArchRule only_reply_waits_for_futures =
      noClasses()
          .that()
          .resideInAPackage("points.gateway.http")
          .and()
          .doNotHaveSimpleName("Reply")
          .should()
          .callMethodWhere(
              JavaCall.Predicates.target(HasOwner.Predicates.With.owner(type(Future.class)))
                  .and(JavaCall.Predicates.target(nameMatching("onSuccess|onFailure|onComplete"))));

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
          .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

  /**
   * A package of ours and all of ours that it may know.
   *
   * @param others packages, without those below them
   */
  private static ArchRule sees(String name, String... others) {
    List<String> allowed = new ArrayList<>(List.of(LIBRARIES));
    allowed.add(name);
    allowed.addAll(List.of(others));
    return classes()
        .that()
        .resideInAPackage(name)
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(allowed.toArray(String[]::new))
                .or(JavaClass.Predicates.resideOutsideOfPackage("points..")));
  }

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
}
