package io.github.safemap;

import io.github.safemap.core.engine.ShardPolicy;

/**
 * The settings of a {@link SafeMap}, each named by its consequence.
 *
 * <pre>{@code
 * SafeMap<Long, Order> orders = SafeMap.builder()
 *         .expectedSize(1_000_000)
 *         .build();
 * }</pre>
 *
 * <p>The defaults suit maps of any size; {@code SafeMap.builder().build()} is {@code new SafeMap<>()}. A builder
 * may be used again, and is for one thread.
 *
 * @since 0.1.0
 */
public final class SafeMapBuilder {
    static final int DEFAULT_SHARDS = 1;
    private static final int MAX_SHARDS = 1 << 16;
    static final int DEFAULT_SHRINK_THRESHOLD = 32;
    private static final ShardPolicy DEFAULT = ShardPolicy.of(DEFAULT_SHARDS, 0, false, DEFAULT_SHRINK_THRESHOLD);

    private int shards = DEFAULT_SHARDS;
    private long expectedSize;
    private boolean growOnly;
    private int shrinkThreshold = DEFAULT_SHRINK_THRESHOLD;

    SafeMapBuilder() {}

    /**
     * Makes room for so many entries: the map has as many shards as they need from the start, at most 131,072,
     * and never gives that room back. A shard's table is made when its first entry comes. Not needed for speed:
     * growth copies each entry once or twice, some hundreds at a time.
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
     * Starts with so many shards, and never goes below. A shard is written by one thread at a time. A map
     * makes more of them by itself as it grows, and when threads wait for each other; so this matters only
     * to a small map that many threads write from its first moment on. Each shard takes some 60 bytes
     * before its first entry. The default is 1.
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
     * Never makes a shard smaller, or one of two, by itself: the memory is kept for the entries to come.
     * {@link SafeMap#clear} and {@link SafeMap#trim} still give memory back.
     *
     * @return this builder
     */
    public SafeMapBuilder growOnly() {
        growOnly = true;
        return this;
    }

    /**
     * Lets so many deletions pass in a shard, since it last grew, before deletions make it smaller. A shard
     * has at most about 450 entries, and is made smaller when no more than a quarter of its slots
     * live. The default is 32; more makes maps whose size swings widely do less work, and keeps more memory
     * meanwhile; from about 450 on, shards stay as they are.
     *
     * @param deletions the deletions that lead to no rebuild
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
        boolean unchanged = shards == DEFAULT_SHARDS
                && expectedSize == 0
                && !growOnly
                && shrinkThreshold == DEFAULT_SHRINK_THRESHOLD;
        // All maps share it. It is not found by equals: a record's keeps its class loader reachable in the JDK.
        return unchanged ? DEFAULT : ShardPolicy.of(shards, expectedSize, growOnly, shrinkThreshold);
    }
}
