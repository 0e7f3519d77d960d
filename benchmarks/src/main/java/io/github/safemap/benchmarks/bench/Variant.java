package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.support.Collector;
import java.util.List;
import java.util.Locale;

/**
 * How the JVMs that measure are set. Each variant is a run of its own.
 *
 * @param name its name in the run's directory
 * @param collector the collector
 * @param flags what else they get
 */
record Variant(String name, Collector collector, List<String> flags) {
    private static final int COMPACT_HEADERS_SINCE = 25;

    /**
     * Returns a variant by name, or one of flags, with G1, if {@code text} begins with a dash.
     *
     * @throws IllegalArgumentException if there is none, or this JDK does not have it
     */
    static Variant of(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "", "g1" -> new Variant("g1", Collector.G1, List.of());
            case "parallel" -> new Variant("parallel", Collector.PARALLEL, List.of());
            case "zgc" -> new Variant("zgc", Collector.ZGC, List.of());
            case "compact" -> {
                if (Runtime.version().feature() < COMPACT_HEADERS_SINCE) {
                    throw new IllegalArgumentException("Compact object headers need JDK " + COMPACT_HEADERS_SINCE);
                }
                yield new Variant("compact", Collector.G1, List.of("-XX:+UseCompactObjectHeaders"));
            }
            default -> {
                if (!name.startsWith("-")) {
                    throw new IllegalArgumentException(
                            "-Dbench.jvm takes g1, parallel, zgc, compact or flags, not " + text);
                }
                List<String> flags = List.of(text.strip().split("\\s+"));
                yield new Variant("g1" + text.strip().replaceAll("[^A-Za-z0-9]+", "_"), Collector.G1, flags);
            }
        };
    }

    /** Returns whether latency without a collector, memory and the lab are measured, too. */
    boolean whole() {
        return collector == Collector.G1;
    }
}
