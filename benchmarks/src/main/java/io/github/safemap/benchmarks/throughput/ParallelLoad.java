package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * The parallel_load of boost: a map that starts empty, 10 % increments, 45 % look-ups of keys that have been
 * drawn for increments (most are there soon), 45 % of keys that never come, drawn by Zipf. Each thread does
 * {@value #OPERATIONS} operations; the scores are nanoseconds for one, as a thread sees it.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4)
@Measurement(iterations = 8)
@Label("T12")
public class ParallelLoad extends MapBenchmark {
    /** The operations of one thread in one load. */
    static final int OPERATIONS = 1_000_000;

    /** The number of keys that may come. */
    @Param("1000000")
    public int size;

    /** The skew of the distribution. */
    @Param({"0.01", "0.5", "0.99"})
    public double skew;

    private Map<Object, Integer> map;
    private Object[] stored;
    private Object[] lookups;
    private Object[] absent;

    /** Makes the keys. */
    @Setup
    public void keys(BenchmarkParams run) {
        subject.requireMap();
        subject.require(keys, run.getThreads());
        stored = lookups(size);
        lookups = lookups(size);
        absent = absent(size);
    }

    /** Begins each load with an empty map. */
    @Setup(Level.Iteration)
    public void empty() {
        map = subject.create();
        System.gc();
    }

    /** The ranks that a thread draws, made beforehand. */
    @State(Scope.Thread)
    public static class Ranks {
        private int[] ranks;

        /** Draws them. */
        @Setup
        public void draw(ParallelLoad load, ThreadParams thread) {
            long seed = SEED + thread.getThreadIndex();
            ranks = Pick.zipfRanks(load.size, load.skew, OPERATIONS, seed);
        }
    }

    /** One load. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public int load(Walk walk, Ranks draw) {
        int found = 0;
        for (int rank : draw.ranks) {
            found += operation(walk.dice(20), rank) == null ? 0 : 1;
        }
        return found;
    }

    private @Nullable Object operation(int dice, int rank) {
        if (dice < 2) {
            return map.merge(stored[rank], 1, Integer::sum);
        }
        return map.get(dice < 11 ? lookups[rank] : absent[rank]);
    }
}
