package io.github.safemap.benchmarks.memory;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Fork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * L7: whether the operating system gets it back: the process's memory before, when {@code Integer} keys to {@code
 * byte[128]} are there, and after all are deleted and nothing more is done, the collector's own housekeeping
 * excepted. No collection is asked for. The scale is the number of entries.
 *
 * <p>It is Linux's proportional set size, as ZGC maps one page several times, and all count as resident.
 */
final class ResidentSet implements Experiment {
    private static final Path ROLLUP = Path.of("/proc/self/smaps_rollup");
    private static final int VALUE_BYTES = 128;

    /** It has settled when it has not fallen by this share for so many seconds. */
    private static final double SAME = 0.98;

    private static final int QUIET_SECONDS = 8;
    private static final int MOST_SECONDS = 60;

    @Override
    public void run(Subject subject, KeyKind keys, int scale) {
        Fork.report("bytes before", bytes());
        Map<Object, Object> map = subject.create();
        for (int i = 0; i < scale; i++) {
            map.put(keys.key(i), new byte[VALUE_BYTES]);
        }
        Fork.report("bytes full", bytes());
        for (int i = 0; i < scale; i++) {
            map.remove(keys.key(i));
        }
        double least = bytes();
        int quiet = 0;
        int seconds = 0;
        for (; quiet < QUIET_SECONDS && seconds < MOST_SECONDS; seconds++) {
            sleep();
            double now = bytes();
            quiet = now < SAME * least ? 0 : quiet + 1;
            least = Math.min(now, least);
        }
        Fork.report("bytes after", bytes());
        Fork.report("seconds until then", seconds - quiet);
        if (!map.isEmpty()) {
            throw new IllegalStateException("size " + map.size());
        }
        Reference.reachabilityFence(map);
    }

    private static double bytes() {
        try {
            return Files.readAllLines(ROLLUP).stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToDouble(line -> 1024 * Double.parseDouble(line.split("\\s+")[1]))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("L7 needs Linux", e);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
