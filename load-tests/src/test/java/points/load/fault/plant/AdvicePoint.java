package points.load.fault.plant;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * A method of the gateway that a plant changes.
 *
 * @param method its name; empty for the constructor
 * @param advice the code that becomes part of it
 */
record AdvicePoint(String type, String method, int arguments, Class<?> advice) {
  ElementMatcher<? super MethodDescription> methods() {
    ElementMatcher.Junction<MethodDescription> called =
        method.isEmpty() ? isConstructor() : named(method);
    return called.and(takesArguments(arguments));
  }
}
