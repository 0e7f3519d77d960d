package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.engine.ShardPolicy;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings are taken as they are meant, or refused by name. */
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
    void anExecutorOfNullIsRefused() {
        String message = assertThrows(NullPointerException.class, () -> builder.executor(null))
                .getMessage();
        assertEquals("executor", message);
    }

    @Test
    void aRefusedSettingChangesNothing() {
        ShardPolicy before = builder.shards(2).shrinkThreshold(7).policy();
        assertThrows(IllegalArgumentException.class, () -> builder.shards(0));
        assertThrows(IllegalArgumentException.class, () -> builder.shrinkThreshold(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.expectedSize(-1));
        assertSameNumbers(before, builder.policy());
    }

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        ShardPolicy policy = builder.policy();
        assertEquals(4, policy.shardBits());
        assertEquals(0, policy.minBits());
        assertFalse(policy.growOnly());
        assertEquals(32, policy.shrinkThreshold());
        assertEquals(16, new SafeMap<>().getShardsAcquire().length());
        assertEquals(16, SafeMap.builder().build().getShardsAcquire().length());
        builder.expectedSize(0).executor(ForkJoinPool.commonPool());
        assertSameNumbers(policy, builder.policy());
    }

    private static void assertSameNumbers(ShardPolicy expected, ShardPolicy actual) {
        assertEquals(expected.shardBits(), actual.shardBits());
        assertEquals(expected.minBits(), actual.minBits());
        assertEquals(expected.growOnly(), actual.growOnly());
        assertEquals(expected.shrinkThreshold(), actual.shrinkThreshold());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 4", "5, 8", "17, 32", "1023, 1024", "32769, 65536", "65536, 65536"})
    void theNumberOfShardsIsRoundedUpToAPowerOfTwo(int asked, int made) {
        SafeMap<Integer, Integer> map = builder.shards(asked).build();
        assertEquals(made, map.getShardsAcquire().length());
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
        // expected, shards, bits of each shard's table
        "0, 1, 0",
        "8, 1, 0",
        "9, 1, 1",
        "13, 1, 1",
        "14, 1, 2",
        "1000, 1, 8",
        "128, 16, 0",
        "129, 16, 1",
        "6656, 16, 6",
        "6657, 16, 7",
        "1000000, 16, 14",
        "6979321856, 1, 30",
    })
    void theExpectedSizeIsSharedOut(long expected, int shards, int bits) {
        assertEquals(
                bits, builder.expectedSize(expected).shards(shards).policy().minBits());
        assertEquals(
                bits,
                SafeMap.builder().shards(shards).expectedSize(expected).policy().minBits(),
                "the order of the settings matters");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 65_536})
    void moreThanCanBeExpectedIsExpectedAsMuchAsCanBe(int shards) {
        assertEquals(
                30, builder.expectedSize(Long.MAX_VALUE).shards(shards).policy().minBits());
    }

    @Test
    void aBuilderMakesMapsThatShareNothing() {
        builder.shards(2).noExecutor();
        SafeMap<Integer, Integer> one = builder.build();
        SafeMap<Integer, Integer> other = builder.build();
        one.put(1, 1);
        assertTrue(other.isEmpty());
    }

    @Test
    void theLastOfExecutorAndNoExecutorCounts() {
        AtomicInteger tasks = new AtomicInteger();
        SafeMap<Integer, Integer> map =
                builder.executor(task -> tasks.incrementAndGet()).noExecutor().build();
        for (int key = 0; key < 10_000; key++) {
            map.put(key, key);
        }
        assertEquals(0, tasks.get());
        SafeMap<Integer, Integer> swept =
                builder.executor(task -> tasks.incrementAndGet()).build();
        for (int key = 0; key < 10_000; key++) {
            swept.put(key, key);
        }
        Tables.await("a task", () -> tasks.get() > 0);
    }

    @Test
    void everySetterReturnsTheBuilder() {
        assertSame(builder, builder.shards(1));
        assertSame(builder, builder.expectedSize(1));
        assertSame(builder, builder.growOnly());
        assertSame(builder, builder.shrinkThreshold(1));
        assertSame(builder, builder.executor(Runnable::run));
        assertSame(builder, builder.noExecutor());
    }

    /** A rebuild after the first deletion that makes it worth while. */
    @Test
    void noDeletionNeedPassWithoutARebuild() {
        assertEquals(0, SafeMap.builder().shrinkThreshold(0).policy().shrinkThreshold());
    }
}
