package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the settings of a map lead to. */
class ShardPolicyTest {
    @ParameterizedTest
    @CsvSource({
        // shards, expected size, depth, slots of a shard
        "1, 0, 0, 0",
        "2, 0, 1, 0",
        "3, 0, 2, 0",
        "65536, 0, 16, 0",
        "1, 1, 0, 8",
        "1, 3, 0, 8",
        "1, 4, 0, 16",
        "1, 63, 0, 128",
        "1, 64, 1, 128",
        "8, 64, 3, 32",
        "1, 1000000, 12, 512",
        "16384, 1000000, 14, 128",
        "1, 9000000000000000000, 17, 512",
    })
    void aMapStartsWithSoManyShardsOfSoManySlots(int shards, long expectedSize, int depth, int slots) {
        ShardPolicy policy = ShardPolicy.of(shards, expectedSize, false, 0);
        assertEquals(depth, policy.minDepth());
        assertEquals(slots, policy.minSlots());
        assertEquals(Sizing.ceilingPowerOfTwo(shards), policy.shards());
    }

    @Test
    void theExpectedEntriesFillHalfOfTheSlotsAtMost() {
        for (long expected = 1; expected < 30_000_000; expected = expected * 3 / 2 + 1) {
            ShardPolicy policy = ShardPolicy.of(1, expected, false, 0);
            long slots = (long) policy.minSlots() << policy.minDepth();
            assertTrue(2 * expected <= slots, expected + " in " + slots);
            assertTrue(slots <= Sizing.maxSlots(1 << policy.minDepth()) << policy.minDepth());
            assertTrue(expected < 4 || slots <= 8 * expected, slots + " for " + expected);
        }
    }

    @Test
    void noShardIsRebuiltSmallerThanTheLeast() {
        ShardPolicy policy = policy(64, false, 0);
        ShardPolicy unbounded = policy(0, false, 0);
        for (int live = 0; live < 1000; live++) {
            assertEquals(Math.max(64, unbounded.slotsFor(live, 1024)), policy.slotsFor(live, 1024));
            assertEquals(Sizing.slotsFor(live), unbounded.slotsFor(live, 1024));
        }
    }

    @Test
    void noShardIsRebuiltSmallerInAMapThatOnlyGrows() {
        ShardPolicy policy = policy(0, true, 0);
        assertEquals(128, policy.slotsFor(0, 128));
        assertEquals(128, policy.slotsFor(64, 128));
        assertEquals(256, policy.slotsFor(65, 128));
        assertEquals(256, policy(256, true, 0).slotsFor(1, 128));
    }

    @Test
    void deletionsUpToTheThresholdDoNotShrink() {
        for (int threshold : new int[] {0, 1, 32, 10_000}) {
            assertFalse(policy(0, false, threshold).shrinksAfter(threshold));
            assertTrue(policy(0, false, threshold).shrinksAfter(threshold + 1));
            assertFalse(policy(0, true, threshold).shrinksAfter(Integer.MAX_VALUE));
        }
        assertFalse(policy(0, false, Integer.MAX_VALUE).shrinksAfter(Integer.MAX_VALUE));
    }

    private static ShardPolicy policy(int minSlots, boolean growOnly, int threshold) {
        return new ShardPolicy(1, 0, minSlots, growOnly, threshold);
    }
}
