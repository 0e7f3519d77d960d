package io.github.safemap.benchmarks.latency;

import java.io.FileNotFoundException;
import java.util.Map;

/**
 * R6: one thread reads, first alone, then while another one lets the map grow to ten times its size, merges into each
 * of its entries, and lets it shrink again, {@value #TURNS} times over.
 */
final class ReadRound implements Round {
    private static final int TURNS = 5;
    private static final long ALONE_MILLIS = 1_000;

    @Override
    public void run(Settings settings, Results results) throws InterruptedException, FileNotFoundException {
        int size = settings.size();
        int stay = size / 10;
        Object[] keys = settings.stored();
        Object[] values = settings.values();
        Object[] others = settings.others();
        WarmUp.run(settings.subject(), settings.keys());
        Map<Object, Object> map = settings.map();
        put(map, keys, values, 0, stay);
        System.gc();

        Latencies alone = new Latencies();
        Latencies growing = new Latencies();
        Latencies merging = new Latencies();
        Latencies shrinking = new Latencies();
        // Once for the compiler, once to measure.
        beside(ReadRound::sleep, map, others, new Latencies());
        beside(ReadRound::sleep, map, others, alone);
        for (int turn = 0; turn < TURNS; turn++) {
            beside(() -> put(map, keys, values, stay, size), map, others, growing);
            long before = merging.histogram().getTotalCount();
            long found = beside(() -> merge(map, keys, values), map, others, merging);
            if (found != merging.histogram().getTotalCount() - before) {
                throw new IllegalStateException("a read of the full map found nothing");
            }
            beside(() -> remove(map, keys, stay), map, others, shrinking);
            if (map.size() != stay) {
                throw new IllegalStateException("size " + map.size());
            }
        }
        Latencies nothing = new Latencies();
        Timed.nothing(others, ALONE_MILLIS * 1_000_000, nothing);
        results.latencies("alone", alone);
        results.latencies("growing", growing);
        results.latencies("merging", merging);
        results.latencies("shrinking", shrinking);
        results.latencies(Results.NOTHING, nothing);
    }

    /** Reads while another thread does {@code work}; returns how many reads found a value. */
    private static long beside(Runnable work, Map<Object, Object> map, Object[] keys, Latencies latencies)
            throws InterruptedException {
        Thread other = new Thread(work, "writer");
        other.start();
        long found = Timed.gets(map, keys, other, latencies);
        other.join();
        return found;
    }

    private static void put(Map<Object, Object> map, Object[] keys, Object[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            map.put(keys[i], values[i]);
        }
    }

    private static void merge(Map<Object, Object> map, Object[] keys, Object[] values) {
        for (int i = 0; i < keys.length; i++) {
            map.merge(keys[i], values[i], (old, fresh) -> fresh);
        }
    }

    private static void remove(Map<Object, Object> map, Object[] keys, int from) {
        for (int i = from; i < keys.length; i++) {
            map.remove(keys[i]);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(ALONE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
