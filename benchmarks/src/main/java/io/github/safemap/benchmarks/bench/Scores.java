package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Summary;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The scores of one cell, by subject and by round: a part and its number. */
final class Scores {
    private final Map<Subject, Map<String, Double>> scores = new EnumMap<>(Subject.class);

    void add(Subject subject, String round, double score) {
        scores.computeIfAbsent(subject, s -> new TreeMap<>()).put(round, score);
    }

    boolean has(Subject subject) {
        return scores.containsKey(subject);
    }

    Set<Subject> subjects() {
        return scores.keySet();
    }

    double median(Subject subject) {
        return Summary.median(of(subject).values());
    }

    /**
     * Returns the ratio of the two, from the ratio in each round: the forks of a round ran one right
     * after the other, and what slowed the machine then slowed both.
     */
    Ratio ratio(Cell cell, Subject theirs, Subject ours) {
        return Ratio.of(ratios(cell, theirs, ours));
    }

    /** Returns the ratios of the two in the rounds that have both. */
    List<Double> ratios(Cell cell, Subject theirs, Subject ours) {
        Map<String, Double> mine = of(ours);
        return of(theirs).entrySet().stream()
                .filter(their -> mine.containsKey(their.getKey()))
                .map(their -> cell.ratio(their.getValue(), mine.get(their.getKey())))
                .toList();
    }

    /** Returns the scores of a subject by round. */
    Map<String, Double> of(Subject subject) {
        return scores.getOrDefault(subject, Map.of());
    }
}
