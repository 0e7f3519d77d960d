package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Access to private fields of the engine's classes, for twins that store into them in the wrong place or order.
 * The access modes are those of the engine, except where the name has none: those are plain.
 */
final class Open {
    private static final VarHandle PLACES;
    private static final VarHandle TOPHASH;
    private static final VarHandle SLOTS;
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Shard[].class);

    /** By reflection, because a handle cannot write a final field. */
    private static final Field SEED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Shard.class, MethodHandles.lookup());
            PLACES = MethodHandles.privateLookupIn(Directory.class, MethodHandles.lookup())
                    .findVarHandle(Directory.class, "places", Shard[].class);
            TOPHASH = lookup.findVarHandle(Shard.class, "tophash", long[].class);
            SLOTS = lookup.findVarHandle(Shard.class, "slots", Object[].class);
            SEED = Directory.class.getDeclaredField("seed");
            SEED.setAccessible(true);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Open() {}

    static Shard[] places(Directory directory) {
        return (Shard[]) PLACES.get(directory);
    }

    static long[] words(Shard shard) {
        return (long[]) TOPHASH.get(shard);
    }

    static void setWordRelease(Shard shard, int bucket, long word) {
        WORD.setRelease(words(shard), bucket, word);
    }

    static void setHolderRelease(Shard shard, int at, @Nullable Object holder) {
        SLOT.setRelease((Object[]) SLOTS.get(shard), at, holder);
    }

    static void setValueRelease(Shard shard, int at, @Nullable Object value) {
        SLOT.setRelease((Object[]) SLOTS.get(shard), at + 1, value);
    }

    static void setPlaceRelease(Shard[] places, int index, Shard shard) {
        PLACE.setRelease(places, index, shard);
    }

    static void setSeed(Directory directory, long seed) {
        try {
            SEED.setLong(directory, seed);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
