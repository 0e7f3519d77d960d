package io.github.safemap.benchmarks.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The figures as a file for other programs. */
final class LabCsv {
    private static final CSVFormat ROWS =
            format("experiment", "subject", "survivors", "empty_bytes", "full_bytes", "kept_bytes", "committed_bytes");
    private static final CSVFormat SAMPLES = format("experiment", "subject", "minute", "heap_bytes");

    private LabCsv() {}

    private static CSVFormat format(String... header) {
        return CSVFormat.Builder.create(CSVFormat.DEFAULT)
                .setRecordSeparator('\n')
                .setHeader(header)
                .get();
    }

    /** Writes one line a sample below the header. */
    static void writeSamples(List<Sample> samples, Path file) throws IOException {
        try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(file), SAMPLES)) {
            for (Sample sample : samples) {
                csv.printRecord(sample.experiment(), sample.subject().label(), sample.minute(), sample.heapBytes());
            }
        }
    }

    /** Writes one line a row below the header. */
    static void write(List<Row> rows, Path file) throws IOException {
        try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(file), ROWS)) {
            for (Row row : rows) {
                csv.printRecord(
                        row.experiment(),
                        row.subject().label(),
                        row.survivors(),
                        row.emptyBytes(),
                        row.fullBytes(),
                        row.keptBytes(),
                        row.committedBytes());
            }
        }
    }
}
