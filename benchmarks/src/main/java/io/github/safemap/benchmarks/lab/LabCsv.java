package io.github.safemap.benchmarks.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The figures as a file for other programs. */
final class LabCsv {
    private static final CSVFormat FORMAT =
            CSVFormat.Builder.create(CSVFormat.DEFAULT)
                    .setRecordSeparator('\n')
                    .setHeader(
                            "experiment",
                            "subject",
                            "survivors",
                            "empty_bytes",
                            "full_bytes",
                            "kept_bytes",
                            "committed_bytes")
                    .get();

    private LabCsv() {}

    /** Writes one line a row below the header. */
    static void write(List<Row> rows, Path file) throws IOException {
        try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(file), FORMAT)) {
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
