package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * {@code get} of the key that the last {@code get} returned, so that none begins before the last has ended: with one
 * thread a thousand divided by the score is a look-up's latency in nanoseconds. The values lie in memory in the order
 * in which they come, so that the waiting is for the map.
 */
@Label("T14")
public class GetDependent extends MapBenchmark {
    /** The number of entries. */
    @Param({"1000", "100000", "1000000"})
    public int size;

    private Map<Object, Object> map;
    private Object[] chain;

    /** Fills the map with one ring through all keys. */
    @Setup
    public void fill(BenchmarkParams run) {
        map = filled(size, run);
        chain = lookups(size);
        for (int i = 0; i < size; i++) {
            map.put(chain[i], chain[(i + 1) % size]);
        }
        System.gc();
    }

    /** Where a thread is on the ring. */
    @State(Scope.Thread)
    public static class Place {
        private Object key;

        /** Chooses the start. */
        @Setup
        public void start(GetDependent ring, ThreadParams thread) {
            key = ring.chain[(int) ((long) ring.size * thread.getThreadIndex() / thread.getThreadCount())];
        }
    }

    /** One {@code get}. */
    @Benchmark
    public Object get(Place place) {
        Object next = map.get(place.key);
        place.key = next;
        return next;
    }
}
