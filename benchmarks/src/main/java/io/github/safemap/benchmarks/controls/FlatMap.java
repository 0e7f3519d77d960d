package io.github.safemap.benchmarks.controls;

import io.github.safemap.core.engine.HashSeed;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A control for the layout of the tables: as SafeMap, with one write flag a bucket, but without bucket
 * objects. See {@link FlatTable}.
 *
 * <p>It has what the throughput benchmarks need: get, put and remove, in tables that are made for their
 * number of entries and neither grow nor shrink.
 */
public final class FlatMap<K, V> extends AbstractMap<K, V> {
    private static final int SHARDS = 16;
    private static final int SHARD_SHIFT = 16;
    private static final double LOAD_FACTOR = 6.5;

    private final FlatTable[] tables = new FlatTable[SHARDS];
    private final long seed = HashSeed.random();
    private final LongAdder inserted = new LongAdder();
    private final LongAdder removed = new LongAdder();

    /** Creates an empty map for so many entries. */
    public FlatMap(int expectedSize) {
        int bits = 0;
        while ((LOAD_FACTOR * SHARDS) * (1L << bits) < expectedSize) {
            bits++;
        }
        for (int i = 0; i < SHARDS; i++) {
            tables[i] = new FlatTable(bits);
        }
    }

    private FlatTable tableOf(long hash) {
        return tables[(int) hash >>> SHARD_SHIFT & (SHARDS - 1)];
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V get(Object key) {
        long hash = HashSeed.spread(key.hashCode(), seed);
        return (V) tableOf(hash).get(key, hash);
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V put(K key, V value) {
        long hash = HashSeed.spread(key.hashCode(), seed);
        Object old = tableOf(hash).put(key, hash, value, inserted);
        return (V) old;
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V remove(Object key) {
        long hash = HashSeed.spread(key.hashCode(), seed);
        Object old = tableOf(hash).remove(key, hash);
        if (old != null) {
            removed.increment();
        }
        return (V) old;
    }

    @Override
    public int size() {
        return (int) (inserted.sum() - removed.sum());
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        throw new UnsupportedOperationException("a control has no views");
    }
}
