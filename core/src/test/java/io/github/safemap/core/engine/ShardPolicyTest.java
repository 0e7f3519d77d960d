package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers by which shards grow and shrink. */
class ShardPolicyTest {
    @ParameterizedTest
    @CsvSource({
        // live, of the smallest table, of the table that is at most half full
        "0, 0, 0",
        "1, 0, 0",
        "4, 0, 0",
        "5, 0, 1",
        "6, 0, 1",
        "7, 0, 2",
        "8, 0, 2",
        "9, 1, 2",
        "13, 1, 2",
        "14, 2, 3",
        "26, 2, 3",
        "27, 3, 4",
        "52, 3, 4",
        "53, 4, 5",
        "104, 4, 5",
        "6656, 10, 11",
        "6657, 11, 12",
        "6815744, 20, 21",
    })
    void aShardOfSoManyEntriesGetsATableOfSoManyBits(int live, int trimmed, int shrunk) {
        ShardPolicy policy = policy(0, false, 0);
        assertEquals(trimmed, policy.trimmedBits(live));
        assertEquals(shrunk, policy.shrunkBits(live));
    }

    @Test
    void noTableIsSmallerThanTheFloor() {
        for (int floor = 0; floor < 20; floor++) {
            ShardPolicy policy = policy(floor, false, 0);
            ShardPolicy unbounded = policy(0, false, 0);
            for (int live = 0; live < 100_000; live = 2 * live + 1) {
                assertEquals(Math.max(floor, unbounded.shrunkBits(live)), policy.shrunkBits(live));
                assertEquals(Math.max(floor, unbounded.trimmedBits(live)), policy.trimmedBits(live));
            }
        }
    }

    @Test
    void aShrunkTableTakesAsManyInsertionsBeforeItGrows() {
        ShardPolicy policy = policy(0, false, 0);
        for (int live = 0; live < 200_000; live++) {
            int bits = policy.shrunkBits(live);
            assertFalse(Growth.overLoadFactor(2L * live, bits), "grows too early");
            assertTrue(bits == 0 || Growth.overLoadFactor(2L * live, bits - 1), "too large");
        }
    }

    @Test
    void growthAndShrinkingLieAFactorOfFourApart() {
        ShardPolicy policy = policy(0, false, 0);
        for (int bits = 2; bits < 16; bits++) {
            int most = 0;
            while (!Growth.overLoadFactor(most + 1, bits)) {
                most++;
            }
            assertEquals(bits, policy.shrunkBits(most / 4 + 1));
            assertTrue(policy.shrunkBits(most / 4) < bits);
        }
    }

    @Test
    void moreEntriesThanATableCanTakeGetTheLargestTable() {
        assertEquals(Table.MAX_BITS, policy(0, false, 0).shrunkBits(Integer.MAX_VALUE));
        assertEquals(Table.MAX_BITS, Growth.bitsFor(Long.MAX_VALUE));
    }

    @Test
    void deletionsUpToTheThresholdAreLetPass() {
        for (int threshold : new int[] {0, 1, 32, 10_000}) {
            assertFalse(policy(0, false, threshold).shrinksAfter(threshold));
            assertTrue(policy(0, false, threshold).shrinksAfter(threshold + 1));
            assertFalse(policy(0, true, threshold).shrinksAfter(Integer.MAX_VALUE));
        }
        assertFalse(policy(0, false, Integer.MAX_VALUE).shrinksAfter(Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource({"0,4,0", "1,4,1", "16,4,1", "17,4,2", "32,4,2", "33,4,3", "7,0,7", "100,16,1"})
    void aShardsShareIsRoundedUp(long entries, int shardBits, long share) {
        assertEquals(share, ShardPolicy.share(entries, shardBits));
        assertEquals(share, new ShardPolicy(shardBits, 0, false, 0, null).share(entries));
    }

    private static ShardPolicy policy(int minBits, boolean growOnly, int threshold) {
        return new ShardPolicy(0, minBits, growOnly, threshold, null);
    }
}
