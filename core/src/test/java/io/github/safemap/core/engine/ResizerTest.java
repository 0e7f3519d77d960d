package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.PinnedRandom;
import io.github.safemap.core.testing.Race;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When shards are rebuilt, and what they become. */
class ResizerTest {
    private Directory directory = Directories.empty();

    private static Directory directory(int minDepth, int minSlots, boolean growOnly, int shrinkThreshold) {
        return new Directory(new ShardPolicy(1 << minDepth, minDepth, minSlots, growOnly, shrinkThreshold));
    }

    private long rebuilds(RebuildKind kind) {
        return directory.rebuilds().of(kind);
    }

    private long rebuilds() {
        long all = 0;
        for (RebuildKind kind : RebuildKind.values()) {
            all += rebuilds(kind);
        }
        return all;
    }

    private void assertNumbers(int from, int to) {
        Map<Object, Object> content = Directories.content(directory);
        assertEquals(
                IntStream.range(from, to).boxed().toList(),
                content.keySet().stream().toList());
        content.forEach((key, value) -> assertEquals(key, value));
    }

    // ---- Growth ----

    @Test
    void aSmallMapIsOneShardThatDoubles() {
        List<Integer> slots = new ArrayList<>();
        for (int key = 0; key <= 56; key++) {
            Directories.put(directory, key, key);
            if (slots.isEmpty() || slots.get(slots.size() - 1) != Directories.slots(directory)) {
                slots.add(Directories.slots(directory));
            }
        }
        assertEquals(List.of(8, 16, 32, 64, 128), slots);
        assertEquals(1, directory.length());
        assertEquals(4, rebuilds(RebuildKind.GROWTH));
        assertEquals(4, rebuilds(), "the first slots are no rebuild");
        assertNumbers(0, 57);
    }

    @Test
    void aShardIsRebuiltWhenItsSlotsAreUsedAndNotBefore() {
        for (int key = 0; key < 7; key++) {
            Directories.put(directory, key, key);
        }
        Shard shard = directory.shardAt(0);
        Directories.put(directory, 3, 4);
        Directories.put(directory, 3, 3);
        assertSame(shard, directory.shardAt(0), "what is replaced needs no room");
        Directories.put(directory, 7, 7);
        assertFalse(shard == directory.shardAt(0));
        assertTrue(shard.control().isRetired());
        assertNumbers(0, 8);
    }

    @Test
    void aLargeMapIsManyShardsOfWhichNoneIsLarge() {
        for (int count = 1; count < 60_000; count *= 3) {
            Directories.putAll(directory, count / 3, count);
            int max = directory.maxSlots();
            for (Shard shard : Directories.shards(directory)) {
                // 2 because this directory may have been longer or shorter when the shard was created
                assertTrue(shard.slotCount() <= 2 * max, () -> shard.slotCount() + " of at most " + max);
            }
            assertNumbers(0, count);
        }
        assertTrue(rebuilds(RebuildKind.SPLIT) > 50);
        assertEquals(0, rebuilds(RebuildKind.SHRINKING));
        assertEquals(0, rebuilds(RebuildKind.MERGE));
    }

    @Test
    void whatARebuildCopiesIsCounted() {
        Directories.putAll(directory, 0, 8);
        assertEquals(7, directory.rebuilds().entriesMoved());
        assertTrue(directory.rebuilds().longestNanos() > 0);
    }

    // ---- Churn ----

    /** Each insertion uses up a slot, and rebuilds give all of them back, without end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100, 3_000})
    void churnOfAConstantNumberDoesNotGrowTheMapForEver(int entries) {
        directory = directory(0, 0, false, Integer.MAX_VALUE);
        Directories.putAll(directory, 0, entries);
        int most = 0;
        int first = 0;
        for (int key = entries; key < 40 * entries + 1_000; key++) {
            Directories.remove(directory, key - entries);
            Directories.put(directory, key, key);
            most = Math.max(most, Directories.slots(directory));
            first = key == 10 * entries ? most : first;
        }
        assertTrue(most <= Math.max(8, 6 * entries), most + " slots for " + entries);
        assertTrue(most <= 2 * Math.max(first, 8), first + " slots at first, then " + most);
        assertNumbers(39 * entries + 1_000, 40 * entries + 1_000);
    }

    /** A rebuild needs about as many insertions as there are entries. So not each insertion rebuilds. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100, 3_000})
    void churnMovesFewEntriesForEachInsertion(int entries) {
        Directories.putAll(directory, 0, entries);
        long before = directory.rebuilds().entriesMoved();
        int insertions = 20 * entries + 1_000;
        for (int key = entries; key < entries + insertions; key++) {
            Directories.remove(directory, key - entries);
            Directories.put(directory, key, key);
        }
        long moved = directory.rebuilds().entriesMoved() - before;
        assertTrue(moved <= 3L * insertions, moved + " moved for " + insertions);
    }

    @Test
    void aShardOfWhichHalfIsDeadIsCleaned() {
        directory = directory(0, 64, false, Integer.MAX_VALUE);
        Directories.putAll(directory, 0, 56);
        Directories.removeAll(directory, 0, 30);
        assertEquals(0, rebuilds(RebuildKind.CLEANING));
        Directories.put(directory, 56, 56);
        assertEquals(1, rebuilds(RebuildKind.CLEANING));
        assertEquals(64, Directories.slots(directory));
        assertEquals(0, directory.shardAt(0).control().getDeadAcquire());
        assertEquals(30, directory.shardAt(0).control().getDeletionsOpaque(), "it has not grown");
        assertNumbers(30, 57);
    }

    @Test
    void aComputationThatGivesNoValueUsesASlotUpAndNoMore() {
        for (int key = 0; key < 10_000; key++) {
            assertNull(Directories.computeIfAbsent(directory, key, value -> null));
        }
        assertEquals(8, Directories.slots(directory));
        assertEquals(0, directory.size());
        DirectoryInvariants.check(directory);
    }

    // ---- Shrinking and merging ----

    private enum Order {
        AS_PUT,
        REVERSED,
        SHUFFLED,
        AS_WALKED;

        List<Integer> of(Directory directory, int count) {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, count).boxed().toList());
            if (this == REVERSED) {
                Collections.reverse(order);
            } else if (this == SHUFFLED) {
                Collections.shuffle(order, new Random(13));
            } else if (this == AS_WALKED) {
                order.clear();
                Walk walk = new Walk(directory);
                while (walk.advance()) {
                    order.add((Integer) walk.key());
                }
            }
            return order;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMapThatIsEmptiedBecomesSmall(Order order) {
        int count = 30_000;
        Directories.putAll(directory, 0, count);
        int left = count;
        for (Integer key : order.of(directory, count)) {
            assertEquals(key, Directories.remove(directory, key));
            if (--left % 5_000 == 0) {
                int slots = Directories.slots(directory);
                assertTrue(slots <= 4 * left + 8 * Directories.shards(directory).size(), slots + " for " + left);
                assertEquals(left, Directories.content(directory).size());
            }
        }
        assertEquals(Sizing.MIN_SLOTS, Directories.slots(directory), "one bucket stays");
        assertTrue(directory.length() <= 64, () -> "still " + directory.length() + " places");
        assertTrue(rebuilds(RebuildKind.MERGE) > 0 && rebuilds(RebuildKind.SHRINKING) > 0);
        assertTrue(directory.rebuilds().halved() > 0);
    }

    @Test
    void aSingleKeyThatComesAndGoesIsCopiedOncePerBucketfulOfInsertions() {
        int rounds = 7_000;
        for (int i = 0; i < rounds; i++) {
            Directories.put(directory, 1, 1);
            Directories.remove(directory, 1);
        }
        assertEquals(rounds / 7 - 1, rebuilds(RebuildKind.CLEANING));
        assertEquals(0, rebuilds(RebuildKind.SHRINKING) + rebuilds(RebuildKind.GROWTH));
    }

    @Test
    void aMapGrowsAgainAfterItHasBeenEmptied() {
        for (int round = 0; round < 3; round++) {
            Directories.putAll(directory, 0, 5_000);
            assertNumbers(0, 5_000);
            Directories.removeAll(directory, 0, 5_000);
        }
        assertNumbers(0, 0);
    }

    @Test
    void nothingShrinksUntilSoMuchHasBeenRemoved() {
        directory = directory(0, 0, false, 40);
        Directories.putAll(directory, 0, 56);
        assertEquals(64, Directories.slots(directory));
        Directories.removeAll(directory, 0, 40);
        assertEquals(64, Directories.slots(directory), "a quarter lives, after 40 removals");
        Directories.remove(directory, 40);
        assertEquals(32, Directories.slots(directory), "15 live");
        Directories.removeAll(directory, 41, 48);
        assertEquals(16, Directories.slots(directory), "8 live: once it has shrunk it does so again at once");
        assertNumbers(48, 56);
    }

    @Test
    void aShardThatIsNotSparseStaysAsItIs() {
        Directories.putAll(directory, 0, 56);
        Directories.removeAll(directory, 0, 39);
        assertEquals(64, Directories.slots(directory), "17 live");
        Directories.remove(directory, 39);
        assertEquals(32, Directories.slots(directory), "16 live: a quarter");
    }

    @Test
    void aMapThatOnlyGrowsIsNeverRebuiltSmaller() {
        directory = directory(0, 0, true, 0);
        Directories.putAll(directory, 0, 5_000);
        int slots = Directories.slots(directory);
        int places = directory.length();
        Directories.removeAll(directory, 0, 5_000);
        assertEquals(slots, Directories.slots(directory));
        assertEquals(places, directory.length());
        assertEquals(0, rebuilds(RebuildKind.SHRINKING) + rebuilds(RebuildKind.MERGE));
        for (int round = 0; round < 3; round++) { // only dead slots are cleaned away
            Directories.putAll(directory, 0, 4_000);
            Directories.removeAll(directory, 0, 4_000);
        }
        assertTrue(Directories.slots(directory) >= slots);
        assertEquals(0, rebuilds(RebuildKind.SHRINKING) + rebuilds(RebuildKind.MERGE));
        assertTrue(rebuilds(RebuildKind.CLEANING) > 0);
        assertNumbers(0, 0);
    }

    @Test
    void noMapHasFewerShardsThanItStartedWith() {
        directory = directory(3, 0, false, 0);
        Directories.putAll(directory, 0, 5_000);
        assertTrue(Directories.shards(directory).size() > 8);
        Directories.removeAll(directory, 0, 5_000);
        assertTrue(Directories.shards(directory).size() >= 8);
        Resizer.trim(directory);
        assertEquals(8, Directories.shards(directory).size());
        assertTrue(directory.length() <= 16);
        DirectoryInvariants.check(directory);
    }

    @Test
    void noShardHasFewerSlotsThanWereExpected() {
        directory = directory(1, 32, false, 0);
        Directories.putAll(directory, 0, 5_000);
        Directories.removeAll(directory, 0, 5_000);
        Resizer.trim(directory);
        for (Shard shard : Directories.shards(directory)) {
            assertEquals(32, shard.slotCount());
        }
        DirectoryInvariants.check(directory);
    }

    @Test
    void theExpectedEntriesFitWithoutARebuild() {
        for (int expected : new int[] {1, 10, 100, 1_000}) {
            directory = new Directory(ShardPolicy.of(1, expected, false, 0));
            int shards = directory.length();
            Directories.put(directory, -1, -1);
            long before = rebuilds();
            // each shard's exact share, because with a random seed the number would vary
            for (Shard shard : Directories.shards(directory)) {
                Directories.numbersOf(directory, shard.depth(), shard.bits())
                        .limit(expected / shards)
                        .forEach(key -> Directories.put(directory, key, key));
            }
            assertTrue(rebuilds() - before <= shards, "each shard gets its slots, and no more is done");
            assertEquals(0, rebuilds(RebuildKind.SPLIT));
        }
    }

    // ---- Trimming ----

    @Test
    void trimmingFitsEachShardToItsEntries() {
        directory = directory(0, 0, false, Integer.MAX_VALUE);
        Directories.putAll(directory, 0, 20_000);
        Directories.removeAll(directory, 0, 19_000);
        int before = Directories.slots(directory);
        Resizer.trim(directory);
        assertTrue(Directories.slots(directory) <= 2_600, before + " slots, then " + Directories.slots(directory));
        assertEquals(0, DirectoryStats.of(directory).deadSlots());
        assertNumbers(19_000, 20_000);
        long rebuilds = rebuilds();
        Resizer.trim(directory);
        assertEquals(rebuilds, rebuilds(), "there was nothing to do");
        Directories.removeAll(directory, 19_000, 20_000);
        Resizer.trim(directory);
        assertEquals(1, Directories.shards(directory).size());
        assertEquals(0, Directories.slots(directory));
    }

    @Test
    void trimmingWorksInAMapThatOnlyGrows() {
        directory = directory(0, 0, true, 0);
        Directories.putAll(directory, 0, 5_000);
        Directories.removeAll(directory, 10, 5_000);
        Resizer.trim(directory);
        assertEquals(1, Directories.shards(directory).size());
        assertEquals(16, Directories.slots(directory));
        assertNumbers(0, 10);
    }

    /** Together they would be larger than a shard may be. */
    @Test
    void aMergeIsGivenUpIfTheBuddyFillsUpMeanwhile() {
        directory = directory(0, 128, false, 0);
        Resizer.relieve(directory, inBothHalves());
        assertEquals(2, Directories.shards(directory).size());
        Acting key = new Acting(
                Directories.numbersOf(directory, 1, 0).skip(3).findFirst().getAsInt());
        Directories.put(directory, key, "x");
        key.arm(() -> Directories.numbersOf(directory, 1, 1)
                .skip(3)
                .limit(60)
                .forEach(number -> Directories.put(directory, number, number)));
        Resizer.trim(directory);
        assertFalse(key.isArmed());
        assertEquals(0, rebuilds(RebuildKind.MERGE));
        assertEquals(67, directory.size());
    }

    // ---- Contention ----

    /** Marks the shard of a key as contended, and writes there. */
    private void contend(Object key) {
        DirectoryView.contend(directory, key);
        Directories.put(directory, key, key);
    }

    @Test
    void aContendedShardIsSplit() {
        Directories.numbersOf(directory, 1, 0).limit(5).forEach(key -> Directories.put(directory, key, key));
        int one = Directories.numbersOf(directory, 1, 1).findFirst().getAsInt();
        Directories.put(directory, one, one);
        directory.shardAt(0).control().setContendedOpaque(Sizing.CONTENDED - 1);
        Directories.put(directory, one, one);
        assertEquals(1, directory.length());
        contend(one);
        assertEquals(2, directory.length());
        assertEquals(1, rebuilds(RebuildKind.SPLIT));
        assertEquals(1, directory.getContendedDepthOpaque());
        assertEquals(Sizing.CONTENDED, DirectoryStats.of(directory).contended(), "counted, and once");
        assertEquals(6, Directories.content(directory).size());
        assertEquals(0, directory.shardAt(0).control().getContendedOpaque());
    }

    /** It would be split again at once. So it stays, until a trim. */
    @Test
    void whatWasSplitForContentionIsNotMerged() {
        Directories.numbersOf(directory, 1, 0).limit(5).forEach(key -> Directories.put(directory, key, key));
        int one = Directories.numbersOf(directory, 1, 1).findFirst().getAsInt();
        Directories.put(directory, one, one);
        contend(one);
        Directories.content(directory).keySet().forEach(key -> Directories.remove(directory, key));
        assertEquals(2, directory.length());
        assertEquals(0, rebuilds(RebuildKind.MERGE));
        Resizer.trim(directory);
        assertEquals(1, Directories.shards(directory).size());
    }

    /** If it counted, no merge would go below its depth. */
    @Test
    void aSplitForContentionDoesNotCountIfAnotherThreadReplacedTheShard() {
        Shard old = inBothHalves();
        DirectoryView.rebuildAll(directory); // as the other thread
        Resizer.relieve(directory, old);
        assertEquals(1, directory.length());
        assertEquals(0, directory.getContendedDepthOpaque());
    }

    @Test
    void aSplitForContentionDoesNotCountIfTheMapHasBeenCleared() {
        Shard old = inBothHalves();
        directory.clear();
        Resizer.relieve(directory, old);
        assertEquals(1, directory.length());
        assertEquals(0, directory.getContendedDepthOpaque());
    }

    /** Returns the only shard, with keys that a split would part. */
    private Shard inBothHalves() {
        for (int half = 0; half < 2; half++) {
            Directories.numbersOf(directory, 1, half).limit(3).forEach(key -> Directories.put(directory, key, key));
        }
        return directory.shardAt(0);
    }

    /** If it counted as one, no merge would go below its depth. */
    @Test
    void aSplitForContentionThatWouldPartNothingIsNotMade() {
        Directories.numbersOf(directory, 1, 0).limit(5).forEach(key -> Directories.put(directory, key, key));
        contend(Directories.numbersOf(directory, 1, 0).findFirst().getAsInt());
        assertEquals(1, directory.length());
        assertEquals(0, directory.getContendedDepthOpaque());
        Directories.putAll(directory, 0, 2_000);
        Directories.removeAll(directory, 0, 2_000);
        assertEquals(1, Directories.shards(directory).size());
    }

    @Test
    void contentionSplitsDownToAFloor() {
        int shards = 1 << Sizing.MAX_CONTENDED_DEPTH;
        directory = directory(Sizing.MAX_CONTENDED_DEPTH - 1, 0, false, 0);
        for (int bits = 0; bits < 4; bits++) { // two of them in one shard, and then in two
            int key = Directories.numbersOf(
                            directory, Sizing.MAX_CONTENDED_DEPTH + 1, bits << Sizing.MAX_CONTENDED_DEPTH - 1)
                    .findFirst()
                    .getAsInt();
            Directories.put(directory, key, key);
        }
        Object[] keys = Directories.content(directory).keySet().toArray();
        for (int i = 0; i < 10; i++) {
            for (Object key : keys) {
                contend(key);
            }
        }
        assertEquals(shards, directory.length(), "no deeper than contention asks for");
        assertEquals(1, rebuilds(RebuildKind.SPLIT));
        assertEquals(4, Directories.content(directory).size());
    }

    @Test
    void aShardOfOneEntryIsNotSplitForContention() {
        Directories.put(directory, 1, 1);
        contend(1);
        assertEquals(1, directory.length());
        assertEquals(0, rebuilds(RebuildKind.SPLIT));
        assertEquals(
                0, directory.shardAt(0).control().getContendedOpaque(), "it is asked again after as many claims more");
    }

    // ---- Splits that separate nothing ----

    @Test
    void keysThatNoSplitSeparatesMakeTheirShardLarger() {
        for (int i = 0; i < 300; i++) {
            Directories.put(directory, new Same(i), i);
        }
        assertEquals(1, directory.length());
        assertEquals(512, Directories.slots(directory));
        assertEquals(0, rebuilds(RebuildKind.SPLIT));
        assertEquals(300, DirectoryInvariants.check(directory).size());
    }

    /** Keys of one hash code that can't be compared. */
    private record Same(int id) {
        @Override
        public int hashCode() {
            return 7;
        }
    }

    /** Each split would separate one key from all others, and double the directory. */
    @Test
    void hostileKeysDoNotMakeTheDirectoryLong() {
        for (int i = 0; i < 200; i++) {
            Directories.put(directory, new Same(i), i);
        }
        for (int i = 0; i < 200; i++) {
            Directories.put(directory, i, i);
        }
        int places = directory.length();
        int shards = Directories.shards(directory).size();
        assertTrue(places <= Sizing.PLACES_PER_SHARD * shards, places + " places for " + shards);
        assertEquals(400, DirectoryInvariants.check(directory).size());
    }

    // ---- Collision trees ----

    private CollisionTree treeOfTwins() {
        Shard shard = Directories.shardOf(directory, new Twin(0));
        return assertInstanceOf(
                CollisionTree.class, shard.getHolderAcquire(shard.find(new Twin(0), directory.hash(42))));
    }

    private void putTwins(int from, int to) {
        for (int id = from; id < to; id++) {
            Directories.put(directory, new Twin(id), id);
        }
    }

    @Test
    void aRebuildMakesACollisionTreeOfManyKeysOfOneHash() {
        putTwins(0, 14);
        assertEquals(14, directory.shardAt(0).control().live(), "too few, in 16 slots");
        putTwins(14, 28);
        assertEquals(28, directory.shardAt(0).control().live(), "too few when it was rebuilt");
        putTwins(28, 29);
        assertEquals(28, treeOfTwins().getTreeAcquire().size());
        assertEquals(2, directory.shardAt(0).control().live());
        assertEquals(29, DirectoryInvariants.check(directory).size());
    }

    @Test
    void aRebuildEnlargesACollisionTreeByTheKeysThatCameSince() {
        putTwins(0, 200);
        int first = treeOfTwins().getTreeAcquire().size();
        putTwins(200, 1_000);
        int later = treeOfTwins().getTreeAcquire().size();
        assertTrue(first < later && later <= 1_000, first + ", then " + later);
        assertEquals(1_000, DirectoryInvariants.check(directory).size());
        for (int id = 0; id < 1_000; id++) {
            assertEquals(id, Directories.get(directory, new Twin(id)));
            Directories.put(directory, new Twin(id), -id);
        }
        for (int id = 0; id < 1_000; id++) {
            assertEquals(-id, Directories.remove(directory, new Twin(id)));
        }
        assertEquals(0, DirectoryInvariants.check(directory).size());
    }

    @Test
    void aCollisionTreeGoesWithItsHalfWhenItsShardIsSplit() {
        putTwins(0, 50);
        CollisionTree collisions = treeOfTwins();
        Directories.putAll(directory, 0, 2_000);
        assertTrue(directory.length() > 4);
        assertTrue(treeOfTwins().getTreeAcquire().size()
                >= collisions.getTreeAcquire().size());
        assertEquals(2_050, DirectoryInvariants.check(directory).size());
        Directories.removeAll(directory, 0, 2_000);
        assertEquals(50, DirectoryInvariants.check(directory).size());
        for (int id = 0; id < 50; id++) {
            assertEquals(id, Directories.get(directory, new Twin(id)));
        }
    }

    @Test
    void aKeyThatIsReservedDoesNotGoIntoACollisionTree() {
        putTwins(0, 28);
        Directories.compute(directory, new Twin(5), value -> {
            putTwins(28, 40);
            assertTrue(treeOfTwins().getTreeAcquire().size() > Sizing.COLLISIONS);
            assertNull(treeOfTwins().keyLike(new Twin(5)));
            DirectoryInvariants.checkBesideFunctions(directory);
            return -5;
        });
        assertEquals(-5, Directories.get(directory, new Twin(5)));
        assertEquals(40, DirectoryInvariants.check(directory).size());
        putTwins(40, 100);
        assertEquals(-5, Directories.get(directory, new Twin(5)));
        assertEquals(100, DirectoryInvariants.check(directory).size());
    }

    @Test
    void aKeyInACollisionTreeIsComputedAndStaysTheSameObject() {
        List<Twin> keys = new ArrayList<>();
        for (int id = 0; id < 60; id++) {
            keys.add(new Twin(id));
            Directories.put(directory, keys.get(id), id);
        }
        assertTrue(treeOfTwins().getTreeAcquire().size() > 5);
        assertEquals(-5, Directories.compute(directory, new Twin(5), value -> -(Integer) value));
        assertEquals(-5, Directories.get(directory, keys.get(5)));
        assertEquals(60, DirectoryInvariants.check(directory).size());
        for (Map.Entry<Object, Object> entry : DirectoryInvariants.check(directory)) {
            assertSame(keys.get(((Twin) entry.getKey()).id()), entry.getKey());
        }
    }

    @Test
    void keysThatCompareAsEqualButAreNotStayInTheirSlots() {
        for (int i = 0; i < 100; i++) {
            Directories.put(directory, new Tied(i), i);
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(i, Directories.get(directory, new Tied(i)));
        }
        assertEquals(100, DirectoryInvariants.check(directory).size());
        for (int i = 0; i < 100; i++) {
            assertEquals(i, Directories.remove(directory, new Tied(i)));
        }
        assertEquals(0, DirectoryInvariants.check(directory).size());
    }

    /** Ten keys for each rank. */
    private record Tied(int id) implements Comparable<Tied> {
        @Override
        public int compareTo(Tied other) {
            return Integer.compare(id / 10, other.id / 10);
        }

        @Override
        public int hashCode() {
            return 7;
        }
    }

    // ---- What fails changes nothing ----

    /** A key whose {@code hashCode} can be set to throw. */
    private static final class Moody {
        private boolean armed;
        private final Throwable thrown;

        Moody() {
            this(new AssertionError("hashCode"));
        }

        Moody(Throwable thrown) {
            this.thrown = thrown;
        }

        @Override
        public int hashCode() {
            if (armed) {
                throw Moody.<RuntimeException>unchecked(thrown);
            }
            return 1;
        }

        /** The compiler does not see what is thrown. */
        @SuppressWarnings("unchecked")
        private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    /** The last one is a checked exception, which Kotlin code can throw without declaring it. */
    private static List<Throwable> throwables() {
        return List.of(
                new AssertionError("hashCode"),
                new OutOfMemoryError("made by the test"),
                new IOException("made by the test"));
    }

    /** As when memory runs out for what the rebuild reads: nothing has changed by then. */
    @ParameterizedTest
    @MethodSource("throwables")
    void aHashCodeThatThrowsStopsTheGrowthAndNothingElse(Throwable thrown) {
        Moody moody = new Moody(thrown);
        Directories.put(directory, moody, "moody");
        Directories.putAll(directory, 0, 6);
        moody.armed = true;
        Shard shard = directory.shardAt(0);
        for (int round = 0; round < 2; round++) {
            assertSame(thrown, assertThrows(Throwable.class, () -> Directories.put(directory, 6, 6)));
            assertSame(
                    thrown, assertThrows(Throwable.class, () -> Directories.computeIfAbsent(directory, 6, value -> 6)));
        }
        assertSame(shard, directory.shardAt(0));
        assertFalse(shard.control().isClaimed());
        assertEquals(7, directory.size());
        assertNull(Directories.get(directory, 6));
        assertEquals(5, Directories.put(directory, 5, "replaced"), "the others go on");
        assertEquals(4, Directories.remove(directory, 4));
        for (int key = 0; key < 4; key++) {
            assertEquals(key, Directories.remove(directory, key), "and what is sparse stays so");
        }
        assertSame(shard, directory.shardAt(0));
        moody.armed = false;
        assertEquals("moody", Directories.get(directory, moody));
        assertEquals(2, DirectoryInvariants.check(directory).size());
        Directories.put(directory, 6, 6);
        assertEquals(3, DirectoryInvariants.check(directory).size());
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void aHashCodeThatThrowsPutsOffTheShrinking(Throwable thrown) {
        Moody moody = new Moody(thrown);
        Directories.put(directory, moody, "moody");
        Directories.putAll(directory, 0, 13);
        assertEquals(16, Directories.slots(directory));
        moody.armed = true;
        Directories.removeAll(directory, 0, 10);
        assertEquals(16, Directories.slots(directory));
        assertEquals(0, directory.shardAt(0).control().getDeletionsOpaque(), "it is tried again after as many more");
        assertFalse(directory.shardAt(0).control().isClaimed());
        moody.armed = false;
        Directories.remove(directory, 10);
        assertEquals(8, Directories.slots(directory));
        assertEquals(3, DirectoryInvariants.check(directory).size());
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void aHashCodeThatThrowsOnlyPreventsTheSplitForContention(Throwable thrown) {
        Moody moody = new Moody(thrown);
        Directories.put(directory, moody, "moody");
        Directories.put(directory, 5, 5);
        moody.armed = true;
        contend(5);
        assertEquals(1, directory.length());
        moody.armed = false;
        assertEquals(2, DirectoryInvariants.check(directory).size());
    }

    @Test
    void aCompareToThatThrowsAnErrorLeavesAllAsItWas() {
        boolean[] armed = {false};
        for (int id = 0; id < 28; id++) {
            Directories.put(directory, new Broken(id, armed), id);
        }
        armed[0] = true;
        assertThrows(AssertionError.class, () -> Directories.put(directory, new Broken(28, armed), 28));
        assertEquals(28, DirectoryInvariants.check(directory).size());
        armed[0] = false;
        Directories.put(directory, new Broken(28, armed), 28);
        assertEquals(29, DirectoryInvariants.check(directory).size());
    }

    private record Broken(int id, boolean[] armed) implements Comparable<Broken> {
        @Override
        public int compareTo(Broken other) {
            if (armed[0]) {
                throw new AssertionError("compareTo");
            }
            return Integer.compare(id, other.id);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Broken broken && broken.id == id;
        }

        @Override
        public int hashCode() {
            return 7;
        }
    }

    @Test
    void anErrorInTheMiddleOfAMergeLeavesBothShards() {
        Directories.putAll(directory, 0, 1_000);
        Moody moody = new Moody();
        Directories.put(directory, moody, "moody");
        moody.armed = true;
        Directories.removeAll(directory, 0, 1_000);
        moody.armed = false;
        assertEquals(1, DirectoryInvariants.check(directory).size());
        assertEquals("moody", Directories.get(directory, moody));
        Resizer.trim(directory);
        assertEquals(1, Directories.shards(directory).size());
        assertEquals(8, Directories.slots(directory));
    }

    @Test
    void aTrimThatFailsLeavesAllAsItWas() {
        Directories.putAll(directory, 0, 1_000);
        Moody moody = new Moody();
        Directories.put(directory, moody, "moody");
        moody.armed = true;
        assertThrows(AssertionError.class, () -> Resizer.trim(directory));
        moody.armed = false;
        assertEquals(1_001, DirectoryInvariants.check(directory).size());
    }

    // ---- With other writers ----

    /** The insertion finds no room, and replaces the shard that is being read. */
    @Test
    void aShardThatIsReplacedDuringTheReadingIsNotReplacedAgain() {
        Directories.putAll(directory, 0, 6);
        Acting inserting = new Acting(1);
        Directories.put(directory, inserting, "inserting");
        assertEquals(7, directory.shardAt(0).control().getUsedAcquire());
        Directories.remove(directory, 0);
        Directories.remove(directory, 1);
        inserting.arm(() -> Directories.put(directory, 100, 100));
        Resizer.trim(directory);
        Directories.put(directory, 6, 6);
        assertEquals(7, DirectoryInvariants.check(directory).size());
        assertEquals(100, Directories.get(directory, 100));
    }

    /** The insertion finds room in the shard that is being read. The rebuild has not read its hash code. */
    @Test
    void anInsertionDuringTheReadingMakesTheRebuildStartAgain() {
        Directories.putAll(directory, 0, 3);
        Acting inserting = new Acting(1);
        Directories.put(directory, inserting, "inserting");
        Shard shard = directory.shardAt(0);
        inserting.arm(() -> Directories.put(directory, 100, 100));
        Resizer.makeRoom(directory, shard, 4711);
        assertEquals(5, shard.control().getUsedAcquire(), "inserted into the old shard");
        assertTrue(shard.control().isRetired());
        assertEquals(1, rebuilds());
        assertEquals(5, DirectoryInvariants.check(directory).size());
        assertEquals(100, Directories.get(directory, 100));
    }

    /** The thread that merges has already claimed a shard. If it waited for the buddy, it could wait for ever. */
    @Test
    void aMergeIsGivenUpWhileTheBuddyIsClaimed() throws Exception {
        int[] zeros = Directories.numbersOf(directory, 1, 0).limit(3).toArray();
        int one = Directories.numbersOf(directory, 1, 1).findFirst().getAsInt();
        for (int key : zeros) {
            Directories.put(directory, key, key);
        }
        Directories.put(directory, one, one);
        contend(one);
        directory.setContendedDepthOpaque(0); // or they would not be merged
        Shard shard = directory.shardAt(0);
        Control buddy = directory.shardAt(1).control();
        assertTrue(buddy.tryClaim());
        Race.run(thread -> assertEquals(zeros[0], Directories.remove(directory, zeros[0])));
        assertSame(shard, directory.shardAt(0));
        assertFalse(shard.control().isClaimed() || shard.control().isRetired());
        assertTrue(buddy.isClaimed());
        assertEquals(0, rebuilds(RebuildKind.MERGE));
        buddy.giveBack();
        Directories.remove(directory, zeros[1]);
        assertEquals(1, rebuilds(RebuildKind.MERGE));
        assertEquals(1, Directories.shards(directory).size());
        assertEquals(Map.of(zeros[2], zeros[2], one, one), Directories.content(directory));
    }

    @Test
    void aRandomHistoryAgreesWithAModel() {
        long seed = System.nanoTime();
        PinnedRandom.pin(seed);
        directory = Directories.empty();
        SplittableRandom random = new SplittableRandom(seed);
        Map<Object, Object> model = new TreeMap<>();
        try {
            for (int step = 0; step < 60_000; step++) {
                boolean grows = step / 10_000 % 2 == 0;
                int key = random.nextInt(4_000);
                if (random.nextInt(10) < (grows ? 8 : 2)) {
                    assertEquals(model.put(key, step), Directories.put(directory, key, step));
                } else {
                    assertEquals(model.remove(key), Directories.remove(directory, key));
                }
                if (step % 2_500 == 0) {
                    Resizer.trim(directory);
                }
                if (step % 1_000 == 0) {
                    assertEquals(model, Directories.content(directory));
                }
            }
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        } finally {
            PinnedRandom.release();
        }
    }
}
