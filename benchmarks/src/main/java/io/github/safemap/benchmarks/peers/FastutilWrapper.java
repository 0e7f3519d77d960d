package io.github.safemap.benchmarks.peers;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * trivago's {@code ConcurrentLongLongMap} with its default settings, as a map of {@code Long} to {@code
 * Long} that has only get, put and remove. It boxes what it returns, which its own callers need not do,
 * and begins with room for 800,000 entries.
 */
public final class FastutilWrapper extends AbstractMap<Long, Long> {
    private static final String PACKAGE = "com.trivago.fastutilconcurrentwrapper.";
    private static final String BUILDER = PACKAGE + "ConcurrentLongLongMapBuilder";

    /** What its methods return for an absent key, by default; no benchmark stores it. */
    private static final long ABSENT = 0;

    private final Object map = create();

    /** Returns why there is none here; nothing if there is. */
    public static Optional<String> missing() {
        return Lookup.missing(BUILDER, "fastutil wrapper", "com.trivago:fastutil-concurrent-wrapper:0.2.3");
    }

    @Override
    public @Nullable Long get(Object key) {
        try {
            return boxed((long) Calls.GET.invokeExact(map, (long) (Long) key));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    @Override
    public @Nullable Long put(Long key, Long value) {
        try {
            return boxed((long) Calls.PUT.invokeExact(map, (long) key, (long) value));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    @Override
    public @Nullable Long remove(Object key) {
        try {
            return boxed((long) Calls.REMOVE.invokeExact(map, (long) (Long) key));
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    @Override
    public int size() {
        try {
            return (int) Calls.SIZE.invokeExact(map);
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    @Override
    public Set<Map.Entry<Long, Long>> entrySet() {
        throw new UnsupportedOperationException();
    }

    private static Object create() {
        try {
            Class<?> builder = Class.forName(BUILDER);
            Object settings = builder.getMethod("newBuilder").invoke(null);
            return builder.getMethod("build").invoke(settings);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException(missing().orElse(BUILDER), e);
        }
    }

    private static @Nullable Long boxed(long value) {
        return value == ABSENT ? null : value;
    }

    private static RuntimeException failure(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException r ? r : new IllegalStateException(e);
    }

    /** The calls, as constants that the compiler inlines. */
    private static final class Calls {
        static final MethodHandle GET = method("get", long.class, long.class);
        static final MethodHandle PUT = method("put", long.class, long.class, long.class);
        static final MethodHandle REMOVE = method("remove", long.class, long.class);
        static final MethodHandle SIZE = method("size", int.class);

        private Calls() {}

        private static MethodHandle method(String name, Class<?> result, Class<?>... arguments) {
            try {
                MethodType type = methodType(result, arguments);
                return MethodHandles.publicLookup()
                        .findVirtual(Class.forName(PACKAGE + "LongLongMap"), name, type)
                        .asType(type.insertParameterTypes(0, Object.class));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
