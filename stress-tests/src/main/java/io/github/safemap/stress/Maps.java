package io.github.safemap.stress;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.Directory;
import io.github.safemap.core.engine.States;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The maps under test. They are small, so that two keys meet in a bucket and a few writes rebuild a shard.
 */
final class Maps {
    /** The key that the threads race for. {@link #with} does not add it. */
    static final String KEY = "key";

    private static final String[] OTHERS = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};

    /** Keys of one hash code that cannot be sorted. */
    private static final String[] TWINS = new String[40];

    /** Keys by the two lowest bits of their hash, in a map whose seed is fixed. */
    private static final String[][] PLACED = new String[4][16];

    static {
        for (int i = 0; i < TWINS.length; i++) {
            StringBuilder key = new StringBuilder();
            for (int bits = i * 11, bit = 0; bit < 6; bit++) {
                key.append((bits >> bit & 1) == 0 ? "Aa" : "BB");
            }
            TWINS[i] = key.toString();
        }
        int[] count = new int[4];
        for (int i = 0; count[0] + count[1] + count[2] + count[3] < 64; i++) {
            String key = "k" + i;
            int bits = States.bitsOf(key, 2);
            if (count[bits] < 16) {
                PLACED[bits][count[bits]++] = key;
            }
        }
    }

    private Maps() {}

    /** Returns an empty map with one shard, which any deletion may rebuild. */
    static <K, V> SafeMap<K, V> single() {
        return SafeMap.builder().shards(1).shrinkThreshold(0).build();
    }

    /** Returns such a map with this number of entries: {@code other(i)} and the value {@code i}. */
    static SafeMap<String, Integer> with(int others) {
        SafeMap<String, Integer> map = single();
        for (int i = 0; i < others; i++) {
            map.put(OTHERS[i], i);
        }
        return map;
    }

    /** Returns such a map with 7 entries, the most that one bucket takes. The next one rebuilds the shard. */
    static SafeMap<String, Integer> full() {
        return with(7);
    }

    /** Returns such a map with 6 entries in a shard of four buckets. {@code trim} makes it smaller. */
    static SafeMap<String, Integer> spacious() {
        SafeMap<String, Integer> map = with(6);
        States.rebuild(Inside.of(map), KEY, 32);
        return map;
    }

    /**
     * Returns a map with one shard and this number each of {@code even(i)} and {@code odd(i)}, with the value
     * {@code i}.
     */
    static SafeMap<String, Integer> placed(int evens, int odds) {
        SafeMap<String, Integer> map = single();
        States.fixSeed(Inside.of(map));
        for (int i = 0; i < evens; i++) {
            map.put(even(i), i);
        }
        for (int i = 0; i < odds; i++) {
            map.put(odd(i), i);
        }
        return map;
    }

    /**
     * Returns such a map with three of each. The next write splits its shard.
     */
    static SafeMap<String, Integer> contended() {
        SafeMap<String, Integer> map = placed(3, 3);
        States.contend(Inside.of(map), KEY);
        return map;
    }

    /**
     * Returns a map with two shards, each with this number of entries: {@code even(i)} in one, {@code odd(i)}
     * in the other, with the value {@code i}. {@code trim} merges them.
     */
    static SafeMap<String, Integer> parted(int evens, int odds) {
        SafeMap<String, Integer> map = placed(evens, odds);
        States.split(Inside.of(map), KEY);
        return map;
    }

    /** Returns a map with two shards: one that the next write splits, and one that the next insertion rebuilds. */
    static SafeMap<String, Integer> splitAndGrowthDue() {
        SafeMap<String, Integer> map = parted(3, 7);
        States.rebuild(Inside.of(map), odd(0), 8);
        States.contend(Inside.of(map), even(0));
        return map;
    }

    /**
     * Returns a map with four shards in a directory of eight places. A removal of {@code even(0)} merges two
     * shards and halves the directory. An insertion of {@code odd(14)} rebuilds another.
     */
    static SafeMap<String, Integer> mergeAndGrowthDue() {
        SafeMap<String, Integer> map = parted(10, 14);
        Directory directory = Inside.of(map);
        States.split(directory, even(0));
        States.split(directory, odd(0));
        States.rebuild(directory, odd(0), 8);
        States.split(directory, even(0));
        States.merge(directory, even(0), 8); // does not change the length of the directory
        map.remove(even(6));
        map.remove(even(8));
        return map;
    }

    /** Returns a key with an even place in the maps above. One more bit tells its parity. */
    static String even(int number) {
        return PLACED[(number & 1) << 1][number >> 1];
    }

    /** Returns a key with an odd place. */
    static String odd(int number) {
        return PLACED[(number & 1) << 1 | 1][number >> 1];
    }

    /**
     * Returns a map with some keys of one hash code in a collision tree, and some in slots of one bucket:
     * {@code twin(i)}, the collision tree's first, with the value {@code i}. With six in slots the bucket is
     * full, and the next key moves them into the collision tree.
     */
    static SafeMap<String, Integer> collisions(int colliding, int others) {
        return collisions(single(), colliding, others, 8);
    }

    /** Does the same with an empty map and a shard of this number of slots. */
    static SafeMap<String, Integer> collisions(SafeMap<String, Integer> map, int colliding, int others, int slots) {
        States.plant(Inside.of(map), TWINS, colliding, others, slots);
        return map;
    }

    /** Returns the JDK's map with this number of keys of one hash. From nine on it has them in a tree. */
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
