package io.github.safemap.benchmarks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A percentile distribution, as HdrHistogram writes it.
 *
 * @param values the values, in microseconds, ascending
 * @param inverses one operation in so many takes longer than the value beside it
 */
record Hgrm(List<Double> values, List<Double> inverses) {
    /** Reads a file; the last line, the longest operation, is one of so many as there were. */
    static Hgrm read(Path file) throws IOException {
        List<Double> values = new ArrayList<>();
        List<Double> inverses = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] columns = line.strip().split("\\s+");
            if (columns.length >= 3 && columns[0].matches("[0-9.]+")) {
                values.add(Double.parseDouble(columns[0]));
                inverses.add(Double.parseDouble(columns[columns.length > 3 ? 3 : 2]));
            }
        }
        if (values.isEmpty()) {
            throw new IOException("no percentiles in " + file);
        }
        return new Hgrm(values, inverses);
    }

    double longest() {
        return values.get(values.size() - 1);
    }
}
