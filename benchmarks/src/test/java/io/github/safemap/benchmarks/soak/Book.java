package io.github.safemap.benchmarks.soak;

import java.util.Arrays;

/** What one worker knows of its own keys, which no other worker writes, and of its share in the counters. */
final class Book {
    /** The keys of the counters are {@code -1..-COUNTERS}. */
    static final int COUNTERS = 64;

    private static final int ABSENT = 0;

    private final int worker;
    private final int workers;
    private final int[] stamps;
    private final int[] added = new int[COUNTERS];
    private int lastStamp;
    private int present;

    Book(int worker, int workers, int keys) {
        this.worker = worker;
        this.workers = workers;
        stamps = new int[keys];
    }

    /** Returns the worker's key of this index. */
    long key(int index) {
        return (long) index * workers + worker;
    }

    boolean owns(long key) {
        return key >= 0 && key % workers == worker;
    }

    int index(long key) {
        return (int) (key / workers);
    }

    /** Returns how many keys there can be. */
    int capacity() {
        return stamps.length;
    }

    /** Returns how many keys are in the map. */
    int present() {
        return present;
    }

    boolean has(int index) {
        return stamps[index] != ABSENT;
    }

    /** Returns whether {@code item}, or null, is what the map must have for the key. */
    boolean agrees(int index, Item item) {
        int stamp = stamps[index];
        return item == null ? stamp == ABSENT : item.stamp() == stamp && item.key() == key(index);
    }

    /** Returns a value for the key that never was before. */
    Item fresh(int index) {
        if (++lastStamp == ABSENT) {
            ++lastStamp;
        }
        return new Item(key(index), lastStamp);
    }

    void put(int index, Item item) {
        present += has(index) ? 0 : 1;
        stamps[index] = item.stamp();
    }

    void remove(int index) {
        present -= has(index) ? 1 : 0;
        stamps[index] = ABSENT;
    }

    /** All keys were removed whose stamp is divisible by three. */
    void removeThird() {
        for (int index = 0; index < stamps.length; index++) {
            if (stamps[index] % 3 == 0) {
                remove(index);
            }
        }
    }

    /** Says in words what the map must have for the key. */
    String expected(int index) {
        return has(index) ? "stamp " + stamps[index] + " was put last and not removed" : "it was removed, or never put";
    }

    /** The worker added one to this counter. */
    void count(int counter) {
        added[counter]++;
    }

    /** Returns how often the worker added one to this counter since the map was cleared. */
    int counted(int counter) {
        return added[counter];
    }

    /** The map was cleared. */
    void clear() {
        Arrays.fill(stamps, ABSENT);
        Arrays.fill(added, 0);
        present = 0;
    }
}
