package points.ledger.wire;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import points.ledger.account.Lot;
import points.ledger.account.Lots;
import points.ledger.award.CapUse;
import points.ledger.book.Caps.Period;
import points.ledger.rules.Fraction;

/**
 * Records filled at random, as their declaration lets them be: whatever is {@code @Nullable} is
 * null at times, lists are empty at times, and of a sealed interface any record is taken. A record
 * that is new is filled without an edit here.
 */
public final class Samples {

  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    23,
    24,
    255,
    256,
    65_536,
    1L << 32,
    1_000_000_000_000_000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final String[] TEXTS = {"", "a", "会员-7", "S 1/\"x\"", "🙂", "a".repeat(300)};
  private static final Instant[] TIMES = {
    Instant.EPOCH,
    Lot.NEVER,
    Instant.MIN,
    Instant.parse("2026-06-18T12:30:00.123456789Z"),
    Instant.parse("1969-12-31T23:59:59.999999999Z"),
    Instant.parse("2027-11-22T16:00:00Z")
  };

  private final Random random;

  private Samples(long seed) {
    // Seeds that are close begin alike; far apart they do not.
    this.random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
  }

  /** Some of each record that the sealed interface permits. */
  public static <T> Stream<T> ofEach(Class<T> sealed, int some) {
    return WireTypes.permitted(sealed)
        .flatMap(type -> Stream.iterate(0, i -> i + 1).limit(some).map(i -> of(type, i)))
        .map(sealed::cast);
  }

  public static <T> T of(Class<T> type, long seed) {
    return type.cast(new Samples(31L * type.getName().hashCode() + seed).plain(type));
  }

  private @Nullable Object any(AnnotatedType type) {
    if (type.isAnnotationPresent(Nullable.class) && random.nextBoolean()) {
      return null;
    }
    if (type.getType() instanceof ParameterizedType generic) {
      AnnotatedType[] of = ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments();
      return many((Class<?>) generic.getRawType(), of);
    }
    return plain((Class<?>) type.getType());
  }

  private Object many(Class<?> type, AnnotatedType[] of) {
    if (type == List.class) {
      return Stream.generate(() -> any(of[0])).limit(random.nextInt(4)).toList();
    }
    if (type == Set.class) {
      return Stream.generate(() -> any(of[0])).limit(random.nextInt(4)).collect(Collectors.toSet());
    }
    var map = new TreeMap<Object, Object>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put("key" + random.nextInt(9), Objects.requireNonNull(any(of[1])));
    }
    return map;
  }

  private Object plain(Class<?> type) {
    if (type.isSealed()) {
      return plain(one(WireTypes.permitted(type).toArray(Class<?>[]::new)));
    } else if (type == Fraction.class) {
      return Fraction.of(random.nextInt(5_000), 1 + random.nextInt(5_000));
    } else if (type == CapUse.class) {
      LocalDate day = LocalDate.ofEpochDay(random.nextInt(50_000));
      return CapUse.on(day, one(TEXTS), one(Period.values()), random.nextInt());
    } else if (type.isRecord()) {
      return record(type);
    } else if (type.isEnum()) {
      return one(type.getEnumConstants());
    } else if (type == String.class) {
      return one(TEXTS);
    } else if (type == long.class || type == Long.class) {
      return random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextInt(5_000);
    } else if (type == int.class || type == Integer.class) {
      return random.nextInt();
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (type == Instant.class) {
      return one(TIMES);
    } else if (type == Duration.class) {
      return random.nextBoolean() ? Duration.ofMinutes(15) : Duration.ofSeconds(3, 5);
    } else if (type == UUID.class) {
      return new UUID(random.nextLong(), random.nextLong());
    } else if (type == Lots.class) {
      return lots();
    }
    throw new IllegalArgumentException("no samples of " + type + " are known");
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      return type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(Arrays.stream(components).map(it -> any(it.getAnnotatedType())).toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record that cannot be filled: " + type, e);
    }
  }

  private Lots lots() {
    var expiries = new TreeSet<Instant>();
    for (int i = random.nextInt(5); i > 0; i--) {
      expiries.add(one(TIMES));
    }
    expiries.remove(Instant.MIN);
    var lots = new ArrayList<Lot>();
    expiries.forEach(it -> lots.add(new Lot(it, 1 + random.nextInt(5_000))));
    return Lots.of(lots);
  }

  private <E> E one(E[] of) {
    return of[random.nextInt(of.length)];
  }
}
