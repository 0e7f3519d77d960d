package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers that decide how shards grow and shrink. */
class SizingTest {
    @ParameterizedTest
    @CsvSource({
        // live, slots to rebuild with, fewest slots
        "0, 0, 0",
        "1, 8, 8",
        "4, 8, 8",
        "5, 16, 8",
        "7, 16, 8",
        "8, 16, 16",
        "9, 32, 16",
        "14, 32, 16",
        "15, 32, 32",
        "16, 32, 32",
        "17, 64, 32",
        "105, 256, 128",
        "106, 256, 256",
        "512, 1024, 1024",
        "513, 2048, 1024",
    })
    void aShardOfSoManyEntriesIsRebuiltWithSoManySlots(int live, int slots, int fewest) {
        assertEquals(slots, Sizing.slotsFor(live));
        assertEquals(fewest, Sizing.slotsToFit(live));
    }

    @Test
    void whatFitsFitsInEveryShard() {
        for (int live = 1; live < 3000; live++) {
            int slots = Sizing.slotsToFit(live);
            for (int prefix = 1; prefix < 1000; prefix++) {
                assertTrue(Sizing.limit(slots, prefix) >= live, live + " in " + slots);
            }
            assertTrue(slots == Sizing.MIN_SLOTS || leastLimit(slots / 2) < live, live + " fit in half of " + slots);
        }
    }

    private static int leastLimit(int slots) {
        int least = slots;
        for (int prefix = 1; prefix < 1000; prefix++) {
            least = Math.min(least, Sizing.limit(slots, prefix));
        }
        return least;
    }

    /** One slot in eight stays empty, so that each way ends, and not many more. */
    @Test
    void theLimitIsBetweenThirteenSixteenthsAndSevenEighths() {
        for (int slots = 8; slots <= 1 << 20; slots *= 2) {
            Set<Integer> limits = new HashSet<>();
            for (int prefix = 1; prefix < 1000; prefix++) {
                int limit = Sizing.limit(slots, prefix);
                assertTrue(limit <= slots / 8 * 7 && limit > slots / 16 * 13 - 1, limit + " of " + slots);
                limits.add(limit);
            }
            if (slots < 128) {
                assertEquals(Set.of(slots / 8 * 7), limits, "a small shard wastes nothing");
            } else {
                assertTrue(limits.size() >= 8, "all shards of " + slots + " are used up at the same time");
            }
        }
        assertEquals(0, Sizing.limit(0, 1));
    }

    @Test
    void aShardUsedUpByLiveEntriesGrows() {
        for (int slots = 8; slots <= 1024; slots *= 2) {
            for (int prefix = 1; prefix < 100; prefix++) {
                assertEquals(2 * slots, Sizing.slotsFor(Sizing.limit(slots, prefix)));
            }
        }
    }

    /** Until the next rebuild, whatever its kind, about as many insertions follow as entries were copied. */
    @Test
    void aQuarterToAHalfOfARebuiltShardIsLive() {
        for (int live = 3; live < 5000; live++) {
            int slots = Sizing.slotsFor(live);
            assertTrue(live <= slots / 2 && (slots == Sizing.MIN_SLOTS || live > slots / 4), live + " in " + slots);
            assertTrue(
                    slots == Sizing.MIN_SLOTS || !Sizing.isSparse(live, slots), live + " in " + slots + " are sparse");
        }
    }

    @Test
    void aShardIsSparseWhenAQuarterLives() {
        assertTrue(Sizing.isSparse(32, 128));
        assertFalse(Sizing.isSparse(33, 128));
        assertTrue(Sizing.isSparse(2, 8));
        assertFalse(Sizing.isSparse(3, 8));
        assertTrue(Sizing.isSparse(0, 8));
        assertFalse(Sizing.isSparse(0, 0), "a shard of no slots can't be smaller");
    }

    @ParameterizedTest
    @CsvSource({"1,128", "15,128", "16,256", "63,256", "64,512", "1000000,512"})
    void shardsMayBeLargerInALongerDirectory(int places, int slots) {
        assertEquals(slots, Sizing.maxSlots(places));
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "2,2", "3,4", "4,4", "5,8", "1000,1024", "1073741824,1073741824"})
    void aNumberIsRoundedUpToAPowerOfTwo(int number, int power) {
        assertEquals(power, Sizing.ceilingPowerOfTwo(number));
    }

    @Test
    void buddiesAreMergedUpToThreeEighths() {
        assertEquals(48, Sizing.mostToMerge(128));
        assertEquals(384, Sizing.mostToMerge(1024));
    }

    @Test
    void contentionSplitsAMapIntoSixtyFourShardsForEachProcessorAndLessThanTwiceAsMany() {
        int processors = Runtime.getRuntime().availableProcessors();
        int shards = 1 << Sizing.MAX_CONTENDED_DEPTH;
        assertTrue(
                shards >= 64 * processors && shards < 128 * processors,
                () -> shards + " shards for " + processors + " processors");
    }
}
