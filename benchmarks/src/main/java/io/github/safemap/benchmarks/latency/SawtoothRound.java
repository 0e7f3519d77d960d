package io.github.safemap.benchmarks.latency;

import java.io.FileNotFoundException;
import java.util.Map;

/**
 * R3: fills the map, removes 99 % of it, and again, ten times, while a second thread reads. The
 * entries that stay are others each time.
 */
final class SawtoothRound implements Round {
    private static final int TEETH = 10;
    private static final int PARTS = 100;

    @Override
    public void run(Settings settings, Results results) throws InterruptedException, FileNotFoundException {
        int part = settings.size() / PARTS;
        int size = part * PARTS;
        Object[] keys = settings.stored();
        Object[] values = settings.values();
        Object[] others = settings.others();
        Object[] victims = settings.stored();
        WarmUp.run(settings.subject(), settings.keys());
        Map<Object, Object> map = settings.map();
        System.gc();

        Reader reader = new Reader(map, others);
        reader.start();
        Latencies puts = new Latencies();
        Latencies removes = new Latencies();
        Reader.Phase sawtooth = reader.phase();
        long start = System.nanoTime();
        int stayed = 0;
        int stay = 0;
        for (int tooth = 0; tooth < TEETH; tooth++) {
            // The part from `stay` to `stay + stayed` survived the last tooth.
            Timed.puts(map, keys, values, 0, stay, puts);
            Timed.puts(map, keys, values, stay + stayed, size, puts);
            stayed = part;
            stay = tooth * part;
            Timed.removes(map, victims, 0, stay, removes);
            Timed.removes(map, victims, stay + stayed, size, removes);
            if (map.size() != part) {
                throw new IllegalStateException("size " + map.size());
            }
        }
        long nanos = System.nanoTime() - start;
        sawtooth.report("reader.sawtooth", results);

        Latencies nothing = new Latencies();
        Timed.nothing(victims, nanos, nothing);
        long found = reader.halt();
        results.latencies("put", puts);
        results.latencies("remove", removes);
        results.latencies(Results.NOTHING, nothing);
        results.figure("seconds", nanos / 1e9);
        results.figure("reader.found", found);
    }
}
