package points.ledger;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import points.ledger.domain.Command;
import points.ledger.domain.Request;

/** The same command as another request. */
public final class Requests {

  private Requests() {}

  /** A copy of any command, equal but for its request. */
  public static Command as(Request request, Command command) {
    RecordComponent[] components = command.getClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Object[] values = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        values[i] =
            types[i] == Request.class ? request : components[i].getAccessor().invoke(command);
      }
      Constructor<?> constructor = command.getClass().getDeclaredConstructor(types);
      return (Command) constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("every command is a public record", e);
    }
  }
}
