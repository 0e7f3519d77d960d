package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The places of shards, and their exchange. Nobody writes to the shards. */
class DirectoryTest {
    private final Directory directory = Directories.empty();

    /** Puts two halves into the places of a shard, as a split does. */
    private Shard[] split(Shard old) {
        Shard[] halves = halves(old);
        directory.rebuilds();
        assertTrue(directory.exchange(new Shard[] {old}, halves));
        DirectoryInvariants.check(directory);
        return halves;
    }

    private static Shard[] halves(Shard old) {
        return new Shard[] {
            new Shard(8, old.depth() + 1, old.bits(), old.counts()),
            new Shard(8, old.depth() + 1, old.bits() | 1 << old.depth(), old.counts())
        };
    }

    private static Shard whole(Shard half) {
        int depth = half.depth() - 1;
        return new Shard(8, depth, half.bits() & (1 << depth) - 1, half.counts());
    }

    private Shard merge(Shard one, Shard other) {
        Shard fresh = whole(one);
        assertTrue(directory.exchange(new Shard[] {one, other}, new Shard[] {fresh}));
        DirectoryInvariants.check(directory);
        return fresh;
    }

    private void assertPlaces(Shard... expected) {
        assertEquals(Arrays.asList(expected), Arrays.asList(directory.getPlacesAcquire()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64, 65_536})
    void aDirectoryStartsWithTheLeastShards(int shards) {
        Directory some = Directories.empty(shards);
        assertEquals(Sizing.ceilingPowerOfTwo(shards), some.length());
        assertEquals(some.length(), Directories.shards(some).size());
        assertEquals(0, Directories.slots(some));
        assertEquals(0, some.size());
        DirectoryInvariants.check(some);
    }

    @Test
    void aHashIsFoundByItsLowBits() {
        Directory four = Directories.empty(4);
        for (int place = 0; place < 4; place++) {
            assertSame(four.getPlacesAcquire()[place], four.shardAt(0x7FFF_FFF0 + place));
            assertEquals(place, four.shardAt(place).bits());
            assertEquals(2, four.shardAt(place).depth());
        }
    }

    @Test
    void aSplitThatNeedsAnotherBitDoublesTheDirectory() {
        Shard root = directory.shardAt(0);
        Shard[] halves = split(root);
        assertPlaces(halves);
        assertEquals(1, directory.rebuilds().doubled());
        assertEquals(0, directory.rebuilds().halved());
    }

    @Test
    void aShardOfLesserDepthStandsInSeveralPlaces() {
        Shard[] halves = split(directory.shardAt(0));
        Shard[] quarters = split(halves[1]);
        assertPlaces(halves[0], quarters[0], halves[0], quarters[1]);
        Shard[] eighths = split(quarters[0]);
        assertPlaces(halves[0], eighths[0], halves[0], quarters[1], halves[0], eighths[1], halves[0], quarters[1]);
        assertEquals(3, directory.rebuilds().doubled());
        for (int place = 0; place < 8; place += 2) {
            assertSame(halves[0], directory.shardAt(place));
        }
    }

    @Test
    void aSplitThatNeedsNoMoreBitsDoublesNothing() {
        Shard[] halves = split(directory.shardAt(0));
        Shard[] upper = split(halves[1]);
        Shard[] places = directory.getPlacesAcquire();
        Shard[] lower = split(halves[0]);
        assertSame(places, directory.getPlacesAcquire());
        assertPlaces(lower[0], upper[0], lower[1], upper[1]);
        assertEquals(2, directory.rebuilds().doubled());
    }

    /** A thread that has loaded the old array finds the old shards in it. */
    @Test
    void anArrayThatHasBeenReplacedIsNotUpdated() {
        Shard root = directory.shardAt(0);
        Shard[] first = directory.getPlacesAcquire();
        Shard[] halves = split(root);
        split(halves[0]);
        assertNotSame(first, directory.getPlacesAcquire());
        assertEquals(Arrays.asList(root), Arrays.asList(first));
        Shard[] second = directory.getPlacesAcquire();
        directory.clear();
        assertSame(halves[1], second[1]);
        assertNotSame(second, directory.getPlacesAcquire());
    }

    @Test
    void buddiesDifferInTheirLastBit() {
        assertNull(directory.buddyOf(directory.shardAt(0)), "there is one shard only");
        Shard[] halves = split(directory.shardAt(0));
        assertSame(halves[1], directory.buddyOf(halves[0]));
        assertSame(halves[0], directory.buddyOf(halves[1]));
        Shard[] quarters = split(halves[1]);
        assertNull(directory.buddyOf(halves[0]), "its buddy has been split");
        assertSame(quarters[0], directory.buddyOf(quarters[1]));
        directory.setContendedDepthOpaque(2);
        assertNull(directory.buddyOf(quarters[1]), "it was split for contention");
        directory.setContendedDepthOpaque(1);
        assertSame(quarters[0], directory.buddyOf(quarters[1]));
    }

    @Test
    void shardsOfTheLeastDepthHaveNoBuddies() {
        Directory four = Directories.empty(4);
        for (Shard shard : Directories.shards(four)) {
            assertNull(four.buddyOf(shard));
        }
    }

    @Test
    void aMergePutsOneShardIntoThePlacesOfTwo() {
        Shard[] halves = split(directory.shardAt(0));
        Shard[] lower = split(halves[0]);
        Shard[] upper = split(halves[1]);
        Shard merged = merge(upper[1], upper[0]);
        assertPlaces(lower[0], merged, lower[1], merged);
        assertEquals(1, merged.depth());
        assertEquals(1, merged.bits());
    }

    @Test
    void aDirectoryIsHalvedWhileItHasMoreThanTwoPlacesForEachShard() {
        Shard[] halves = split(directory.shardAt(0));
        Shard[] lower = split(halves[0]);
        Shard[] deep = split(lower[0]);
        Shard[] deeper = split(deep[0]);
        assertEquals(16, directory.length());
        Shard merged = merge(deeper[0], deeper[1]);
        assertEquals(8, directory.length(), "four shards, of which two need the third bit");
        merged = merge(merged, deep[1]);
        assertEquals(4, directory.length(), "three shards");
        merged = merge(merged, lower[1]);
        assertEquals(4, directory.length(), "two shards: they have two places each");
        merged = merge(merged, halves[1]);
        assertPlaces(merged, merged);
        assertEquals(3, directory.rebuilds().halved());
    }

    @Test
    void theDirectoryIsNeverShorterThanTheLeast() {
        Directory two = Directories.empty(2);
        two.rebuilds();
        Shard old = two.shardAt(1);
        Shard[] halves = halves(old);
        assertTrue(two.exchange(new Shard[] {old}, halves));
        assertEquals(4, two.length());
        Shard fresh = whole(halves[0]);
        assertTrue(two.exchange(halves, new Shard[] {fresh}));
        assertTrue(two.length() >= 2);
        DirectoryInvariants.check(two);
    }

    @Test
    void thereIsRoomForAShardUntilTheDirectoryIsTooLongForItsShards() {
        Shard shard = directory.shardAt(0);
        int shards = 1;
        while (directory.hasRoomFor(shard.depth() + 1)) {
            shard = split(shard)[0];
            shards++;
            assertTrue(directory.length() <= Sizing.PLACES_PER_SHARD * shards);
        }
        assertTrue(shards > 2, "no room for four shards");
        assertTrue(2 * directory.length() > Sizing.PLACES_PER_SHARD * (shards + 1));
        assertTrue(directory.hasRoomFor(shard.depth()), "its depth is there");
        assertFalse(directory.hasRoomFor(Sizing.MAX_DEPTH + 1));
    }

    @Test
    void anExchangeAfterAClearIsRefused() {
        Shard[] halves = split(directory.shardAt(0));
        Shard[] quarters = halves(halves[0]);
        directory.clear();
        Shard[] cleared = directory.getPlacesAcquire().clone();
        assertFalse(directory.exchange(new Shard[] {halves[0]}, quarters));
        assertFalse(directory.exchange(halves, new Shard[] {whole(halves[0])}));
        assertPlaces(cleared);
        DirectoryInvariants.check(directory);
    }

    /** One of the two is still there, as if it was put back during a clear. */
    @Test
    void anExchangeOfTwoIsRefusedIfOneIsNotThere() {
        Shard[] halves = split(directory.shardAt(0));
        Shard stranger = new Shard(8, 1, 1, halves[1].counts());
        assertFalse(directory.exchange(new Shard[] {halves[0], stranger}, new Shard[] {whole(halves[0])}));
        assertPlaces(halves);
    }

    @Test
    void aClearDropsAllShardsAndStartsAnew() {
        Directories.putAll(directory, 0, 1000);
        assertTrue(directory.length() > 1);
        directory.setContendedDepthOpaque(3);
        long doubled = directory.rebuilds().doubled();
        directory.clear();
        assertEquals(1, directory.length());
        assertEquals(0, directory.size());
        assertEquals(0, Directories.slots(directory));
        assertEquals(0, directory.getContendedDepthOpaque());
        assertEquals(doubled, directory.rebuilds().doubled(), "what has been counted is kept");
        assertNull(Directories.get(directory, 1));
        DirectoryInvariants.check(directory);
        Directories.putAll(directory, 0, 1000);
        assertEquals(1000, Directories.content(directory).size());
    }

    @Test
    void aRestartGivesOtherSettings() {
        ShardPolicy policy = ShardPolicy.of(8, 0, true, 5);
        directory.restart(policy);
        assertSame(policy, directory.policy());
        assertEquals(8, directory.length());
        Directories.put(directory, "key", "value");
        assertEquals("value", Directories.get(directory, "key"));
        DirectoryInvariants.check(directory);
    }

    @Test
    void theSeedStaysForTheMapsLife() {
        long hash = directory.hash(42);
        assertEquals(HashSeed.spread(42, directory.seed()), hash);
        directory.clear();
        directory.restart(ShardPolicy.of(8, 0, true, 5));
        assertEquals(hash, directory.hash(42));
    }

    @Test
    void shardsMayBeLargerInALongDirectory() {
        assertEquals(Sizing.maxSlots(1), directory.maxSlots());
        assertEquals(Sizing.MAX_SLOTS, Directories.empty(1024).maxSlots());
    }

    @Test
    void theStatisticsAreSumsOverAllShards() {
        Directories.putAll(directory, 0, 1000);
        Directories.removeAll(directory, 0, 10);
        DirectoryStats stats = DirectoryStats.of(directory);
        assertEquals(directory.length(), stats.places());
        assertEquals(Directories.shards(directory).size(), stats.shards());
        assertEquals(Directories.slots(directory), stats.slots());
        int dead = 0;
        for (Shard shard : Directories.shards(directory)) {
            dead += shard.control().getDeadAcquire();
        }
        assertEquals(dead, stats.deadSlots());
        assertEquals(0, stats.contended());
        assertTrue(stats.longestWay() >= 1);
        assertTrue(stats.tableBytes() > 9 * stats.slots());
        assertTrue(stats.tableBytes() < 9 * stats.slots() + 300L * stats.shards() + 8L * stats.places());
    }

    @Test
    void claimsThatWaitedAreCountedAlsoIfTheirShardIsGone() {
        Directories.putAll(directory, 0, 10);
        directory.shardAt(0).control().setContendedOpaque(3);
        assertEquals(3, DirectoryStats.of(directory).contended());
        Directories.putAll(directory, 10, 1000);
        assertEquals(3, DirectoryStats.of(directory).contended());
        directory.clear();
        assertEquals(3, DirectoryStats.of(directory).contended());
    }
}
