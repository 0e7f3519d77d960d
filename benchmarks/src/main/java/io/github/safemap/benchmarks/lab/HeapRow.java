package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import java.util.List;

/**
 * One subject's figures in one experiment, in bytes of heap in use after a full collection, less
 * what the JVM itself used before the map was made.
 *
 * @param experiment the experiment's name, as in {@code lab.csv}
 * @param subject the map
 * @param survivors the entries left at the end
 * @param emptyBytes what the map holds before its first entry
 * @param fullBytes what it holds, keys and values included, when it is at its largest
 * @param keptBytes what it holds after the deletions, the survivors' keys and values included
 * @param committedBytes the heap the whole JVM has committed after the last collection
 * @param survivorBytes the survivors' keys and values alone, without any map
 */
record HeapRow(
        String experiment,
        Subject subject,
        int survivors,
        long emptyBytes,
        long fullBytes,
        long keptBytes,
        long committedBytes,
        long survivorBytes) {
    static final List<String> COLUMNS =
            List.of("experiment", "subject", "survivors", "empty_bytes", "full_bytes", "kept_bytes", "committed_bytes");

    /** Returns what stands in {@code lab.csv}. */
    List<Object> csv() {
        return List.of(experiment, subject.label(), survivors, emptyBytes, fullBytes, keptBytes, committedBytes);
    }

    /** Returns the share of the full size that is still held, survivors included. */
    double keptShare() {
        return share(keptBytes, fullBytes);
    }

    /** Returns what the map holds besides the survivors themselves. */
    long beyondSurvivorsBytes() {
        return Math.max(0, keptBytes - survivorBytes);
    }

    /** Returns the share of the full size that is held besides the survivors themselves. */
    double beyondSurvivorsShare() {
        return share(beyondSurvivorsBytes(), fullBytes);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
