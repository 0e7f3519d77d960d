package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.engine.ShardPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings have their documented effect. Bad ones are refused by name. */
class SafeMapBuilderTest {
    private final SafeMapBuilder builder = SafeMap.builder();

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_537, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aNumberOfShardsThatIsNoneIsRefused(int count) {
        refused("shards", count, () -> builder.shards(count));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void aNegativeExpectedSizeIsRefused(long entries) {
        refused("expectedSize", entries, () -> builder.expectedSize(entries));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE})
    void aNegativeShrinkThresholdIsRefused(int deletions) {
        refused("shrinkThreshold", deletions, () -> builder.shrinkThreshold(deletions));
    }

    private static void refused(String setting, long value, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(setting), message);
        assertTrue(message.contains(Long.toString(value)), message);
    }

    @Test
    void aRefusedSettingChangesNothing() {
        ShardPolicy before = builder.shards(2).shrinkThreshold(7).policy();
        assertThrows(IllegalArgumentException.class, () -> builder.shards(0));
        assertThrows(IllegalArgumentException.class, () -> builder.shrinkThreshold(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.expectedSize(-1));
        assertEquals(before, builder.policy());
    }

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        ShardPolicy policy = builder.policy();
        assertEquals(1, policy.shards());
        assertEquals(0, policy.minDepth());
        assertEquals(0, policy.minSlots());
        assertFalse(policy.growOnly());
        assertEquals(32, policy.shrinkThreshold());
        assertEquals(1, new SafeMap<>().stats().shards());
        assertEquals(1, SafeMap.builder().build().stats().shards());
        assertEquals(policy, builder.expectedSize(0).policy());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 4", "5, 8", "17, 32", "1023, 1024", "32769, 65536", "65536, 65536"})
    void theNumberOfShardsIsRoundedUpToAPowerOfTwo(int asked, int made) {
        SafeMap<Integer, Integer> map = builder.shards(asked).build();
        assertEquals(made, map.stats().shards());
        assertEquals(0, map.stats().slots(), "a table was made before the first entry");
        for (int key = 0; key < 100; key++) {
            map.put(key, -key);
        }
        for (int key = 0; key < 100; key++) {
            assertEquals(-key, map.get(key));
        }
        SafeMapInvariants.check(map);
    }

    @ParameterizedTest
    @CsvSource({
        // expected size, requested shards, resulting shards, fewest slots of each
        "0, 1, 1, 0",
        "0, 16, 16, 0",
        "1, 1, 1, 8",
        "7, 1, 1, 16",
        "63, 1, 1, 128",
        "64, 1, 2, 128",
        "64, 16, 16, 16",
        "1000, 1, 16, 128",
        "1000, 1024, 1024, 8",
        "1000000, 1, 4096, 512",
    })
    void theExpectedSizeIsSharedOut(long expected, int asked, int shards, int slots) {
        assertShared(builder.expectedSize(expected).shards(asked).policy(), asked, shards, slots);
        SafeMapBuilder other = SafeMap.builder().shards(asked).expectedSize(expected);
        assertShared(other.policy(), asked, shards, slots);
    }

    private static void assertShared(ShardPolicy policy, int asked, int shards, int slots) {
        assertEquals(asked, policy.shards());
        assertEquals(shards, 1 << policy.minDepth());
        assertEquals(slots, policy.minSlots());
    }

    /** The numbers of shards and slots are bounded, because the expected entries need not fit the memory. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 65_536})
    void anExpectedSizeBeyondTheBoundIsCutToIt(int shards) {
        assertShared(builder.expectedSize(Long.MAX_VALUE).shards(shards).policy(), shards, 131_072, 512);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 1_000, 100_000})
    void theExpectedEntriesComeWithoutASplit(int expected) {
        SafeMap<Integer, Integer> map = builder.expectedSize(expected).build();
        for (int key = 0; key < expected; key++) {
            map.put(key, key);
        }
        SafeMapStats stats = map.stats();
        assertEquals(0, stats.splits(), stats::toString);
        assertEquals(0, stats.growths() - Math.min(stats.growths(), stats.shards()), stats::toString);
    }

    @Test
    void aBuilderMakesMapsThatShareNothing() {
        builder.shards(2);
        SafeMap<Integer, Integer> one = builder.build();
        SafeMap<Integer, Integer> other = builder.build();
        one.put(1, 1);
        assertTrue(other.isEmpty());
    }

    @Test
    void everySetterReturnsTheBuilder() {
        assertSame(builder, builder.shards(1));
        assertSame(builder, builder.expectedSize(1));
        assertSame(builder, builder.growOnly());
        assertSame(builder, builder.shrinkThreshold(1));
    }

    @Test
    void aThresholdOfZeroRebuildsAtTheFirstDeletion() {
        assertEquals(0, SafeMap.builder().shrinkThreshold(0).policy().shrinkThreshold());
    }
}
