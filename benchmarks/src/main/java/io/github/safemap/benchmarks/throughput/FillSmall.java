package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Warmup;

/** Few entries: many fills an iteration. */
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FillSmall extends FillBenchmark {
    /** Puts 10 entries. */
    @Benchmark
    @OperationsPerInvocation(10)
    public Map<Object, Object> fill10() {
        return fill(10);
    }

    /** Puts 1,000 entries. */
    @Benchmark
    @OperationsPerInvocation(1_000)
    public Map<Object, Object> fill1000() {
        return fill(1_000);
    }

    /** Puts 100,000 entries. */
    @Benchmark
    @OperationsPerInvocation(100_000)
    public Map<Object, Object> fill100000() {
        return fill(100_000);
    }
}
