package points.gateway;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Places at which an object is let out before its constructor has ended.
 *
 * <p>Looked at are constructors, and the initialisers of instances and of their fields. There,
 * {@code this} may stand before a dot and a field, and nowhere else: not as an argument, not in
 * {@code this::run}. No instance method of the class is called, and neither a lambda nor a class in
 * place uses an instance method or a field of it, because both carry {@code this} with them. A
 * parameter or local variable of the same name is no field.
 */
final class ConstructorEscapes extends TreePathScanner<Void, Void> {

  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private final List<String> found = new ArrayList<>();

  private ConstructorEscapes(CompilationUnitTree unit, SourcePositions positions) {
    this.unit = unit;
    this.positions = positions;
  }

  /** The places in these sources, as file, line and code. */
  static List<String> in(Iterable<? extends JavaFileObject> sources) throws IOException {
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, sources);
    List<String> all = new ArrayList<>();
    for (CompilationUnitTree unit : task.parse()) {
      var escapes = new ConstructorEscapes(unit, Trees.instance(task).getSourcePositions());
      escapes.scan(unit, null);
      all.addAll(escapes.found);
    }
    return all;
  }

  @Override
  public Void visitClass(ClassTree type, Void none) {
    Members members = Members.of(type);
    for (Tree member : type.getMembers()) {
      if (isConstruction(member)) {
        new Construction(members, localsOf(member))
            .scan(new TreePath(getCurrentPath(), member), null);
      }
    }
    return super.visitClass(type, null);
  }

  private static boolean isConstruction(Tree member) {
    if (member instanceof MethodTree method) {
      return method.getName().contentEquals("<init>");
    }
    if (member instanceof VariableTree field) {
      return isOfInstance(field) && field.getInitializer() != null;
    }
    return member instanceof BlockTree block && !block.isStatic();
  }

  private static boolean isOfInstance(VariableTree field) {
    return !field.getModifiers().getFlags().contains(Modifier.STATIC);
  }

  private static Set<String> localsOf(Tree construction) {
    Set<String> names = new HashSet<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitVariable(VariableTree variable, Void none) {
        if (variable != construction) {
          names.add(variable.getName().toString());
        }
        return super.visitVariable(variable, null);
      }
    }.scan(construction, null);
    return names;
  }

  /**
   * Names of a class that belong to one object: fields, methods, and classes that are not static.
   */
  private record Members(Set<String> fields, Set<String> methods, Set<String> inner) {

    static Members of(ClassTree type) {
      var members = new Members(new HashSet<>(), new HashSet<>(), new HashSet<>());
      if (type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE) {
        return members;
      }
      for (Tree member : type.getMembers()) {
        if (member instanceof VariableTree field && isOfInstance(field)) {
          members.fields.add(field.getName().toString());
        } else if (member instanceof MethodTree method
            && !method.getModifiers().getFlags().contains(Modifier.STATIC)) {
          members.methods.add(method.getName().toString());
        } else if (member instanceof ClassTree inner
            && inner.getKind() == Tree.Kind.CLASS
            && !inner.getModifiers().getFlags().contains(Modifier.STATIC)) {
          members.inner.add(inner.getSimpleName().toString());
        }
      }
      return members;
    }

    Members without(Members others) {
      var rest = new Members(new HashSet<>(fields), new HashSet<>(methods), new HashSet<>(inner));
      rest.fields.removeAll(others.fields);
      rest.methods.removeAll(others.methods);
      rest.inner.removeAll(others.inner);
      return rest;
    }
  }

  /** One constructor or initialiser. */
  private final class Construction extends TreePathScanner<Void, Void> {

    private final Members members;
    private final Set<String> locals;
    private int carriers;
    private boolean isInPlace;

    Construction(Members members, Set<String> locals) {
      this.members = members;
      this.locals = locals;
    }

    @Override
    public Void visitIdentifier(IdentifierTree name, Void none) {
      String text = name.getName().toString();
      Tree parent = getCurrentPath().getParentPath().getLeaf();
      if (text.equals("this")) {
        if (!isInPlace && (carriers > 0 || (!isField(parent) && !isDelegation(parent)))) {
          report(parent);
        }
      } else if (carriers > 0 && members.fields.contains(text) && !locals.contains(text)) {
        report(parent);
      }
      return null;
    }

    private boolean isField(Tree parent) {
      return parent instanceof MemberSelectTree select
          && members.fields.contains(select.getIdentifier().toString());
    }

    private static boolean isDelegation(Tree parent) {
      return parent instanceof MethodInvocationTree call
          && call.getMethodSelect() instanceof IdentifierTree called
          && called.getName().contentEquals("this");
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
      if (call.getMethodSelect() instanceof IdentifierTree called
          && members.methods.contains(called.getName().toString())) {
        report(call);
      }
      return super.visitMethodInvocation(call, null);
    }

    /** {@code Outer.this}, in a class in place. */
    @Override
    public Void visitMemberSelect(MemberSelectTree select, Void none) {
      if (isInPlace && select.getIdentifier().contentEquals("this")) {
        report(select);
      }
      return super.visitMemberSelect(select, null);
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree reference, Void none) {
      if (!isInPlace
          && reference.getQualifierExpression() instanceof IdentifierTree name
          && name.getName().contentEquals("super")) {
        report(reference);
      }
      return super.visitMemberReference(reference, null);
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree lambda, Void none) {
      carriers++;
      super.visitLambdaExpression(lambda, null);
      carriers--;
      return null;
    }

    @Override
    public Void visitNewClass(NewClassTree made, Void none) {
      if (made.getIdentifier() instanceof IdentifierTree name
          && members.inner.contains(name.getName().toString())) {
        report(made);
      }
      scan(made.getEnclosingExpression(), null);
      scan(made.getArguments(), null);
      if (made.getClassBody() != null) {
        scanClassInPlace(made.getClassBody());
      }
      return null;
    }

    /** There, {@code this} is the object in place, and its own members are no members of ours. */
    private void scanClassInPlace(ClassTree body) {
      Members rest = members.without(Members.of(body));
      var inside = new Construction(rest, locals);
      inside.carriers = 1;
      inside.isInPlace = true;
      inside.scan(new TreePath(getCurrentPath(), body), null);
    }

    private void report(Tree place) {
      long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, place));
      String file = unit.getSourceFile().getName().replaceFirst(".*/", "");
      found.add(file + ":" + line + " " + place.toString().replaceAll("\\s+", " "));
    }
  }
}
