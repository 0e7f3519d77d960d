package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A control for the write flag at bucket grain: SafeMap's shards and buckets, and its look-up, but a
 * writer locks the whole shard. The lock is taken by a compare-and-set of a word with cache lines of its
 * own, and given back by a volatile store, as a bucket's is.
 *
 * <p>It has what the throughput benchmarks need: get, put and remove, in tables that are made for their
 * number of entries and neither grow nor shrink.
 */
public final class LockedBuckets<K, V> extends AbstractMap<K, V> {
    private static final int SHARDS = 16;
    private static final int APART = 32; // ints: two cache lines

    private final Table[] tables = new Table[SHARDS];
    private final @Nullable Bucket[][] rows = new @Nullable Bucket[SHARDS][];
    private final int[] locks = new int[(SHARDS + 1) * APART];
    private final long seed = HashSeed.random();
    private final LongAdder inserted = new LongAdder();
    private final LongAdder removed = new LongAdder();

    /** Creates an empty map for so many entries. */
    public LockedBuckets(int expectedSize) {
        int bits = Growth.bitsFor(expectedSize / SHARDS);
        for (int i = 0; i < SHARDS; i++) {
            tables[i] = new Table(bits, seed);
            rows[i] = tables[i].buckets();
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V get(Object key) {
        long hash = HashSeed.spread(key.hashCode(), seed);
        int shard = HashSeed.shardIndex(hash, SHARDS - 1);
        Object found = Table.probe(rows[shard], key, hash);
        return (V) (found == Table.UNDECIDED ? tables[shard].getSlowly(key, hash) : found);
    }

    @Override
    public @Nullable V put(K key, V value) {
        return write(key, value);
    }

    @Override
    public @Nullable V remove(Object key) {
        return write(key, null);
    }

    @SuppressWarnings("unchecked")
    private @Nullable V write(Object key, @Nullable Object value) {
        long hash = HashSeed.spread(key.hashCode(), seed);
        int shard = HashSeed.shardIndex(hash, SHARDS - 1);
        lock(shard);
        try {
            return (V) writeLocked(tables[shard], key, hash, value);
        } finally {
            setLockVolatile(shard, 0);
        }
    }

    private @Nullable Object writeLocked(Table table, Object key, long hash, @Nullable Object value) {
        int index = table.indexOf(hash);
        Bucket main = table.getBucketAcquire(index);
        int position = main == null ? Chain.ABSENT : Chain.find(main, key, TopHash.pattern(hash));
        if (main != null && position != Chain.ABSENT) {
            if (value != null) {
                return Chain.replaceAt(main, position, value);
            }
            int before = Chain.count(main);
            Object old = Chain.removeAt(main, position);
            end(main, table.tidied(index, main, before - 1));
            removed.increment();
            return old;
        }
        if (value == null) {
            return null;
        }
        inserted.increment();
        if (main == null) {
            Bucket first = new Bucket(Bucket.FEW);
            first.fill(0, TopHash.of(hash), key, value);
            table.setBucketRelease(index, first);
        } else {
            end(main, table.add(index, main, TopHash.of(hash), key, value, false));
        }
        return null;
    }

    /** Says of a chain that a slot was filled or emptied, for those who read it. */
    private static void end(Bucket main, @Nullable Bucket now) {
        if (now == main) {
            main.bumpVersion();
        } else {
            main.retire();
        }
    }

    @Override
    public int size() {
        return (int) (inserted.sum() - removed.sum());
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        throw new UnsupportedOperationException("a control has no views");
    }

    private void lock(int shard) {
        for (int waited = 0; !tryLock(shard); ) {
            waited = Backoff.pause(waited);
        }
    }

    private boolean tryLock(int shard) {
        return (int) LOCK.getAcquire(locks, (shard + 1) * APART) == 0
                && LOCK.compareAndSet(locks, (shard + 1) * APART, 0, 1);
    }

    private void setLockVolatile(int shard, int state) {
        LOCK.setVolatile(locks, (shard + 1) * APART, state);
    }

    private static final VarHandle LOCK = MethodHandles.arrayElementVarHandle(int[].class);
}
