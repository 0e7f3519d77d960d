package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Collector;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of a set: what is chosen, and shown, as a whole. It is one command, run once a round.
 *
 * @param name its name, unique in a set
 * @param tool what measures
 * @param collector the collector of the JVMs that measure
 * @param subjects the maps, ConcurrentHashMap first
 * @param arguments what the tool is told besides the subjects
 * @param rounds how often it is measured
 * @param seconds an estimate for one round
 */
record Part(
        String name,
        Tool tool,
        Collector collector,
        List<Subject> subjects,
        List<String> arguments,
        int rounds,
        double seconds) {

    List<Step> steps() {
        return IntStream.rangeClosed(1, rounds)
                .mapToObj(round -> new Step(this, round))
                .toList();
    }

    /** Returns an estimate for all rounds. */
    double totalSeconds() {
        return rounds * seconds;
    }
}
