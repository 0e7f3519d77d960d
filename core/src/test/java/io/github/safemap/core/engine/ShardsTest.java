package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of write to a key in each place, and what all shards do together. */
class ShardsTest {
    private static final int BOTH = Shards.INSERT + Shards.REPLACE;

    private Shards shards = new Shards(new ShardPolicy(0, 0, false, 0, null));

    @AfterEach
    void checkInvariants() {
        ShardsInvariants.check(shards);
    }

    private Object write(int id, Object expected, Object value, int mode) {
        Twin key = new Twin(id);
        return shards.write(key, key.hashCode(), expected, value, mode);
    }

    private Object get(int id) {
        Twin key = new Twin(id);
        return shards.get(key, key.hashCode());
    }

    private Object compute(int id, Object value, int mode) {
        Twin key = new Twin(id);
        return shards.compute(key, key.hashCode(), old -> value, mode);
    }

    /** Numbers of keys: none, in a bucket, in overflow buckets, in a tree; and which of them. */
    static Stream<Arguments> places() {
        return IntStream.of(1, 2, 5, 9, 20, 31, 40)
                .boxed()
                .flatMap(keys -> Stream.of(0, keys / 2, keys - 1).distinct().map(id -> Arguments.of(keys, id)));
    }

    private void fill(int keys) {
        for (int id = 0; id < keys; id++) {
            assertNull(write(id, null, "value " + id, BOTH));
        }
        assertEquals(keys, shards.size());
    }

    @ParameterizedTest
    @MethodSource("places")
    void aKeyThatIsThere(int keys, int id) {
        fill(keys);
        String old = "value " + id;
        assertEquals(old, write(id, null, "other", Shards.INSERT));
        assertEquals(old, get(id));
        assertEquals(old, write(id, null, "new", Shards.REPLACE));
        assertEquals("new", get(id));
        assertEquals("new", write(id, null, old, BOTH));
        assertNull(write(id, "wrong", "other", Shards.REPLACE));
        assertNull(write(id, "wrong", null, Shards.REPLACE));
        assertEquals(old, get(id));
        assertEquals(old, write(id, old, "new", Shards.REPLACE));
        assertEquals(keys, shards.size());
        assertEquals("new", write(id, "new", null, Shards.REPLACE));
        assertNull(get(id));
        assertEquals(keys - 1, shards.size());
    }

    @ParameterizedTest
    @MethodSource("places")
    void aKeyThatIsNotThere(int keys, int id) {
        fill(keys);
        assertEquals("value " + id, write(id, null, null, Shards.REPLACE));
        assertEquals(keys - 1, shards.size());
        assertNull(write(id, null, null, Shards.REPLACE));
        assertNull(write(id, null, null, BOTH));
        assertNull(write(id, null, "other", Shards.REPLACE));
        assertNull(write(id, "wrong", "other", Shards.REPLACE));
        assertNull(get(id));
        assertEquals(keys - 1, shards.size());
        assertNull(write(id, null, "new", Shards.INSERT));
        assertEquals("new", get(id));
        assertEquals(keys, shards.size());
    }

    @ParameterizedTest
    @MethodSource("places")
    void aKeyThatIsComputed(int keys, int id) {
        fill(keys);
        assertEquals("value " + id, compute(id, "other", Shards.INSERT));
        assertEquals("new", compute(id, "new", Shards.REPLACE));
        assertEquals("new", get(id));
        assertNull(compute(id, null, BOTH));
        assertNull(get(id));
        assertEquals(keys - 1, shards.size());
        assertNull(compute(id, "other", Shards.REPLACE));
        assertNull(compute(id, null, BOTH));
        assertEquals(keys - 1, shards.size());
        assertEquals("new", compute(id, "new", Shards.INSERT));
        assertEquals("new", get(id));
        assertEquals(keys, shards.size());
    }

    private void putAll(int from, int to) {
        for (int key = from; key < to; key++) {
            shards.write(key, key, null, key, BOTH);
        }
    }

    private void removeAll(int from, int to, int mode) {
        for (int key = from; key < to; key++) {
            assertEquals(key, shards.write(key, key, null, null, mode));
        }
    }

    private int bits(int shard) {
        return Evacuations.bits(shards, shard);
    }

    @Test
    void whatIsRemovedInBulkIsGivenBackWhenThatIsSaid() {
        shards = new Shards(new ShardPolicy(1, 0, false, 0, null));
        putAll(0, 4_000);
        shards.trim();
        Table first = shards.getTableAcquire(0);
        Table second = shards.getTableAcquire(1);
        removeAll(10, 4_000, Shards.REPLACE + Shards.BULK);
        assertSame(first, shards.getTableAcquire(0));
        assertNull(first.getNextAcquire());
        shards.shrinkWhereDue();
        assertTrue(
                bits(0) <= 5 && bits(1) <= 5, // the estimate of a table may be wrong by so much
                () -> bits(0) + " and " + bits(1));
        assertNotSame(second, shards.getTableAcquire(1));
        assertNull(shards.getTableAcquire(0).getNextAcquire());
        assertTrue(shards.rebuilds().shrunk() >= 2, "at once, to the end");
    }

    @Test
    void roomIsMadeInShardsThatNeverHadAnEntry() {
        shards = new Shards(new ShardPolicy(1, 3, false, 0, null));
        shards.makeRoom(100); // 50 a shard, which fit into 2^3
        assertSame(shards.emptyTable(), shards.getTableAcquire(0));
        shards.makeRoom(1_000);
        assertEquals(7, bits(0));
        assertEquals(7, bits(1));
        Table table = shards.getTableAcquire(0);
        shards.makeRoom(100_000);
        assertSame(table, shards.getTableAcquire(0), "it has a table");
        putAll(0, 1_000);
        assertEquals(0, shards.rebuilds().grown());
    }

    @Test
    void eachShardHasItsShare() {
        ShardPolicy policy = new ShardPolicy(2, 0, false, 0, null);
        shards = new Shards(policy);
        assertEquals(4, shards.length());
        putAll(0, 4_000);
        Set<Table> tables = new HashSet<>();
        for (int shard = 0; shard < 4; shard++) {
            tables.add(shards.getTableAcquire(shard));
            assertTrue(bits(shard) >= 7 && bits(shard) <= 8, "1,000 entries");
        }
        assertEquals(4, tables.size());
        assertEquals(4_000, shards.size());
        assertEquals(0, shards.emptied().size());
        assertSame(shards.rebuilds(), shards.emptied().rebuilds());
        assertSame(policy, shards.policy());
        assertSame(policy, shards.emptied().policy());
    }

    @Test
    void trimEndsWhatHasBegunAndShrinksWhatCanBe() {
        long since = System.nanoTime();
        putAll(0, 1_200);
        shards.trim();
        Evacuations.begin(shards, bits(0) + 1);
        shards.trim();
        assertNull(shards.getTableAcquire(0).getNextAcquire());
        assertEquals(8, bits(0), "1,200 fit into 2^8");
        long step = shards.rebuilds().longestStepNanos();
        assertTrue(step > 0 && step <= System.nanoTime() - since, "a step is a part of the whole");
        Table table = shards.getTableAcquire(0);
        shards.trim();
        assertSame(table, shards.getTableAcquire(0));
    }

    /** Without an executor nothing but writes moves buckets: three each. */
    @Test
    void aWriteMovesItsBucketAndTwoMore() {
        putAll(0, 1_200);
        shards.trim();
        Evacuations.begin(shards, bits(0) + 1);
        Table table = shards.getTableAcquire(0);
        assertTrue(shards.isIdle());
        int before = Evacuations.bucketsLeft(shards, 0);
        assertEquals(table.length(), before);
        for (int key = 0; key < 20; key++) {
            shards.write(key, key, null, key, BOTH);
            int left = Evacuations.bucketsLeft(shards, 0);
            assertTrue(before - left <= 3, "moved " + (before - left));
            assertTrue(Evacuations.hasMoved(shards, key));
            before = left;
        }
        assertTrue(before < table.length() - 40, "left " + before);
        assertTrue(shards.evacuate(0, table, 0, table.length() / 2));
        assertFalse(shards.evacuate(0, table, 0, table.length()));
        assertFalse(shards.evacuate(0, table, 0, table.length()), "it is not the shard's any more");
        assertEquals(1, shards.rebuilds().grown() - grownBefore(table));
    }

    /** Growths on the way to a table of this length. */
    private static long grownBefore(Table table) {
        return table.bits();
    }

    /** Returns so many keys of one bucket of the only shard's table. */
    private List<Integer> keysOf(int bucket, int keys) {
        Table table = shards.getTableAcquire(0);
        return IntStream.iterate(0, key -> key + 1)
                .filter(key -> table.indexOf(table.hash(key)) == bucket)
                .limit(keys)
                .boxed()
                .toList();
    }

    private void putAll(List<Integer> keys) {
        for (Integer key : keys) {
            shards.write(key, key, null, key, BOTH);
        }
    }

    private Bucket main() {
        return Chain.nonNull(shards.getTableAcquire(0).getBucketAcquire(0));
    }

    @Test
    void theNinthEntryOfOneBucketMakesItsTableGrow() {
        putAll(0, 8);
        Table table = shards.getTableAcquire(0);
        assertEquals(0, table.bits());
        assertNull(table.getNextAcquire());
        putAll(8, 9);
        assertEquals(1, table.nextOfForwarded().bits());
    }

    @Test
    void theFirstEntryOfABucketMakesATableGrowToo() {
        shards.makeRoom(52);
        Table table = shards.getTableAcquire(0);
        putAll(keysOf(0, 52));
        assertNull(table.getNextAcquire(), "8 buckets for 52 entries");
        putAll(keysOf(7, 1));
        assertEquals(4, table.nextOfForwarded().bits());
    }

    @Test
    void anEntryThatIsBookedMakesATableGrowToo() {
        shards.makeRoom(52);
        Table table = shards.getTableAcquire(0);
        putAll(keysOf(1, 45)); // booked as 48
        List<Integer> keys = keysOf(0, 8); // booked when there are 8
        putAll(keys.subList(0, 7));
        assertNull(table.getNextAcquire(), "8 buckets for 52 entries");
        putAll(keys.subList(7, 8));
        assertEquals(4, table.nextOfForwarded().bits());
    }

    @Test
    void keysOfOneHashGoIntoATreeWhenTheyAreMany() {
        fill(Crowd.MANY - 1);
        assertEquals(List.of(), TableInvariants.trees(shards.getTableAcquire(0)));
        write(Crowd.MANY, null, "value", BOTH);
        assertEquals(List.of(Crowd.MANY), TableInvariants.trees(shards.getTableAcquire(0)));
    }

    @Test
    void aBucketThatIsReplacedIsRetired() {
        putAll(0, 4);
        Bucket narrow = main();
        putAll(4, 5);
        assertNotSame(narrow, main());
        assertTrue(Bucket.isRetired(narrow.getControlAcquire()));
        assertFalse(Bucket.isReserved(main().getControlAcquire()));
        Bucket wide = main();
        removeAll(0, 3, Shards.REPLACE);
        assertNotSame(wide, main());
        assertTrue(Bucket.isRetired(wide.getControlAcquire()));
    }

    @Test
    void aBucketIsReservedUntilAValueIsComputed() {
        putAll(0, 1);
        shards.compute(1, 1, old -> Bucket.isReserved(main().getControlAcquire()) ? "reserved" : "free", BOTH);
        assertEquals("reserved", shards.get(1, 1));
        assertFalse(Bucket.isReserved(main().getControlAcquire()));
        assertNull(shards.compute(2, 2, old -> null, BOTH));
        assertFalse(Bucket.isReserved(main().getControlAcquire()));
    }

    @Test
    void theFirstEntryOfABucketMayBeReserved() {
        putAll(0, 1);
        removeAll(0, 1, Shards.REPLACE);
        assertNull(shards.getTableAcquire(0).getBucketAcquire(0));
        shards.compute(0, 0, old -> shards.get(0, 0) == null ? "unseen" : "seen", BOTH);
        assertEquals("unseen", shards.get(0, 0));
    }

    @Test
    void theFirstEntryOfABucketIsNotPlacedWhereAnotherIs() {
        putAll(0, 1);
        Table table = shards.getTableAcquire(0);
        assertFalse(shards.placeFirst(0, table, 0, table.hash(1), 1, 1, false));
        assertNull(shards.get(1, 1));
    }

    /** The estimate of a table is for nothing but to save the counting of one that will not shrink. */
    @Test
    void aSmallTableShrinksIfItsEstimateAndItsEntriesAreFewEnough() {
        shards.makeRoom(20);
        Table table = shards.getTableAcquire(0);
        assertEquals(2, table.bits());
        List<Integer> many = keysOf(0, 8); // estimated as 8, and one less as 0
        putAll(many);
        shards.write(many.get(0), many.get(0), null, null, Shards.REPLACE);
        assertEquals(0, table.tally().live());
        assertNull(table.getNextAcquire(), "7 entries fill half of it");
        many.subList(1, 8).forEach(key -> shards.write(key, key, null, null, Shards.REPLACE));
        assertNull(table.getNextAcquire());

        List<Integer> few = keysOf(1, 4); // estimated as 8, and one less as 0
        List<Integer> fewer = keysOf(3, 2); // as well
        putAll(few);
        putAll(fewer);
        shards.write(few.get(0), few.get(0), null, null, Shards.REPLACE);
        assertEquals(8, table.tally().live());
        assertNull(table.getNextAcquire(), "8 entries fill half of it");
        shards.write(fewer.get(0), fewer.get(0), null, null, Shards.REPLACE);
        assertEquals(0, table.nextOfForwarded().bits(), "but there are 4");
    }

    @Test
    void whatHasComeDuringAnEvacuationMakesItsTableGrowAtOnce() {
        shards.makeRoom(6_000);
        Table table = shards.getTableAcquire(0);
        putAll(0, 1);
        Evacuations.begin(shards, 3);
        putAll(1, 101); // which move 3 of 1,024 buckets each
        assertSame(table, shards.getTableAcquire(0));
        assertFalse(shards.evacuate(0, table, 0, table.length()));
        Table next = shards.getTableAcquire(0);
        assertEquals(3, next.bits());
        assertEquals(4, next.nextOfForwarded().bits());
        assertEquals(1, shards.rebuilds().shrunk());
    }

    @Test
    void whatHasGoneDuringAnEvacuationMakesItsTableShrinkAtOnce() {
        shards.makeRoom(6_000);
        Table table = shards.getTableAcquire(0);
        putAll(0, 2_800);
        assertNull(table.getNextAcquire());
        Evacuations.begin(shards, 11);
        removeAll(0, 300, Shards.REPLACE); // which move 3 of 1,024 buckets each
        assertSame(table, shards.getTableAcquire(0));
        assertFalse(shards.evacuate(0, table, 0, table.length()));
        Table next = shards.getTableAcquire(0);
        assertEquals(11, next.bits());
        assertEquals(10, next.nextOfForwarded().bits());
    }

    @Test
    void theExecutorEndsAnEvacuationWithoutWrites() throws InterruptedException {
        BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        shards = new Shards(new ShardPolicy(0, 0, true, 0, tasks::add));
        assertTrue(shards.isIdle());
        putAll(0, 9);
        Table table = shards.getTableAcquire(0);
        assertFalse(shards.isIdle());
        Runnable task = tasks.poll(20, TimeUnit.SECONDS);
        assertNotNull(task, "no task came");
        task.run();
        assertTrue(table.isEvacuated());
        assertTrue(shards.isIdle());
    }
}
