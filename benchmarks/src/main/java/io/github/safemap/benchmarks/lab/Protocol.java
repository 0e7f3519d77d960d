package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import java.util.List;

/**
 * The lines by which a child JVM reports on its standard output. A line that is none of these, such
 * as a warning of the JVM, is left to the reader.
 */
final class Protocol {
    private static final String PROGRESS = "@progress ";
    private static final String ROW = "@row ";
    private static final String SAMPLE = "@sample ";

    private Protocol() {}

    /** Returns the line for some progress. */
    static String progress(String what) {
        return PROGRESS + what;
    }

    /** Returns the line for a row. */
    static String row(Row row) {
        return ROW
                + String.join(
                        " ",
                        List.of(
                                row.experiment(),
                                row.subject().name(),
                                Integer.toString(row.survivors()),
                                Long.toString(row.emptyBytes()),
                                Long.toString(row.fullBytes()),
                                Long.toString(row.keptBytes()),
                                Long.toString(row.committedBytes()),
                                Long.toString(row.survivorBytes())));
    }

    /** Returns the line for a sample. */
    static String sample(Sample sample) {
        return SAMPLE
                + "%s %s %d %d"
                        .formatted(sample.experiment(), sample.subject().name(), sample.minute(), sample.heapBytes());
    }

    /** Gives a line to the recorder; returns whether it was one of the protocol's. */
    static boolean read(String line, Recorder recorder) {
        if (line.startsWith(PROGRESS)) {
            recorder.progress(line.substring(PROGRESS.length()));
        } else if (line.startsWith(ROW)) {
            String[] f = line.substring(ROW.length()).split(" ");
            recorder.row(new Row(
                    f[0],
                    Subject.valueOf(f[1]),
                    Integer.parseInt(f[2]),
                    Long.parseLong(f[3]),
                    Long.parseLong(f[4]),
                    Long.parseLong(f[5]),
                    Long.parseLong(f[6]),
                    Long.parseLong(f[7])));
        } else if (line.startsWith(SAMPLE)) {
            String[] f = line.substring(SAMPLE.length()).split(" ");
            recorder.sample(new Sample(f[0], Subject.valueOf(f[1]), Integer.parseInt(f[2]), Long.parseLong(f[3])));
        } else {
            return false;
        }
        return true;
    }
}
