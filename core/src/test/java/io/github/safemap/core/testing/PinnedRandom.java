package io.github.safemap.core.testing;

import java.lang.reflect.Field;
import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes {@link ThreadLocalRandom} of the current thread predictable. The maps take their seeds and the starts
 * of their iterations from it, so a history can be replayed only if these are the same.
 *
 * <p>Needs {@code --add-opens java.base/java.lang=ALL-UNNAMED}. The build gives it to all tests.
 */
public final class PinnedRandom {
    private static final Field SEED = seed();
    private static final SecureRandom UNKNOWN = new SecureRandom();

    private PinnedRandom() {}

    /** Makes the current thread's random numbers follow from a seed. */
    public static void pin(long seed) {
        ThreadLocalRandom.current(); // the first call sets a seed of its own
        try {
            SEED.setLong(Thread.currentThread(), seed);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes them unpredictable again. */
    public static void release() {
        pin(UNKNOWN.nextLong());
    }

    private static Field seed() {
        try {
            Field field = Thread.class.getDeclaredField("threadLocalRandomSeed");
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
