package io.github.safemap.benchmarks.latency;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Orders;
import io.github.safemap.benchmarks.support.Sink;
import java.util.Map;

/** Lets the JIT compile the loops and the map's growing and emptying, on small maps. */
final class WarmUp {
    private static final int SIZE = 100_000;
    private static final int ROUNDS = 20;

    private WarmUp() {}

    static void run(Subject subject, KeyKind kind) {
        Object[] keys = kind.keys(Orders.shuffled(0, SIZE, 3));
        Object[] others = kind.keys(Orders.shuffled(0, SIZE, 4));
        Latencies latencies = new Latencies();
        for (int round = 0; round < ROUNDS; round++) {
            Map<Object, Object> map = subject.create();
            Timed.puts(map, keys, others, 0, SIZE, latencies);
            long found = 0;
            for (Object key : others) {
                found += map.get(key) == null ? 0 : 1;
            }
            Sink.consume(found);
            Timed.removes(map, others, 0, SIZE - SIZE / 100, latencies);
            Timed.puts(map, keys, keys, 0, SIZE, latencies);
        }
        Timed.nothing(keys, 200_000_000, latencies);
    }
}
