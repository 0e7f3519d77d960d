package io.github.safemap.benchmarks.bars;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Summary;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** The scores of one cell, by subject and by round. */
final class Scores {
    private final Map<Subject, Map<Integer, Double>> scores = new EnumMap<>(Subject.class);

    void add(Subject subject, int round, double score) {
        scores.computeIfAbsent(subject, s -> new TreeMap<>()).put(round, score);
    }

    boolean has(Subject subject) {
        return scores.containsKey(subject);
    }

    double median(Subject subject) {
        return Summary.median(of(subject).values());
    }

    /**
     * Returns the median over the rounds of the ratio in each: the two forks of a round ran one
     * right after the other, and what slowed the machine then slowed both.
     */
    double ratio(Cell cell, Subject theirs, Subject ours) {
        Map<Integer, Double> mine = of(ours);
        return Summary.median(
                of(theirs).entrySet().stream()
                        .filter(their -> mine.containsKey(their.getKey()))
                        .map(their -> cell.ratio(their.getValue(), mine.get(their.getKey())))
                        .toList());
    }

    private Map<Integer, Double> of(Subject subject) {
        return scores.getOrDefault(subject, Map.of());
    }
}
