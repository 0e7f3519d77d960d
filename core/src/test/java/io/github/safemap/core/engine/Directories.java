package io.github.safemap.core.engine;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Directories for tests, and a map's calls on them. */
final class Directories {
    private Directories() {}

    /** Returns an empty directory that shrinks at once. */
    static Directory empty() {
        return empty(1);
    }

    static Directory empty(int shards) {
        return new Directory(ShardPolicy.of(shards, 0, false, 0));
    }

    /** Returns a directory with the numbers up to a limit, each with itself as value. */
    static Directory ofNumbers(int count) {
        Directory directory = empty();
        putAll(directory, 0, count);
        return directory;
    }

    static Object put(Directory directory, Object key, Object value) {
        return KeyWriter.write(directory, key, key.hashCode(), null, value, KeyWriter.Kind.PUT);
    }

    static void putAll(Directory directory, int from, int to) {
        for (int key = from; key < to; key++) {
            put(directory, key, key);
        }
    }

    static Object remove(Directory directory, Object key) {
        return KeyWriter.write(directory, key, key.hashCode(), null, null, KeyWriter.Kind.REPLACE);
    }

    static void removeAll(Directory directory, int from, int to) {
        for (int key = from; key < to; key++) {
            remove(directory, key);
        }
    }

    static Object get(Directory directory, Object key) {
        return directory.get(key, key.hashCode());
    }

    static Object compute(Directory directory, Object key, UnaryOperator<Object> function) {
        return KeyWriter.compute(directory, key, key.hashCode(), function, KeyWriter.Kind.PUT);
    }

    static Object computeIfAbsent(Directory directory, Object key, UnaryOperator<Object> function) {
        return KeyWriter.compute(directory, key, key.hashCode(), function, KeyWriter.Kind.PUT_IF_ABSENT);
    }

    static Shard shardOf(Directory directory, Object key) {
        return directory.shardOf(directory.hash(key.hashCode()));
    }

    /** Returns each shard once, in the order of their places. */
    static Set<Shard> shards(Directory directory) {
        return new LinkedHashSet<>(Arrays.asList(directory.getPlacesAcquire()));
    }

    static int slots(Directory directory) {
        return shards(directory).stream().mapToInt(Shard::slotCount).sum();
    }

    /** Checks the directory, and returns what is in it. */
    static Map<Object, Object> content(Directory directory) {
        Map<Object, Object> content = new TreeMap<>();
        DirectoryInvariants.check(directory).forEach(entry -> content.put(entry.getKey(), entry.getValue()));
        return content;
    }

    /** Returns the numbers, from zero on, that go into the shard at a place of a directory of this depth. */
    static IntStream numbersOf(Directory directory, int depth, int bits) {
        IntPredicate there = number -> (HashSeed.placeBits(directory.hash(number)) & (1 << depth) - 1) == bits;
        return IntStream.iterate(0, number -> number + 1).filter(there);
    }
}
