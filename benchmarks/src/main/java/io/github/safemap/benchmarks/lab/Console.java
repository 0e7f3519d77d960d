package io.github.safemap.benchmarks.lab;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** The progress of the lab, as plain lines on the standard error, apart from the results. */
final class Console {
    /** Short enough that nobody thinks it hangs, long enough that a log stays readable. */
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(3);

    private final PrintStream out;
    private final long start = System.nanoTime();
    private long lastLine = start;

    Console(PrintStream out) {
        this.out = out;
    }

    /** Prints a line with the seconds since the start. */
    void line(String text) {
        lastLine = System.nanoTime();
        out.printf(Locale.ROOT, "[%4d s] %s%n", (lastLine - start) / 1_000_000_000, text);
    }

    /** Prints a line unless the last one was just printed. */
    void occasionally(String text) {
        if (System.nanoTime() - lastLine >= BETWEEN_LINES.toNanos()) {
            line(text);
        }
    }
}
