package io.github.safemap.benchmarks.controls;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A shard's table in three arrays: sixteen references a bucket, key and value side by side; a tophash
 * word and a control word a bucket; and the bucket that a bucket overflows into. Overflow buckets lie in a
 * reserve behind the main ones.
 *
 * <p>The protocol is that of the engine's buckets (docs/memory-model.md), without what growth needs.
 */
final class FlatTable {
    private static final int SLOTS = 8;
    private static final int CLAIMED = 1;
    private static final int VERSION_STEP = 2;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int ABSENT = -1;

    private final @Nullable Object[] slots;
    private final long[] meta;
    private final int[] overflow;
    private final int mask;
    private final AtomicInteger free;

    FlatTable(int bits) {
        int main = 1 << bits;
        int all = main + main / 2 + 4; // chance is not even in a small table
        slots = new @Nullable Object[2 * SLOTS * all];
        meta = new long[2 * all];
        overflow = new int[all];
        mask = main - 1;
        free = new AtomicInteger(main);
    }

    private static long pattern(long hash) {
        return (0x80 | (hash >>> 57)) * LOW_BITS;
    }

    private static long matches(long word, long pattern) {
        long difference = word ^ pattern;
        return (difference - LOW_BITS) & ~difference & HIGH_BITS;
    }

    private int indexOf(long hash) {
        return (int) (hash >>> 32) & mask;
    }

    @Nullable Object get(Object key, long hash) {
        int bucket = indexOf(hash);
        long top = getMetaAcquire(2 * bucket);
        long matches = matches(top, pattern(hash));
        if (matches != 0) {
            long word = getMetaAcquire(2 * bucket + 1);
            int valueAt = (bucket << 4) + (Long.numberOfTrailingZeros(matches) >>> 2);
            Object candidate = getSlotAcquire(valueAt - 1);
            if (candidate == key || (candidate != null && key.equals(candidate))) {
                Object value = getSlotAcquire(valueAt);
                if (word == getMetaAcquire(2 * bucket + 1) && (word & CLAIMED) == 0) {
                    return value;
                }
            }
        } else if (top >>> 56 == 0) {
            return null;
        }
        return getSlowly(key, hash, bucket);
    }

    private @Nullable Object getSlowly(Object key, long hash, int bucket) {
        while (true) {
            long word = getMetaAcquire(2 * bucket + 1);
            int valueAt = find(key, hash, bucket);
            if (valueAt == ABSENT) {
                return null;
            }
            Object value = getSlotAcquire(valueAt);
            if (((word ^ getMetaAcquire(2 * bucket + 1)) & ~(long) CLAIMED) == 0) {
                return value;
            }
        }
    }

    /** Returns where the value of a key is, or {@link #ABSENT}. */
    private int find(Object key, long hash, int main) {
        long pattern = pattern(hash);
        int bucket = main;
        do {
            for (long m = matches(getMetaAcquire(2 * bucket), pattern); m != 0; m &= m - 1) {
                int valueAt = (bucket << 4) + (Long.numberOfTrailingZeros(m) >>> 2);
                Object candidate = getSlotAcquire(valueAt - 1);
                if (candidate == key || (candidate != null && key.equals(candidate))) {
                    return valueAt;
                }
            }
            bucket = (int) OVERFLOW.getAcquire(overflow, bucket);
        } while (bucket != 0);
        return ABSENT;
    }

    @Nullable Object put(Object key, long hash, Object value, LongAdder inserted) {
        int main = indexOf(hash);
        for (; ; ) {
            long word = getMetaAcquire(2 * main + 1);
            int valueAt = find(key, hash, main);
            if ((word & CLAIMED) != 0 || !tryClaim(main, word)) {
                Thread.onSpinWait();
                continue;
            }
            if (valueAt != ABSENT) {
                Object old = getSlotAcquire(valueAt);
                setSlotRelease(valueAt, value);
                giveBack(main, word);
                return old;
            }
            inserted.increment();
            add(key, hash, value, main);
            giveBack(main, word + VERSION_STEP);
            return null;
        }
    }

    private void add(Object key, long hash, Object value, int main) {
        int bucket = main;
        for (; ; ) {
            long top = getMetaAcquire(2 * bucket);
            long empty = ~top & HIGH_BITS;
            if (empty != 0) {
                int shift = Long.numberOfTrailingZeros(empty) & ~7;
                int valueAt = (bucket << 4) + (shift >>> 2) + 1;
                setSlotRelease(valueAt, value);
                setSlotRelease(valueAt - 1, key);
                long others = top & ~(0xffL << shift);
                setMetaRelease(2 * bucket, others | (0x80 | (hash >>> 57)) << shift);
                return;
            }
            int next = (int) OVERFLOW.getAcquire(overflow, bucket);
            if (next == 0) {
                next = free.getAndIncrement();
                OVERFLOW.setRelease(overflow, bucket, next);
            }
            bucket = next;
        }
    }

    @Nullable Object remove(Object key, long hash) {
        int main = indexOf(hash);
        for (; ; ) {
            long word = getMetaAcquire(2 * main + 1);
            int valueAt = find(key, hash, main);
            if (valueAt == ABSENT) {
                return null;
            }
            if ((word & CLAIMED) != 0 || !tryClaim(main, word)) {
                Thread.onSpinWait();
                continue;
            }
            Object old = getSlotAcquire(valueAt);
            int bucket = valueAt >>> 4;
            int shift = ((valueAt >>> 1) & (SLOTS - 1)) << 3;
            // 1, not 0, says that an overflow bucket may follow: get asks the last byte only.
            long empty = (int) OVERFLOW.getAcquire(overflow, bucket) == 0 ? 0 : 1;
            long top = getMetaAcquire(2 * bucket) & ~(0xffL << shift) | empty << shift;
            setMetaRelease(2 * bucket, top);
            setSlotRelease(valueAt, null);
            setSlotRelease(valueAt - 1, null);
            giveBack(main, word + VERSION_STEP);
            return old;
        }
    }

    private boolean tryClaim(int main, long word) {
        return META.compareAndSet(meta, 2 * main + 1, word, word | CLAIMED);
    }

    /** Volatile, as in the engine: a thread that has written must not read ahead of it. */
    private void giveBack(int main, long word) {
        META.setVolatile(meta, 2 * main + 1, word);
    }

    private long getMetaAcquire(int index) {
        return (long) META.getAcquire(meta, index);
    }

    private void setMetaRelease(int index, long word) {
        META.setRelease(meta, index, word);
    }

    private @Nullable Object getSlotAcquire(int index) {
        return (Object) SLOT.getAcquire(slots, index);
    }

    private void setSlotRelease(int index, @Nullable Object reference) {
        SLOT.setRelease(slots, index, reference);
    }

    private static final VarHandle META = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle OVERFLOW = MethodHandles.arrayElementVarHandle(int[].class);
}
