package io.github.safemap.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.MapTracker;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;

/** Creates the {@link GoMap}s of a test, and checks each when the test ends. */
final class GoMaps extends MapTracker {
    /** The one key of {@link #sparseAndGrowing}. */
    static final Object FILLER = "filler";

    /** Go's load factor: entries for two buckets. */
    private static final int LOAD_OF_TWO_BUCKETS = 13;

    GoMaps() {
        super(GoMaps::invariantsHold);
    }

    <K, V> GoMap<K, V> create() {
        return track(new GoMap<>());
    }

    <K, V> GoMap<K, V> create(int sizeHint) {
        return track(new GoMap<>(sizeHint));
    }

    /**
     * A map whose growth from {@code 1 << b} buckets has just begun. It has the keys with the ids from 0 to
     * {@code maxEntries(b)}, each with its id as value.
     */
    <K> GoMap<K, Integer> growing(int b, IntFunction<? extends K> keys) {
        GoMap<K, Integer> map = create();
        for (int id = 0; id <= maxEntries(b); id++) {
            map.put(keys.apply(id), id);
        }
        assertGrowing(map);
        return map;
    }

    /**
     * A map that has only the filler key, in the middle of a growth of 64 buckets to the same size. That growth
     * begins when there are as many overflow buckets as buckets. Entries of one hash code make a chain of
     * overflow buckets, which stays when the entries are removed.
     */
    GoMap<Object, Object> sparseAndGrowing() {
        GoMap<Object, Object> map = create();
        map.put(FILLER, "keeps the map from being empty, which would end the growth");
        int b = 6;
        for (int chains = 0; map.stats().oldBucketsLeft() == 0 || map.stats().b() < b; chains++) {
            assertTrue(chains < 100, "no growth to the same size: " + map.stats());
            int hash = ThreadLocalRandom.current().nextInt();
            boolean due = false;
            int entries = 0;
            while (!due && entries < maxEntries(b) - 1) {
                map.put(new Key(entries++, hash), hash);
                due = map.stats().overflowBuckets() >= 1 << b;
            }
            while (entries > 0) {
                map.remove(new Key(--entries, hash));
            }
            if (due) {
                map.put(HashKind.GOOD.key(-2), "begins the growth");
                map.remove(HashKind.GOOD.key(-2));
            }
        }
        assertEquals(1, map.size());
        assertGrowing(map);
        return map;
    }

    static void assertGrowing(Map<?, ?> map) {
        GoMapStats stats = ((GoMap<?, ?>) map).stats();
        assertTrue(stats.oldBucketsLeft() > 0, () -> "not growing: " + stats);
    }

    /** The most entries that {@code 1 << b} buckets take before they grow. */
    static int maxEntries(int b) {
        return Math.max(8, LOAD_OF_TWO_BUCKETS * (1 << b) / 2);
    }

    /** The base-2 logarithm of the number of buckets that Go gives a map for this number of entries. */
    static int bucketsLog2(int entries) {
        int b = 0;
        while (entries > maxEntries(b)) {
            b++;
        }
        return b;
    }

    private static void invariantsHold(Map<?, ?> checked) {
        GoMap<?, ?> map = (GoMap<?, ?>) checked;
        GoMapInvariants.check(map);
        GoMapStats stats = map.stats();
        assertEquals(map.size(), stats.size());
        assertEquals(1 << stats.b(), stats.buckets());
        assertEquals((double) stats.size() / stats.buckets(), stats.load());
        assertTrue(stats.oldBucketsLeft() <= stats.buckets(), stats::toString);
        assertTrue(stats.overflowBuckets() <= stats.allocatedBuckets(), stats::toString);
    }
}
