package io.github.safemap.benchmarks.latency;

import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * R1: each thread puts its part of the keys into one map, empty at first. R4: the same without a warm-up, so that
 * the loop and the map are loaded, linked and compiled meanwhile.
 */
final class GrowRound implements Round {
    private final boolean warm;

    GrowRound(boolean warm) {
        this.warm = warm;
    }

    @Override
    public void run(Settings settings, Results results) throws InterruptedException, FileNotFoundException {
        Object[] keys = settings.stored();
        Object[] values = settings.values();
        if (warm) {
            WarmUp.run(settings.subject(), settings.keys());
        }
        Map<Object, Object> map = settings.map();
        System.gc();

        CountDownLatch go = new CountDownLatch(1);
        List<Writer> writers = new ArrayList<>();
        int part = settings.size() / settings.threads();
        for (int i = 0; i < settings.threads(); i++) {
            Writer writer = new Writer(map, keys, values, i * part, (i + 1) * part, go);
            writers.add(writer);
            writer.start();
        }
        long start = System.nanoTime();
        go.countDown();
        Latencies puts = new Latencies();
        Latencies nothing = new Latencies();
        long end = start;
        for (Writer writer : writers) {
            writer.join();
            puts.addAll(writer.puts);
            nothing.addAll(writer.nothing);
            end = Math.max(end, writer.end);
        }
        if (map.size() != part * settings.threads()) {
            throw new IllegalStateException("size " + map.size());
        }
        results.latencies("put", puts);
        results.latencies(Results.NOTHING, nothing);
        results.figure("seconds", (end - start) / 1e9);
    }

    private static final class Writer extends Thread {
        private final Map<Object, Object> map;
        private final Object[] keys;
        private final Object[] values;
        private final int from;
        private final int to;
        private final CountDownLatch go;
        private final Latencies puts = new Latencies();
        private final Latencies nothing = new Latencies();
        private long end;

        Writer(Map<Object, Object> map, Object[] keys, Object[] values, int from, int to, CountDownLatch go) {
            this.map = map;
            this.keys = keys;
            this.values = values;
            this.from = from;
            this.to = to;
            this.go = go;
        }

        @Override
        public void run() {
            try {
                go.await();
            } catch (InterruptedException e) {
                return;
            }
            long start = System.nanoTime();
            Timed.puts(map, keys, values, from, to, puts);
            end = System.nanoTime();
            Timed.nothing(keys, end - start, nothing);
        }
    }
}
