package io.github.safemap.stress;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.Rebuild;
import io.github.safemap.core.engine.Trees;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The maps under test: small ones, so that two keys meet in a bucket and a few writes rebuild it.
 */
final class Maps {
    /** The key that is raced for; none of those that {@link #with} adds. */
    static final String KEY = "key";

    private static final String[] OTHERS = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};

    /** Keys of one hash code, in no order. */
    private static final String[] TWINS = new String[40];

    static {
        for (int i = 0; i < TWINS.length; i++) {
            StringBuilder key = new StringBuilder();
            for (int bits = i * 11, bit = 0; bit < 6; bit++) {
                key.append((bits >> bit & 1) == 0 ? "Aa" : "BB");
            }
            TWINS[i] = key.toString();
        }
    }

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

    /**
     * Returns such a map with so many keys of one hash in a tree: {@code twin(i)} and the value {@code i}.
     */
    static SafeMap<String, Integer> tree(int twins) {
        return tree(single(), twins);
    }

    /** Does so with an empty map. */
    static SafeMap<String, Integer> tree(SafeMap<String, Integer> map, int twins) {
        Trees.plant(Inside.shardsOf(map), TWINS, twins);
        return map;
    }

    /** Returns such a map whose tree will move to one of two buckets with the next write. */
    static SafeMap<String, Integer> growingTree(int twins) {
        return growingTree(single(), twins);
    }

    /** Does so with an empty map. */
    static SafeMap<String, Integer> growingTree(SafeMap<String, Integer> empty, int twins) {
        SafeMap<String, Integer> map = tree(empty, twins);
        Rebuild.begin(Inside.shardsOf(map), 1);
        return map;
    }

    /** Returns such a map with 6 other entries, all of which will move from two buckets to one. */
    static SafeMap<String, Integer> shrinkingTree(int twins) {
        return shrinkingTree(single(), twins);
    }

    /** Does so with an empty map. */
    static SafeMap<String, Integer> shrinkingTree(SafeMap<String, Integer> empty, int twins) {
        SafeMap<String, Integer> map = tree(empty, twins);
        for (int i = 0; i < 6; i++) {
            map.put(OTHERS[i], i);
        }
        Rebuild.complete(Inside.shardsOf(map), 1);
        Rebuild.begin(Inside.shardsOf(map), 0);
        return map;
    }

    /** Returns a map with so many keys of one hash in slots that the next one makes a tree of them. */
    static SafeMap<String, Integer> almostTree() {
        return almostTree(roomy());
    }

    /** Returns an empty map with room for so many keys that a tree is made of them. */
    static SafeMap<String, Integer> roomy() {
        return SafeMap.builder()
                .shards(1)
                .shrinkThreshold(0)
                .noExecutor()
                .expectedSize(40)
                .build();
    }

    /** Does so with an empty map that has the room. */
    static SafeMap<String, Integer> almostTree(SafeMap<String, Integer> map) {
        Trees.line(Inside.shardsOf(map), TWINS, Trees.ALMOST_MANY);
        return map;
    }

    /** Returns the JDK's map with so many keys of one hash, which it has in a tree too if they are nine. */
    static ConcurrentMap<String, Integer> control(int twins) {
        ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>(64);
        for (int i = 0; i < twins; i++) {
            map.put(TWINS[i], i);
        }
        return map;
    }

    /** Returns one of the keys of one hash. */
    static String twin(int number) {
        return TWINS[number];
    }

    /** Returns a key that is not {@link #KEY}. */
    static String other(int number) {
        return OTHERS[number];
    }
}
