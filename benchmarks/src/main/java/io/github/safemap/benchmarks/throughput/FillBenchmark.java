package io.github.safemap.benchmarks.throughput;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/**
 * Fills a new map. One operation is one {@code put}, the making of
 * its key included; the scores are nanoseconds.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Threads(1)
@Fork(
        value = 3,
        jvmArgs = {"-XX:+UseG1GC", "-Xms8g", "-Xmx8g", "-XX:+AlwaysPreTouch"})
@Label("T9")
public abstract class FillBenchmark {
    /** The map under test. */
    @Param({
        "GO_MAP",
        "HASH_MAP",
        "CONCURRENT_HASH_MAP",
        "NON_BLOCKING_HASH_MAP",
        "ECLIPSE_COLLECTIONS",
        "CONCURRENT_SWISS_MAP",
        "NON_BLOCKING_HASH_MAP_LONG",
        "SYNCHRONIZED_HASH_MAP",
        "SYNCHRONIZED_GO_MAP",
        "SAFE_MAP"
    }) // not those that begin large
    public Subject subject;

    /** The kind of the keys. */
    @Param
    public KeyKind keys;

    /** Whether the map is told how many entries will come. */
    @Param("false")
    public boolean presized;

    /** Begins each iteration on a clean heap. */
    @Setup(Level.Iteration)
    public void collect() {
        System.gc();
    }

    /** Returns a map with {@code size} entries. */
    protected final Map<Object, Object> fill(int size) {
        subject.require(keys, 1);
        Map<Object, Object> map = presized ? subject.create(size) : subject.create();
        for (int i = 0; i < size; i++) {
            Object key = keys.key(i);
            map.put(key, key);
        }
        return map;
    }
}
