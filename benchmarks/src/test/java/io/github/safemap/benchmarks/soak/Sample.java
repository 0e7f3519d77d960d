package io.github.safemap.benchmarks.soak;

import java.util.Map;

/**
 * One second of a soak.
 *
 * @param second since the beginning
 * @param cycle the cycle
 * @param phases the workers' phases, such as {@code GROW+CHURN}
 * @param load the machine's load average of the last minute, with all that runs on it
 * @param heapBytes heap in use, garbage included
 * @param heapAfterBytes heap in use after the last collection
 * @param tableBytes what the tables take, as {@code stats()} says
 * @param entries the entries
 * @param shards the shards of the map
 * @param rebuilds how often shards have been rebuilt, of whatever kind, since the beginning
 * @param operations the operations of this second
 * @param pauses the collector's pauses of this second
 * @param pauseMillis all of them together
 * @param longestPauseMillis the longest of them
 * @param oversleepNanos by how much the control's sleep was too long at most
 * @param gapNanos how long the control was away while it spun, at most
 * @param longestNanos the longest of each kind in this second; 0 if there was none
 */
record Sample(
        int second,
        int cycle,
        String phases,
        double load,
        long heapBytes,
        long heapAfterBytes,
        long tableBytes,
        long entries,
        int shards,
        long rebuilds,
        long operations,
        int pauses,
        long pauseMillis,
        long longestPauseMillis,
        long oversleepNanos,
        long gapNanos,
        Map<Kind, Long> longestNanos) {

    /** Returns the longest of all that is short whatever the size of the map. */
    long longestShortNanos() {
        return longestNanos.entrySet().stream()
                .filter(longest ->
                        longest.getKey().isOfTheMap() && longest.getKey().isShort())
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0);
    }

    /** Returns the longest that the controls saw. */
    long longestControlNanos() {
        return Math.max(longestNanos.get(Kind.BETWEEN), Math.max(oversleepNanos, gapNanos));
    }
}
