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
}
