package io.github.safemap.benchmarks.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Collector;
import io.github.safemap.benchmarks.support.Fork;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Experiments with the JDK's {@code HashMap}, of which is known what it takes, in JVMs of their own. */
class MemoryRoundTest {
    /** A reference, or a node, where headers are compact or references are not. */
    private static final int LEAST_REFERENCE = 4;

    private static final int LEAST_NODE = 24;

    private static Map<String, Double> run(Workload workload, int scale) throws Exception {
        return Fork.run(
                MemoryRound.class,
                Collector.SERIAL.flags(1),
                List.of(workload.name(), Subject.HASH_MAP.name(), KeyKind.LONG.name(), Integer.toString(scale)));
    }

    @Test
    void whatIsKeptAfterAMassDeleteIsTheTableAndTheSurvivors() throws Exception {
        int entries = 40_000;
        int table = 1 << 16;
        Map<String, Double> kept = run(Workload.M3, entries);
        double none = kept.get("bytes kept of none");
        double reference = Math.rint(none / table);
        assertTrue(reference >= LEAST_REFERENCE, kept::toString);
        // Now and then the JVM makes some strings for itself meanwhile, 352 bytes.
        assertEquals(table * reference, none, 1_000);
        // To the byte, but for what the JVM does by itself.
        double node = (kept.get("bytes full") - none) / entries;
        assertEquals(Math.rint(node), node, 0.2);
        assertTrue(node >= LEAST_NODE, kept::toString);
        assertEquals(none + node * (entries / 20), kept.get("bytes kept of 5 %"), 5_000);
        assertEquals(none + node * (entries / 1000), kept.get("bytes kept"), 5_000);
    }

    @Test
    void exchangesLeaveAHashMapAsLargeAsItWas() throws Exception {
        Map<String, Double> churn = run(Workload.M5, 1);
        double start = churn.get("bytes/entry after 0 million");
        assertTrue(start >= LEAST_NODE + LEAST_REFERENCE, churn::toString);
        assertEquals(start, churn.get("worst"), 0.1);
    }

    @Test
    void agingLeavesAHashMapAsLargeAsItWas() throws Exception {
        Map<String, Double> ages = run(Workload.M6, 1);
        double start = ages.get("bytes/entry new");
        assertTrue(start >= LEAST_NODE + LEAST_REFERENCE, ages::toString);
        // The classes that the first report loads take up to 2 MB.
        assertEquals(start, ages.get("bytes/entry aged"), 2);
        for (String get : List.of("ns of a hit, new", "ns of a miss, new", "ns of a hit, aged", "ns of a miss, aged")) {
            assertTrue(ages.get(get) > 0, ages::toString);
        }
    }
}
