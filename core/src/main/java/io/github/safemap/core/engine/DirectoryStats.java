package io.github.safemap.core.engine;

/** Sums over all shards of a map, read one after the other while the map is in use. */
public final class DirectoryStats {
    /** The bytes of an array of references or longs, without its elements. */
    private static final long ARRAY_BYTES = 16;

    /** The bytes of a shard and its {@link Control}, without the arrays. A padded control takes this many more. */
    private static final long SHARD_BYTES = 64;

    private static final long PADDING_BYTES = 120;

    private static final long REFERENCE_BYTES = 4;

    private final int places;
    private int shards;
    private long slots;
    private long deadSlots;
    private long tableBytes;
    private long contended;
    private int longestWay;

    private DirectoryStats(int places) {
        this.places = places;
    }

    /** Sums up. Takes time in the number of shards and of their buckets. */
    public static DirectoryStats of(Directory directory) {
        Shard[] all = directory.getPlacesAcquire();
        DirectoryStats stats = new DirectoryStats(all.length);
        stats.tableBytes = ARRAY_BYTES + REFERENCE_BYTES * all.length;
        for (int i = 0; i < all.length; i++) {
            Shard shard = Directory.getPlaceAcquire(all, i);
            if (shard.bits() == i) { // its first place
                stats.add(shard);
            }
        }
        stats.contended += directory.rebuilds().contended();
        return stats;
    }

    private void add(Shard shard) {
        shards++;
        slots += shard.slotCount();
        deadSlots += shard.control().getDeadAcquire();
        contended += shard.control().getContendedOpaque();
        tableBytes += bytesOf(shard);
        longestWay = Math.max(longestWay, shard.longestWay());
    }

    private static long bytesOf(Shard shard) {
        long count = shard.slotCount();
        if (count == 0) {
            return SHARD_BYTES;
        }
        return SHARD_BYTES
                + (shard.control().isPadded() ? PADDING_BYTES : 0)
                + 2 * ARRAY_BYTES
                + count // one tophash byte for each slot
                + 2 * REFERENCE_BYTES * count;
    }

    /** Returns the number of places in the directory. */
    public int places() {
        return places;
    }

    /** Returns the number of shards. */
    public int shards() {
        return shards;
    }

    /** Returns the number of slots in all shards. */
    public long slots() {
        return slots;
    }

    /** Returns how many of them are dead. */
    public long deadSlots() {
        return deadSlots;
    }

    /** Returns the bytes of the directory and all shards, for a JVM without compact object headers. */
    public long tableBytes() {
        return tableBytes;
    }

    /** Returns how many claims had to wait since the map was created. */
    public long contended() {
        return contended;
    }

    /** Returns the largest number of buckets that a look-up may search. */
    public int longestWay() {
        return longestWay;
    }
}
