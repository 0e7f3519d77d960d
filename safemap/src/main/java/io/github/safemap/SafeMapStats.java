package io.github.safemap;

import io.github.safemap.core.engine.Rebuilds;
import io.github.safemap.core.engine.Shards;
import io.github.safemap.core.engine.ShardsShape;

/**
 * What a {@link SafeMap} is like at about one moment, for monitoring. Figures of the present come first;
 * those from {@code grows} on are sums since the map was made, and do not go back when it is cleared.
 *
 * <p>The counters are read one after the other while the map goes on, so they need not fit together
 * exactly.
 *
 * @param entries the number of entries, as {@link SafeMap#mappingCount}
 * @param shards the number of shards
 * @param buckets the places for main buckets in all shards; 0 until the first entry. A bucket object is
 *     made when its first entry comes
 * @param overflowBuckets the buckets chained behind main ones
 * @param tableBytes about how many bytes the tables take, without keys and values: an estimate from a
 *     sample of about a thousand buckets, for a JVM without compact object headers
 * @param load entries a bucket, {@code entries / buckets}; tables grow at 6.5. 0 if there are no buckets
 * @param longestChain the most buckets, a main one included, that a chain has had since its table was built
 * @param deletionsSinceRebuild about how many entries have been removed since their tables were built:
 *     what {@link SafeMapBuilder#shrinkThreshold} is compared with, shard by shard
 * @param grows how many times a shard has moved to a larger table
 * @param shrinks how many times a shard has moved to a smaller table
 * @param entriesMoved how many entries have moved from table to table, each as often as it did
 * @param bytesGivenBack by how many bytes the tables' arrays have become smaller. What single buckets gave
 *     back before, when they became empty, and what {@link SafeMap#clear} did, is not counted
 * @param longestStepNanos the nanoseconds of the longest single step of a rebuild that was timed: making a
 *     table, or moving up to 512 buckets on the executor. The two or three buckets that a write moves are
 *     not timed
 */
public record SafeMapStats(
        long entries,
        int shards,
        long buckets,
        long overflowBuckets,
        long tableBytes,
        double load,
        int longestChain,
        long deletionsSinceRebuild,
        long grows,
        long shrinks,
        long entriesMoved,
        long bytesGivenBack,
        long longestStepNanos) {

    static SafeMapStats of(Shards shards) {
        ShardsShape shape = ShardsShape.of(shards);
        Rebuilds rebuilds = shards.rebuilds();
        long entries = shards.size();
        return new SafeMapStats(
                entries,
                shards.length(),
                shape.buckets(),
                shape.overflowBuckets(),
                shape.bytes(),
                shape.buckets() == 0 ? 0 : (double) entries / shape.buckets(),
                shape.longestChain(),
                shape.deletions(),
                rebuilds.grown(),
                rebuilds.shrunk(),
                rebuilds.entriesMoved(),
                rebuilds.bytesGivenBack(),
                rebuilds.longestStepNanos());
    }
}
