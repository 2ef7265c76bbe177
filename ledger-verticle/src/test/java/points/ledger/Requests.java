package points.ledger;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import points.ledger.command.Command;
import points.ledger.model.Request;

/** The same command as another request. */
public final class Requests {

  private static final Map<Class<?>, Shape> SHAPES = new ConcurrentHashMap<>();

  private Requests() {}

  private record Shape(List<RecordComponent> components, Constructor<?> constructor) {

    static Shape of(Class<?> type) {
      List<RecordComponent> components = List.of(type.getRecordComponents());
      Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
      try {
        return new Shape(components, type.getDeclaredConstructor(types));
      } catch (NoSuchMethodException e) {
        throw new LinkageError("every command is a public record", e);
      }
    }
  }

  /** A copy of any command, equal but for its request. */
  public static Command as(Request request, Command command) {
    Shape shape = SHAPES.computeIfAbsent(command.getClass(), Shape::of);
    try {
      Object[] values = new Object[shape.components.size()];
      for (int i = 0; i < values.length; i++) {
        RecordComponent component = shape.components.get(i);
        values[i] =
            component.getType() == Request.class
                ? request
                : component.getAccessor().invoke(command);
      }
      return (Command) shape.constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("every command is a public record", e);
    }
  }
}
