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
 * <p>The defaults suit maps of any size: {@code SafeMap.builder().build()} is the same as {@code new SafeMap<>()}. A
 * builder may be used again. It is for one thread.
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
     * Makes room for this many entries: from the start the map has as many shards as they need, at most 131,072,
     * and it never gives that room back. A shard's table is created for its first entry. You do not need this
     * for speed, because growth copies each entry only once or twice, some hundreds at a time.
     *
     * @param entries the expected number of entries; 0, the default, for no expectation
     * @return this builder
     * @throws IllegalArgumentException if the number is negative
     * @since 0.1.0
     */
    public SafeMapBuilder expectedSize(long entries) {
        if (entries < 0) {
            throw new IllegalArgumentException("expectedSize: " + entries + " is negative");
        }
        expectedSize = entries;
        return this;
    }

    /**
     * Starts with this number of shards, and never goes below. A shard has one writer at a time. A map
     * adds shards by itself as it grows, and when threads wait for each other. So this matters only
     * to a small map that many threads write from the start. Each shard takes some 60 bytes
     * before its first entry. The default is 1.
     *
     * @param count the number of shards, rounded up to a power of two
     * @return this builder
     * @throws IllegalArgumentException if the number is not between 1 and 65,536
     * @since 0.1.0
     */
    public SafeMapBuilder shards(int count) {
        if (count < 1 || count > MAX_SHARDS) {
            throw new IllegalArgumentException("shards: " + count + " is not between 1 and " + MAX_SHARDS);
        }
        shards = count;
        return this;
    }

    /**
     * Never shrinks or merges shards by itself: the map keeps the memory for future entries.
     * {@link SafeMap#clear} and {@link SafeMap#trim} still give memory back.
     *
     * @return this builder
     * @since 0.1.0
     */
    public SafeMapBuilder growOnly() {
        growOnly = true;
        return this;
    }

    /**
     * Sets how many deletions a shard must have, since it last grew, before deletions can shrink it. A shard
     * has at most about 450 entries, and shrinks when at most a quarter of its slots are live. The
     * default is 32. If the size of a map swings widely, a larger number saves work, but it keeps more memory
     * meanwhile. From about 450 on, a shard that only loses entries does not shrink.
     *
     * @param deletions the number of deletions that lead to no rebuild
     * @return this builder
     * @throws IllegalArgumentException if the number is negative
     * @since 0.1.0
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
     * @since 0.1.0
     */
    public <K, V> SafeMap<K, V> build() {
        return new SafeMap<>(policy());
    }

    ShardPolicy policy() {
        boolean unchanged = shards == DEFAULT_SHARDS
                && expectedSize == 0
                && !growOnly
                && shrinkThreshold == DEFAULT_SHRINK_THRESHOLD;
        // All maps share it. Not found by equals: in the JDK a record's equals keeps its class loader reachable.
        return unchanged ? DEFAULT : ShardPolicy.of(shards, expectedSize, growOnly, shrinkThreshold);
    }
}
