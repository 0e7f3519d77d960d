package io.github.safemap.benchmarks.support;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * What a program leaves in a directory: text, CSV and charts.
 *
 * @param directory the directory, which need not exist
 */
public record ResultFiles(Path directory) {
    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    /** A number with more than two decimals: a chart's coordinates need no more. */
    private static final Pattern LONG_NUMBER = Pattern.compile("(\\d\\.\\d\\d)\\d+");

    /** Writes text. */
    public void text(String file, List<String> lines) throws IOException {
        Files.write(create(file), lines);
    }

    /** Writes CSV: a row a line, below the names of the columns. */
    public void csv(String file, List<String> columns, Collection<? extends List<?>> rows) throws IOException {
        Path path = create(file);
        Files.deleteIfExists(path);
        append(file, columns, rows);
    }

    /** Appends rows to a CSV file, which gets the names of the columns if it is new. */
    public void append(String file, List<String> columns, Collection<? extends List<?>> rows) throws IOException {
        Path path = create(file);
        OpenOption[] options = {StandardOpenOption.CREATE, StandardOpenOption.APPEND};
        boolean isNew = !Files.exists(path);
        try (Writer writer = Files.newBufferedWriter(path, options);
                CSVPrinter printer = new CSVPrinter(writer, CSV)) {
            if (isNew) {
                printer.printRecord(columns);
            }
            for (List<?> row : rows) {
                printer.printRecord(row);
            }
        }
    }

    /** Returns the rows of a CSV file. */
    public static List<CSVRecord> read(Path file) throws IOException {
        CSVFormat format = CSV.builder().setHeader().setSkipHeaderRecord(true).get();
        try (Reader reader = Files.newBufferedReader(file)) {
            return format.parse(reader).getRecords();
        }
    }

    /** Draws charts, by the names of their files without {@code .svg}, and returns the files that it could write. */
    public List<String> charts(Map<String, Chart> charts) throws IOException {
        List<String> written = new ArrayList<>();
        try {
            for (Map.Entry<String, Chart> chart : charts.entrySet()) {
                String file = chart.getKey() + ".svg";
                Path drawn = create(file);
                chart.getValue().save(drawn);
                Files.writeString(
                        drawn, LONG_NUMBER.matcher(Files.readString(drawn)).replaceAll("$1"));
                written.add(file);
            }
        } catch (LinkageError | RuntimeException e) {
            // A JDK without fonts draws nothing; the tables and figures are worth having even so.
            System.err.println("The charts could not be drawn: " + e);
        }
        return written;
    }

    private Path create(String file) throws IOException {
        return Files.createDirectories(directory).resolve(file);
    }
}
