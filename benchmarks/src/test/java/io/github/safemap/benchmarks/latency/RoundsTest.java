package io.github.safemap.benchmarks.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Fork;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds with few entries, in JVMs of their own, as in earnest. */
class RoundsTest {
    @TempDir
    Path directory;

    private Map<String, Double> run(Workload workload) throws Exception {
        Settings settings = new Settings(
                workload,
                Subject.SAFE_MAP,
                KeyKind.LONG,
                20_000,
                1,
                directory.resolve("round").toString());
        return Fork.run(LatencyRound.class, List.of("-Xmx256m"), settings.arguments());
    }

    @Test
    void theFirstFillAndTheFirstRemovalsAreTimed() throws Exception {
        Map<String, Double> fill = run(Workload.R4);
        Map<String, Double> drain = run(Workload.R5);
        assertTrue(fill.get("put.max") >= fill.get("put.p50"), fill::toString);
        assertTrue(drain.get("remove.max") >= drain.get("remove.p50"), drain::toString);
        assertEquals(fill.containsKey("put.max.run"), drain.containsKey("remove.max.run"));
    }

    @Test
    void readsAreTimedAloneAndBesideAWriter() throws Exception {
        Map<String, Double> reads = run(Workload.R6);
        for (String phase : List.of("alone", "growing", "merging", "shrinking")) {
            assertTrue(reads.get(phase + ".max") >= reads.get(phase + ".p99.99"), reads::toString);
            assertTrue(reads.get(phase + ".p99.99") >= reads.get(phase + ".p50"), reads::toString);
        }
    }

    @Test
    void scaleIsToldInBytesAndShards() throws Exception {
        Map<String, Double> scale = run(Workload.R7);
        double key = scale.get("bytes/entry with its key") - scale.get("bytes/entry");
        assertEquals(Math.rint(key), key, 0.5, scale::toString);
        assertTrue(key >= 16, scale::toString);
        assertTrue(scale.get("bytes/entry") > 2 * 4, scale::toString);
        assertTrue(scale.get("directory places") >= scale.get("shards"), scale::toString);
        assertTrue(scale.get("shards") > 1, scale::toString);
        assertTrue(scale.get("get") > 0, scale::toString);
    }
}
