package points.ledger.wire;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Lot;

/**
 * Makes messages of records by their declaration alone. The domain has no annotations of a format,
 * so nothing is to be done here for a new command, refusal or field.
 *
 * <ul>
 *   <li>One of a sealed interface is sent with the simple name of its class, as {@value #NAME}.
 *   <li>A component that is {@code @Nullable} may be null, and is null when it is not sent.
 *   <li>A number of 0, {@code false} and an empty list or map are not sent, and are that when they
 *       are not sent.
 *   <li>A message without any other component is refused.
 * </ul>
 */
final class WireTypes extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1;

  /** No component of a record can have this name. */
  private static final String NAME = "@";

  private static final JsonTypeInfo.Value BY_NAME =
      JsonTypeInfo.Value.construct(
          JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, NAME, null, false, null, null);

  private final boolean positional;

  /**
   * @param positional whether all records are arrays of their components
   */
  WireTypes(boolean positional) {
    this.positional = positional;
  }

  @Override
  public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
      MapperConfig<?> config, Annotated of) {
    return of instanceof AnnotatedClass && of.getRawType().isSealed() ? BY_NAME : null;
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(Annotated of) {
    return of.getRawType().isSealed()
        ? permitted(of.getRawType()).map(it -> new NamedType(it, it.getSimpleName())).toList()
        : null;
  }

  /** All records of a sealed interface. */
  static Stream<Class<?>> permitted(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(WireTypes::permitted)
        : Stream.of(type);
  }

  @Override
  public JsonInclude.Value findPropertyInclusion(Annotated of) {
    if (!(of instanceof AnnotatedMember)) {
      return JsonInclude.Value.empty();
    }
    return JsonInclude.Value.construct(
        switch (Absence.of(of)) {
          case NULL, REFUSED -> Include.NON_NULL;
          case EMPTY -> Include.NON_EMPTY;
          case ZERO -> Include.NON_DEFAULT;
        },
        Include.ALWAYS);
  }

  @Override
  public Boolean hasRequiredMarker(AnnotatedMember of) {
    return Absence.of(of) == Absence.REFUSED;
  }

  @Override
  public JsonSetter.Value findSetterInfo(Annotated of) {
    return of instanceof AnnotatedMember
        ? JsonSetter.Value.construct(
            switch (Absence.of(of)) {
              case NULL, ZERO -> Nulls.DEFAULT;
              case REFUSED -> Nulls.FAIL;
              case EMPTY -> Nulls.AS_EMPTY;
            },
            Nulls.FAIL)
        : JsonSetter.Value.empty();
  }

  @Override
  public JsonFormat.@Nullable Value findFormat(Annotated of) {
    return of instanceof AnnotatedClass
            && of.getRawType().isRecord()
            && (positional || of.getRawType() == Lot.class)
        ? JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY)
        : null;
  }

  /** The value of a component that was not sent. */
  private enum Absence {
    NULL,
    EMPTY,
    ZERO,
    REFUSED;

    private static Absence of(Annotated component) {
      Class<?> type = component.getRawType();
      if (isNullable(component)) {
        return NULL;
      } else if (type.isPrimitive()) {
        return ZERO;
      }
      boolean many = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
      return many ? EMPTY : REFUSED;
    }

    private static boolean isNullable(Annotated component) {
      AnnotatedType type = null;
      if (component instanceof AnnotatedParameter parameter) {
        var owner = (Executable) parameter.getOwner().getAnnotated();
        type = owner.getAnnotatedParameterTypes()[parameter.getIndex()];
      } else {
        AnnotatedElement element = component.getAnnotated();
        type =
            element instanceof Field field
                ? field.getAnnotatedType()
                : ((Executable) element).getAnnotatedReturnType();
      }
      return type.isAnnotationPresent(Nullable.class);
    }
  }
}
