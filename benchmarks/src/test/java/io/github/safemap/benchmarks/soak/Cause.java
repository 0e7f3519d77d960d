package io.github.safemap.benchmarks.soak;

import java.util.List;
import java.util.Locale;

/** Why something short took long. */
enum Cause {
    /** The collector stopped all threads for half of the time or more. */
    COLLECTOR,
    /** The thread did not run for half of the time or more: it got no processor, or waited for a thread that got none. */
    NOT_RUN,
    /** The thread ran. */
    RAN;

    static Cause of(Interruption interruption, List<Pauses.Pause> pauses) {
        if (2 * pauseMillis(interruption, pauses) >= interruption.millis()) {
            return COLLECTOR;
        }
        return 2 * interruption.cpuMillis() <= interruption.millis() ? NOT_RUN : RAN;
    }

    /** Returns for how long the collector stopped all threads meanwhile. */
    static long pauseMillis(Interruption interruption, List<Pauses.Pause> pauses) {
        long begin = interruption.uptimeMillis();
        long end = begin + (long) Math.ceil(interruption.millis());
        return pauses.stream().mapToLong(pause -> pause.overlap(begin, end)).sum();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
