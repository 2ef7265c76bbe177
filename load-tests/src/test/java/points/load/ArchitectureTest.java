package points.load;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages of the load tests: small, without cycles, and without any code of the product. */
@AnalyzeClasses(packages = "points.load", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final int FILES_MAX = 25;

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("points.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule no_code_of_the_product_is_used =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "points.gateway..", "points.ledger..", "points.cluster..", "points.postgres..");

  @ArchTest
  static final ArchRule the_model_of_a_member_knows_no_reader =
      classes()
          .that()
          .resideInAnyPackage("points.load.model", "points.load.model.book")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "points.load.model",
              "points.load.model.book",
              "java..",
              "org.jspecify..",
              "io.vertx.core.json");

  @ArchTest
  static final ArchRule the_checker_sends_nothing =
      noClasses()
          .that()
          .resideInAPackage("points.load.fault.check..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "points.load.fault.client", "points.load.reader", "java.sql", "java.net..");

  @Test
  void no_package_has_more_than_25_files() throws IOException {
    Map<Path, Long> files = new TreeMap<>();
    for (Path file : sources()) {
      files.merge(file.resolveSibling(""), 1L, Long::sum);
    }
    files.values().removeIf(count -> count <= FILES_MAX);
    assertThat(files).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files.filter(it -> it.toString().endsWith(".java")).collect(Collectors.toList());
    }
  }
}
