package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows put together by what they share. */
final class Series {
    private Series() {}

    /** Returns the rows of each subject, in the order the subjects were measured. */
    static Collection<List<Row>> bySubject(List<Row> rows) {
        Map<Subject, List<Row>> bySubject = new LinkedHashMap<>();
        for (Row row : rows) {
            bySubject.computeIfAbsent(row.subject(), s -> new ArrayList<>()).add(row);
        }
        return bySubject.values();
    }

    /** Returns all numbers of survivors, ascending. */
    static List<Integer> survivorCounts(List<Row> rows) {
        return rows.stream().map(Row::survivors).distinct().sorted().toList();
    }
}
