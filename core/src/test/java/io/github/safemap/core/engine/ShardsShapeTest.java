package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bytes are those of a JVM with references of four bytes and headers of twelve. */
class ShardsShapeTest {
    /** A table's object and its tally; and from 32 buckets on, what keeps that apart from others. */
    private static final int BOOKS = 88;

    private static final int PADDED_BOOKS = BOOKS + 128;

    /** Buckets with the arrays of their slots. */
    private static final int NARROW = 32 + 48;

    private static final int WIDE = 32 + 80;

    @BeforeEach
    void assumeShortReferences() {
        assumeTrue(Runtime.getRuntime().maxMemory() < 32L << 30);
    }

    private static Shards shards(int shardBits, int minBits) {
        return new Shards(new ShardPolicy(shardBits, minBits, true, 0, null));
    }

    private static void put(Shards shards, Object key) {
        shards.write(key, key.hashCode(), null, "value", Shards.INSERT);
    }

    /** Puts so many keys into a bucket of the first shard, which move to another one of a larger table. */
    private static void fill(Shards shards, int index, int count, Table larger, int movesTo) {
        Table table = shards.getTableAcquire(0);
        int left = count;
        for (int key = 0; left > 0; key++) {
            long hash = table.hash(key);
            if (HashSeed.shardIndex(hash, shards.length() - 1) == 0
                    && table.indexOf(hash) == index
                    && larger.indexOf(hash) == movesTo) {
                put(shards, key);
                left--;
            }
        }
    }

    private static void fill(Shards shards, int index, int count) {
        fill(shards, index, count, shards.getTableAcquire(0), index);
    }

    /** Makes the first shard's table, by an entry that comes and goes in its first bucket. */
    private static Table made(Shards shards) {
        Table like = new Table(shards.policy().minBits(), shards.emptyTable().seed());
        Integer key = 0;
        while (HashSeed.shardIndex(like.hash(key), shards.length() - 1) != 0 || like.indexOf(like.hash(key)) != 0) {
            key++;
        }
        put(shards, key);
        shards.write(key, key, null, null, Shards.REPLACE);
        return shards.getTableAcquire(0);
    }

    @Test
    void shardsWithoutTablesAreNothing() {
        assertEquals(new ShardsShape(0, 0, 0, 0, 0), ShardsShape.of(shards(2, 0)));
    }

    @Test
    void bucketsAreCountedAsTheyAre() {
        Shards shards = shards(0, 0);
        put(shards, 0);
        assertEquals(new ShardsShape(1, 0, 0, 0, BOOKS + 24 + NARROW), ShardsShape.of(shards));
        for (int key = 1; key < 5; key++) {
            put(shards, key);
        }
        assertEquals(new ShardsShape(1, 0, 0, 0, BOOKS + 24 + WIDE), ShardsShape.of(shards));
    }

    @Test
    void chainsAreCountedToTheirEnds() {
        Shards shards = shards(0, 2);
        made(shards);
        fill(shards, 1, 17);
        fill(shards, 2, 9);
        assertEquals(new ShardsShape(4, 3, 3, 0, BOOKS + 32 + 3 * WIDE + 2 * NARROW), ShardsShape.of(shards));
    }

    @Test
    void theTablesOfAllShardsAreAddedUp() {
        Shards shards = shards(1, 3);
        made(shards);
        fill(shards, 1, 9);
        fill(shards, 2, 1);
        int key = 0;
        while (shards.getTableAcquire(1) == shards.emptyTable()) {
            if (HashSeed.shardIndex(shards.emptyTable().hash(key), 1) == 1) {
                put(shards, key);
            }
            key++;
        }
        assertEquals(new ShardsShape(16, 1, 2, 0, 2 * (BOOKS + 48) + WIDE + 3 * NARROW), ShardsShape.of(shards));
    }

    @Test
    void aTreeIsCountedByItsKeys() {
        Shards shards = shards(0, 4);
        for (int id = 0; id < 40; id++) {
            put(shards, new Twin(id));
        }
        long bytes = ShardsShape.of(shards).bytes();
        put(shards, new Twin(40));
        assertEquals(48, ShardsShape.of(shards).bytes() - bytes, "a node and its cell");
        assertEquals(BOOKS + 80 + 48 + 41 * 48, bytes + 48);
    }

    @Test
    void ofALargeTableSomeBucketsStandForAll() {
        Shards shards = shards(0, 12); // of which each fourth is looked at, from the third on
        made(shards);
        long empty = PADDED_BOOKS + 16_400;
        assertEquals(empty, ShardsShape.of(shards).bytes());
        fill(shards, 1, 1);
        fill(shards, 4_095, 1);
        assertEquals(empty, ShardsShape.of(shards).bytes());
        fill(shards, 2, 1);
        assertEquals(empty + 4 * NARROW, ShardsShape.of(shards).bytes());
        fill(shards, 4_094, 5);
        assertEquals(empty + 4 * (NARROW + WIDE), ShardsShape.of(shards).bytes());
    }

    @Test
    void manyShardsShareTheSample() {
        Shards shards = shards(1, 11); // of which each fourth is looked at
        made(shards);
        fill(shards, 1, 1);
        fill(shards, 2, 1);
        assertEquals(PADDED_BOOKS + 8_208 + 4 * NARROW, ShardsShape.of(shards).bytes());
        Shards more = shards(11, 2); // of which one is looked at
        made(more);
        fill(more, 1, 1);
        fill(more, 2, 1);
        assertEquals(BOOKS + 32 + 4 * NARROW, ShardsShape.of(more).bytes());
    }

    @Test
    void aTableThatIsBeingEvacuatedCountsBesideTheNext() {
        Shards shards = shards(0, 5);
        Table from = made(shards);
        Table to = new Table(6, from.seed());
        fill(shards, 0, 9, to, 32);
        fill(shards, 1, 17);
        assertTrue(Growth.startNow(from, 6));
        assertTrue(Evacuation.evacuate(from, from.nextOfForwarded(), 0, true));
        assertEquals(
                new ShardsShape(64, 3, 3, 0, 2 * PADDED_BOOKS + 144 + 272 + 3 * WIDE + 2 * NARROW),
                ShardsShape.of(shards));
    }

    @Test
    void deletionsAreThoseOfTheNewestTable() {
        Shards shards = shards(0, 5);
        made(shards);
        fill(shards, 0, 40);
        Table table = shards.getTableAcquire(0);
        for (Integer key = 0; shards.size() > 0; key++) {
            shards.write(key, key, null, null, Shards.REPLACE);
        }
        assertEquals(40, ShardsShape.of(shards).deletions());
        assertEquals(5, ShardsShape.of(shards).longestChain(), "once");
        assertTrue(Growth.startNow(table, 6));
        assertEquals(0, ShardsShape.of(shards).deletions());
    }
}
