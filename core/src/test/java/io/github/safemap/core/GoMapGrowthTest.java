package io.github.safemap.core;

import static io.github.safemap.core.GoMaps.bucketsLog2;
import static io.github.safemap.core.GoMaps.maxEntries;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import java.util.Iterator;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * When a {@link GoMap} grows, to which size, and in which steps.
 *
 * <p>Tests that follow one of Go's own, in {@code runtime/map_test.go}, {@code runtime/map_noswiss_test.go} or
 * {@code internal/runtime/maps/map_test.go} (BSD-3-Clause), name it. Their code is new.
 */
class GoMapGrowthTest {
    @RegisterExtension
    final GoMaps maps = new GoMaps();

    /** After Go's TestMapBuckets, the cases with a hint. */
    @ParameterizedTest
    @CsvSource({
        "0,1",
        "1,1",
        "7,1",
        "8,1",
        "9,2",
        "12,2",
        "13,2",
        "14,4",
        "24,4",
        "26,4",
        "27,8",
        "52,8",
        "53,16",
        "1000,256",
        "100000,16384"
    })
    void sizeHintGivesGosBucketCount(int hint, int buckets) {
        assertEquals(buckets, maps.create(hint).stats().buckets());
    }

    /** After Go's TestMapBuckets: a hint has the same effect as that many insertions. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 9, 13, 14, 26, 27, 52, 53, 1_000})
    void insertionsGiveTheSameBucketCountAsTheHint(int entries) {
        GoMap<Integer, Integer> hinted = maps.create(entries);
        GoMap<Integer, Integer> grown = maps.create();
        for (int i = 0; i < entries; i++) {
            hinted.put(i, i);
            grown.put(i, i);
        }
        assertEquals(1 << bucketsLog2(entries), hinted.stats().buckets());
        assertEquals(1 << bucketsLog2(entries), grown.stats().buckets());
        assertEquals(0, hinted.stats().oldBucketsLeft(), "a hinted map need not grow");
    }

    /** After Go's TestLoadFactor: the table doubles above 6.5 entries for each bucket, or 8 in one bucket. */
    @ParameterizedTest
    @EnumSource
    void tableDoublesWithTheFirstEntryAboveTheLoadFactor(HashKind kind) {
        GoMap<Key, Integer> map = maps.create();
        int entries = kind == HashKind.GOOD ? maxEntries(13) + 1 : maxEntries(8) + 1;
        for (int n = 1; n <= entries; n++) {
            map.put(kind.key(n), n);
            int expected = bucketsLog2(n);
            int entry = n;
            assertEquals(expected, map.stats().b(), () -> "B with " + entry + " entries");
        }
    }

    @Test
    void putOverAPresentKeyDoesNotGrowAFullTable() {
        GoMap<Integer, Integer> map = maps.create();
        for (int i = 0; i < maxEntries(4); i++) {
            map.put(i, i);
        }
        for (int i = 0; i < maxEntries(4); i++) {
            map.put(i, -i);
        }
        assertEquals(4, map.stats().b());
        assertEquals(0, map.stats().oldBucketsLeft());
        map.put(-1, -1);
        assertEquals(5, map.stats().b());
    }

    /** In the spirit of Go's TestNonEscapingMap: a map with few entries costs little. */
    @Test
    void bucketsAreMadeWhenTheirFirstEntryComes() {
        GoMap<Integer, Integer> map = maps.create(1_000);
        assertEquals(0, map.stats().allocatedBuckets());
        map.put(1, 1);
        assertEquals(1, map.stats().allocatedBuckets());
        assertEquals(256, map.stats().buckets());
    }

    /** The writes that must continue a growth. */
    enum Write {
        PUT_NEW((map, id) -> assertNull(map.put(HashKind.GOOD.key(1_000_000 + id), id))),
        PUT_OVER((map, id) -> assertEquals(id, map.put(HashKind.GOOD.key(id), id))),
        REMOVE((map, id) -> assertEquals(id, map.remove(HashKind.GOOD.key(id)))),
        REMOVE_ABSENT((map, id) -> assertNull(map.remove(HashKind.GOOD.key(-1 - id)))),
        COMPUTE((map, id) -> map.compute(HashKind.GOOD.key(id), (key, value) -> value + 1)),
        ITERATOR_REMOVE((map, id) -> {
            Iterator<Key> keys = map.keySet().iterator();
            keys.next();
            keys.remove();
        });

        private final BiConsumer<GoMap<Key, Integer>, Integer> step;

        Write(BiConsumer<GoMap<Key, Integer>, Integer> step) {
            this.step = step;
        }
    }

    /** Go's growWork: the used bucket, and one more. */
    @ParameterizedTest
    @EnumSource
    void eachWriteEvacuatesItsBucketAndOneMore(Write write) {
        int b = 8;
        GoMap<Key, Integer> map = maps.growing(b, HashKind.GOOD::key);
        int left = map.stats().oldBucketsLeft();
        assertTrue(left >= (1 << b) - 2 && left <= 1 << b, "left at once: " + left);
        int writes = 0;
        while (left > 0) {
            write.step.accept(map, writes++);
            int now = map.stats().oldBucketsLeft();
            assertTrue(now < left, "a write evacuated nothing, " + left + " left");
            assertTrue(now >= left - 2, "a write evacuated " + (left - now) + " buckets");
            left = now;
            if (writes % 50 == 0) {
                maps.check(map);
            }
        }
        assertTrue(writes >= (1 << b) / 2 - 1, "only " + writes + " writes");
        assertEquals(b + 1, map.stats().b());
    }

    @Test
    void readsAndIterationEvacuateNothing() {
        GoMap<Key, Integer> map = maps.growing(6, HashKind.GOOD::key);
        int left = map.stats().oldBucketsLeft();
        int sum = 0;
        for (int id = -100; id <= maxEntries(6); id++) {
            Integer value = map.get(HashKind.GOOD.key(id));
            assertEquals(id >= 0 ? id : null, value);
            assertEquals(id >= 0, map.containsKey(HashKind.GOOD.key(id)));
        }
        for (int value : map.values()) {
            sum += value;
        }
        assertEquals(maxEntries(6) * (maxEntries(6) + 1) / 2, sum);
        assertEquals(left, map.stats().oldBucketsLeft());
    }

    @ParameterizedTest
    @EnumSource
    void everyEntryIsFoundAtEveryStepOfGrowth(HashKind kind) {
        int entries = 430;
        GoMap<Key, Integer> map = maps.create();
        for (int n = 0; n < entries; n++) {
            map.put(kind.key(n), n);
            for (int id = 0; id <= n; id++) {
                assertEquals(id, map.get(kind.key(id)));
            }
            assertNull(map.get(kind.key(n + 1)));
        }
    }

    /** Go's tooManyOverflowBuckets: growth to the same size, which removes a sparse tail. */
    @Test
    void manyOverflowBucketsBeginAGrowthToTheSameSize() {
        GoMap<Object, Object> map = maps.sparseAndGrowing();
        GoMapStats before = map.stats();
        assertEquals(6, before.b());
        for (int id = 0; map.stats().oldBucketsLeft() > 0; id++) {
            assertTrue(id < 64, "growth does not end");
            map.put(HashKind.GOOD.key(id), id);
        }
        GoMapStats after = map.stats();
        assertEquals(before.b(), after.b());
        assertTrue(after.overflowBuckets() < 8, after::toString);
    }

    @ParameterizedTest
    @EnumSource
    void removingEverythingKeepsTheTable(HashKind kind) {
        GoMap<Key, Integer> map = maps.create();
        for (int id = 0; id < 1_000; id++) {
            map.put(kind.key(id), id);
        }
        assertEquals(256, map.stats().buckets());
        for (int id = 0; id < 1_000; id++) {
            assertEquals(id, map.remove(kind.key(id)));
        }
        assertTrue(map.isEmpty());
        assertEquals(256, map.stats().buckets());
        map.put(kind.key(1), 1);
        map.clear();
        assertTrue(map.isEmpty());
        assertEquals(256, map.stats().buckets());
    }

    @Test
    void clearEndsAGrowthAndKeepsTheLargerTable() {
        GoMap<Key, Integer> map = maps.growing(6, HashKind.GOOD::key);
        map.clear();
        assertEquals(0, map.stats().oldBucketsLeft());
        assertEquals(7, map.stats().b());
        for (int id = 0; id <= maxEntries(6); id++) {
            assertNull(map.get(HashKind.GOOD.key(id)));
            assertNull(map.put(HashKind.GOOD.key(id), id));
        }
        assertEquals(7, map.stats().b());
    }

    /** After Go's TestMapTombstones. */
    @ParameterizedTest
    @EnumSource
    void emptySlotsStayConsistentThroughDeletionAndRefill(HashKind kind) {
        int n = kind == HashKind.GOOD ? 10_000 : 1_000;
        GoMap<Key, Integer> map = maps.create();
        for (int id = 0; id < n; id++) {
            map.put(kind.key(id), id);
        }
        maps.check(map);
        for (int id = 0; id < n; id += 2) {
            assertEquals(id, map.remove(kind.key(id)));
        }
        maps.check(map);
        for (int id = n; id < n + n / 2; id++) {
            assertNull(map.put(kind.key(id), id));
        }
        maps.check(map);
        assertEquals(n, map.size());
        for (int id = 0; id < n + n / 2; id++) {
            assertEquals(id < n && id % 2 == 0 ? null : id, map.remove(kind.key(id)));
        }
        assertTrue(map.isEmpty());
    }

    /** After Go's TestTablePutDelete: an emptied slot is used again. */
    @ParameterizedTest
    @EnumSource
    void putAndRemoveOfOneKeyUsesOneSlot(HashKind kind) {
        GoMap<Key, Integer> map = maps.create();
        for (int id = 0; id < 7; id++) {
            map.put(kind.key(id), id);
        }
        for (int i = 0; i < 1_000; i++) {
            assertNull(map.put(kind.key(100 + i), i));
            assertEquals(i, map.remove(kind.key(100 + i)));
        }
        assertEquals(1, map.stats().allocatedBuckets());
    }

    /** After Go's TestTombstoneGrow (issue 70886). */
    @ParameterizedTest
    @CsvSource({"16,20", "16,60", "16,104", "64,80", "64,240", "64,416", "256,320", "256,960", "256,1664"})
    void churnAtConstantSizeDoesNotGrowTheTable(int buckets, int entries) {
        GoMap<Integer, Integer> map = maps.create(maxEntries(bucketsLog2(buckets * 6)));
        assertEquals(buckets, map.stats().buckets());
        for (int i = 0; i < entries; i++) {
            map.put(i, i);
        }
        for (int i = 0; i < 100_000; i++) {
            map.remove(i);
            map.put(entries + i, i);
            if (i % 1_000 == 0) {
                GoMapStats stats = map.stats();
                assertEquals(buckets, stats.buckets());
                assertTrue(stats.overflowBuckets() <= 2 * buckets, stats::toString);
            }
        }
        assertEquals(entries, map.size());
    }

    /** As in Go, the write does its share of the work before it adds the entry. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 8})
    void theWriteThatBeginsAGrowthMovesBucketsAtOnce(int b) {
        GoMap<Integer, Integer> map = maps.growing(b, id -> id);
        int left = map.stats().oldBucketsLeft();
        assertTrue(left == (1 << b) - 2 || left == (1 << b) - 1, () -> left + " left");
    }
}
