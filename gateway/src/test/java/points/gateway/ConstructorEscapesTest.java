package points.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No object is seen by others before its constructor has ended. */
class ConstructorEscapesTest {

  @ParameterizedTest
  @ValueSource(strings = {"cluster-config", "ledger-verticle", "gateway", "load-tests"})
  void no_constructor_lets_its_object_out(String module) throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
      sources = files.filter(it -> it.toString().endsWith(".java")).sorted().toList();
    }
    assertThat(sources).hasSizeGreaterThan(20);
    try (StandardJavaFileManager files =
        ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
      assertThat(ConstructorEscapes.in(files.getJavaFileObjectsFromPaths(sources))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A(B other) { other.add(this); }",
        "A(B other) { other.run(this::run); }",
        "A(B other) { other.run(() -> this.run()); }",
        "A(B other) { other.run(() -> run()); }",
        "A(B other) { other.run(() -> field.run()); }",
        "A(B other) { other.run(new Runnable() { public void run() { work(); } }); }",
        "A(B other) { other.run(new Runnable() { public void run() { A.this.work(); } }); }",
        "A(B other) { other.add(new Inner()); }",
        "A(B other) { run(); }",
        "A(B other) { other.self = this; }",
        "B other = new B(this);",
        "B other = new B(this::run);",
        "B other = new B(() -> field);",
        "{ B.add(this); }",
      })
  void an_object_that_gets_out_is_found(String construction) throws IOException {
    assertThat(escapesOf(construction)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A(Object field) { this.field = field; }",
        "A(Object field) { this(field, 1); }",
        "A(B other, Object field) { this.field = other.then(() -> field.run()); }",
        "A(B other) { this.field = other; other.add(field); }",
        "A(B other) { this.field = other.map(it -> it.run()); }",
        "A(B other) { B kept = other; this.field = other.run(() -> kept.run()); }",
        "A(B other) { other.run(A::ofType); }",
        "A(B other) { other.run(new Runnable() { public void run() { this.hashCode(); } }); }",
        "A(B other) { other.add(new Nested()); }",
        "B other = new B(A::ofType);",
        "static final A ONE = new A(() -> of(1));",
        "static A of(B other) { A made = new A(); other.run(made::run); return made; }",
        "void start(B other) { other.run(this::run); }",
      })
  void an_object_that_stays_in_is_not(String construction) throws IOException {
    assertThat(escapesOf(construction)).isEmpty();
  }

  private static List<String> escapesOf(String construction) throws IOException {
    String source =
        """
        class A {
          private Object field;
          private void run() {}
          private void work() {}
          private static void ofType() {}
          private class Inner {}
          private static class Nested {}
          %s
        }
        """
            .formatted(construction);
    return ConstructorEscapes.in(
        List.of(
            new SimpleJavaFileObject(URI.create("string:///A.java"), JavaFileObject.Kind.SOURCE) {
              @Override
              public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
              }
            }));
  }
}
