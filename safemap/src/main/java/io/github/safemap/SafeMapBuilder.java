package io.github.safemap;

import io.github.safemap.core.engine.Growth;
import io.github.safemap.core.engine.ShardPolicy;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link SafeMap}, each named by its consequence. The defaults suit maps of any size;
 * {@code SafeMap.builder().build()} is {@code new SafeMap<>()}.
 */
public final class SafeMapBuilder {
    static final int DEFAULT_SHARDS = 16;
    private static final int MAX_SHARDS = 1 << 16;
    static final int DEFAULT_SHRINK_THRESHOLD = 32;

    private int shards = DEFAULT_SHARDS;
    private long expectedSize;
    private boolean growOnly;
    private int shrinkThreshold = DEFAULT_SHRINK_THRESHOLD;
    private @Nullable Executor executor = ForkJoinPool.commonPool();

    SafeMapBuilder() {}

    /**
     * Makes room for so many entries: the tables start large enough for them, and never shrink below
     * that. A table is made when its shard's first entry comes.
     *
     * @param entries the expected number of entries; 0, the default, for no expectation
     * @return this builder
     * @throws IllegalArgumentException if the number is negative
     */
    public SafeMapBuilder expectedSize(long entries) {
        if (entries < 0) {
            throw new IllegalArgumentException("expectedSize: " + entries + " is negative");
        }
        expectedSize = entries;
        return this;
    }

    /**
     * Divides the map into so many tables, each of which grows and shrinks by itself. Threads do not
     * wait for each other's shards nor for each other within one, but for single buckets, so the number
     * matters little: more shards make each allocation of a table smaller, and small maps larger. The
     * default is 16.
     *
     * @param count the number of shards, rounded up to a power of two
     * @return this builder
     * @throws IllegalArgumentException if the number is not between 1 and 65,536
     */
    public SafeMapBuilder shards(int count) {
        if (count < 1 || count > MAX_SHARDS) {
            throw new IllegalArgumentException("shards: " + count + " is not between 1 and " + MAX_SHARDS);
        }
        shards = count;
        return this;
    }

    /**
     * Never shrinks a table by itself: deletions then cost a little less, and the memory is kept for the
     * entries to come. {@link SafeMap#clear} and {@link SafeMap#trim} still give memory back.
     *
     * @return this builder
     */
    public SafeMapBuilder growOnly() {
        growOnly = true;
        return this;
    }

    /**
     * Lets so many deletions pass in a shard before it is rebuilt to fit its survivors. A rebuild also
     * needs the survivors to fill no more than half of the smaller table. The default is 32; more makes
     * maps whose size swings widely do less work, and keeps more memory meanwhile.
     *
     * @param deletions the deletions, since the shard was last rebuilt, that lead to no rebuild
     * @return this builder
     * @throws IllegalArgumentException if the number is negative
     */
    public SafeMapBuilder shrinkThreshold(int deletions) {
        if (deletions < 0) {
            throw new IllegalArgumentException("shrinkThreshold: " + deletions + " is negative");
        }
        shrinkThreshold = deletions;
        return this;
    }

    /**
     * Ends growth and rebuilds on this executor when no writes come that would end them. Without this
     * setting it is the common pool. The tasks are short, and there is no more than one at a time.
     *
     * @param executor runs the tasks
     * @return this builder
     * @throws NullPointerException if the executor is null
     */
    public SafeMapBuilder executor(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Uses no executor: a rebuild that has begun is ended by later writes to its shard, or by {@link
     * SafeMap#trim}.
     *
     * @return this builder
     */
    public SafeMapBuilder noExecutor() {
        executor = null;
        return this;
    }

    /**
     * Creates an empty map.
     *
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @return the map
     */
    public <K, V> SafeMap<K, V> build() {
        return new SafeMap<>(policy());
    }

    ShardPolicy policy() {
        int shardBits = Integer.SIZE - Integer.numberOfLeadingZeros(shards - 1);
        return new ShardPolicy(
                shardBits,
                Growth.bitsFor(ShardPolicy.share(expectedSize, shardBits)),
                growOnly,
                shrinkThreshold,
                executor);
    }
}
