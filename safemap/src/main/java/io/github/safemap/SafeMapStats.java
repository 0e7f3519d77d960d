package io.github.safemap;

import io.github.safemap.core.engine.Directory;
import io.github.safemap.core.engine.DirectoryStats;
import io.github.safemap.core.engine.RebuildCounts;
import io.github.safemap.core.engine.RebuildKind;

/**
 * Figures of a {@link SafeMap} at about one moment, for monitoring. The first ones describe the present. Those
 * from {@link #growths} on are sums since the map was created; a clear does not reset them.
 *
 * <p>The figures are read one after the other while the map is in use, so they need not fit together
 * exactly.
 *
 * @since 0.1.0
 */
public final class SafeMapStats {
    private final long entries;
    private final DirectoryStats tables;
    private final long growths;
    private final long cleanings;
    private final long shrinks;
    private final long splits;
    private final long merges;
    private final long entriesMoved;
    private final long longestRebuildNanos;

    SafeMapStats(Directory directory) {
        entries = directory.size();
        tables = DirectoryStats.of(directory);
        RebuildCounts rebuilds = directory.rebuilds();
        growths = rebuilds.of(RebuildKind.GROWTH);
        cleanings = rebuilds.of(RebuildKind.CLEANING);
        shrinks = rebuilds.of(RebuildKind.SHRINKING);
        splits = rebuilds.of(RebuildKind.SPLIT);
        merges = rebuilds.of(RebuildKind.MERGE);
        entriesMoved = rebuilds.entriesMoved();
        longestRebuildNanos = rebuilds.longestNanos();
    }

    /**
     * Returns the number of entries.
     *
     * @return as {@link SafeMap#mappingCount()}
     * @since 0.1.0
     */
    public long entries() {
        return entries;
    }

    /**
     * Returns the number of shards.
     *
     * @return the number now
     * @since 0.1.0
     */
    public int shards() {
        return tables.shards();
    }

    /**
     * Returns the length of the directory. Each shard has one place or more in it.
     *
     * @return the number of places
     * @since 0.1.0
     */
    public int directoryLength() {
        return tables.places();
    }

    /**
     * Returns the number of slots in all shards.
     *
     * @return used and unused slots together
     * @since 0.1.0
     */
    public long slots() {
        return tables.slots();
    }

    /**
     * Returns how many slots are dead. The entry of a dead slot was removed, and the slot is not used again until its
     * shard is rebuilt.
     *
     * @return the number of dead slots
     * @since 0.1.0
     */
    public long deadSlots() {
        return tables.deadSlots();
    }

    /**
     * Returns how many bytes the directory and the shards take. Keys and values are not counted. Nor are the trees
     * for many keys of one hash code, which take some 50 bytes for each of those keys.
     *
     * @return the bytes, for a JVM with compressed references and without compact object headers
     * @since 0.1.0
     */
    public long tableBytes() {
        return tables.tableBytes();
    }

    /**
     * Returns how full the shards are.
     *
     * @return entries for each slot: from 0 to 7/8, or more if many keys share a hash code; 0 if there are no slots
     * @since 0.1.0
     */
    public double load() {
        return slots() == 0 ? 0 : (double) entries / slots();
    }

    /**
     * Returns the largest number of buckets that the look-up of one key may search: the key's own bucket, and
     * all full ones behind it.
     *
     * @return the number of buckets; 0 if no shard has any
     * @since 0.1.0
     */
    public int longestWay() {
        return tables.longestWay();
    }

    /**
     * Returns how many times a shard became a larger one. Getting its first slots is not counted.
     *
     * @return the number since the map was created
     * @since 0.1.0
     */
    public long growths() {
        return growths;
    }

    /**
     * Returns how many times a shard was copied to get rid of dead slots.
     *
     * @return the number since the map was created
     * @since 0.1.0
     */
    public long cleanings() {
        return cleanings;
    }

    /**
     * Returns how many times a shard became a smaller one.
     *
     * @return the number since the map was created
     * @since 0.1.0
     */
    public long shrinks() {
        return shrinks;
    }

    /**
     * Returns how many times one shard became two.
     *
     * @return the number since the map was created
     * @since 0.1.0
     */
    public long splits() {
        return splits;
    }

    /**
     * Returns how many times two shards became one.
     *
     * @return the number since the map was created
     * @since 0.1.0
     */
    public long merges() {
        return merges;
    }

    /**
     * Returns how many entries these rebuilds have copied. An entry counts once for each copy.
     *
     * @return the number since the map was created
     * @since 0.1.0
     */
    public long entriesMoved() {
        return entriesMoved;
    }

    /**
     * Returns how long the longest rebuild took. A write that makes a rebuild due does it.
     *
     * @return the nanoseconds, by the clock
     * @since 0.1.0
     */
    public long longestRebuildNanos() {
        return longestRebuildNanos;
    }

    /**
     * Returns how many writes had to wait for another write of the same shard.
     *
     * @return the approximate number since the map was created
     * @since 0.1.0
     */
    public long contendedClaims() {
        return tables.contended();
    }

    /**
     * Returns all figures, for a log.
     *
     * @since 0.1.0
     */
    @Override
    public String toString() {
        return "SafeMapStats[entries=" + entries
                + ", shards=" + shards()
                + ", directoryLength=" + directoryLength()
                + ", slots=" + slots()
                + ", deadSlots=" + deadSlots()
                + ", tableBytes=" + tableBytes()
                + ", load=" + load()
                + ", longestWay=" + longestWay()
                + ", growths=" + growths
                + ", cleanings=" + cleanings
                + ", shrinks=" + shrinks
                + ", splits=" + splits
                + ", merges=" + merges
                + ", entriesMoved=" + entriesMoved
                + ", longestRebuildNanos=" + longestRebuildNanos
                + ", contendedClaims=" + contendedClaims() + "]";
    }
}
