package io.github.safemap.benchmarks.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How long the rest takes: the estimates of what is left, by as much as the estimates were wrong so far. */
final class TimeLeft {
    private double left;
    private double estimated;
    private double taken;

    /** Begins with the estimates, in seconds, of all that is to be done. */
    TimeLeft(List<Double> estimates) {
        left = estimates.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Takes note that something is done. */
    void done(double estimate, double seconds) {
        left = Math.max(0, left - estimate);
        estimated += estimate;
        taken += seconds;
    }

    /** Takes note that something will not be done. */
    void skipped(double estimate) {
        left = Math.max(0, left - estimate);
    }

    /** Returns how long the rest takes. */
    Duration left() {
        return corrected(left);
    }

    /** Returns how long something takes for which the estimate is so many seconds. */
    Duration corrected(double estimate) {
        double factor = estimated > 0 ? taken / estimated : 1;
        return Duration.ofMillis(Math.round(1000 * estimate * factor));
    }

    /** Returns hours, if there are any, minutes and seconds. */
    static String text(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
