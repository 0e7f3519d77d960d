package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Warmup;

/** Many entries: one fill an iteration. */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class FillLarge extends FillBenchmark {
    /** Puts 1,000,000 entries. */
    @Benchmark
    @OperationsPerInvocation(1_000_000)
    public Map<Object, Object> fill1000000() {
        return fill(1_000_000);
    }

    /** Puts 5,000,000 entries. */
    @Benchmark
    @OperationsPerInvocation(5_000_000)
    public Map<Object, Object> fill5000000() {
        return fill(5_000_000);
    }
}
