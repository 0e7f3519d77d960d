package io.github.safemap.stress;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.Rebuild;

/**
 * The maps under test: small ones, so that two keys meet in a bucket and a few writes rebuild it.
 */
final class Maps {
    /** The key that is raced for; none of those that {@link #with} adds. */
    static final String KEY = "key";

    private static final String[] OTHERS = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};

    private Maps() {}

    /** Returns an empty map with one bucket, which nobody but its writers rebuilds. */
    static <K, V> SafeMap<K, V> single() {
        return SafeMap.builder().shards(1).shrinkThreshold(0).noExecutor().build();
    }

    /** Returns such a map with so many entries: {@code other(i)} and the value {@code i}. */
    static SafeMap<String, Integer> with(int others) {
        SafeMap<String, Integer> map = single();
        for (int i = 0; i < others; i++) {
            map.put(OTHERS[i], i);
        }
        return map;
    }

    /**
     * Returns such a map with 9 entries in one bucket and its overflow bucket. Growth to two
     * buckets has begun; the next write moves all entries.
     */
    static SafeMap<String, Integer> growing() {
        return with(9);
    }

    /**
     * Returns such a map with 6 entries in two buckets. A rebuild to one bucket has begun; the next
     * write moves all entries.
     */
    static SafeMap<String, Integer> shrinking() {
        SafeMap<String, Integer> map = spacious();
        Rebuild.begin(Inside.shardsOf(map), 0);
        return map;
    }

    /** Returns such a map with 6 entries in two buckets, which fit into one. */
    static SafeMap<String, Integer> spacious() {
        SafeMap<String, Integer> map = with(6);
        Rebuild.complete(Inside.shardsOf(map), 1);
        return map;
    }

    /** Returns a key that is not {@link #KEY}. */
    static String other(int number) {
        return OTHERS[number];
    }
}
