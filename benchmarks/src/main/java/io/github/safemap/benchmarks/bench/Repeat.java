package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.ResultFiles;
import io.github.safemap.benchmarks.support.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVRecord;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Says of a run whether it found again what an earlier one had: for each throughput cell that both have, the two
 * ratios of SafeMap to ConcurrentHashMap, and whether the second lies within the first one's interval.
 *
 * <p>An interval of 95 % is for the mean that rounds without end would give. A second mean, of few rounds, has an
 * error of its own, so fewer than 95 of a hundred lie within; of intervals that do not even meet there should be
 * next to none.
 */
@Command(name = "repeat", description = "Prints, as Markdown, whether a run found again what an earlier one had.")
final class Repeat implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "EARLIER", description = "the directory of the earlier run")
    private Path earlier = Path.of("");

    @Parameters(index = "1", paramLabel = "LATER", description = "the directory of the later one")
    private Path later = Path.of("");

    private Repeat() {}

    /** Runs the command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Repeat()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        compared(ratios(earlier), ratios(later)).forEach(System.out::println);
        return 0;
    }

    /** Returns the lines of the comparison; the last one counts. */
    static List<String> compared(Map<Cell, Ratio> earlier, Map<Cell, Ratio> later) {
        Table table = new Table("cell", "earlier", "later", "");
        int within = 0;
        int apart = 0;
        int all = 0;
        for (Map.Entry<Cell, Ratio> entry : later.entrySet()) {
            Ratio first = earlier.get(entry.getKey());
            Ratio second = entry.getValue();
            if (first == null || first.rounds() < 2 || second.rounds() < 2) {
                continue;
            }
            boolean inside = first.low() <= second.mean() && second.mean() <= first.high();
            boolean met = first.low() <= second.high() && second.low() <= first.high();
            all++;
            within += inside ? 1 : 0;
            apart += inside || met ? 0 : 1;
            table.row(
                    entry.getKey().describe(),
                    first.toString(),
                    second.toString(),
                    inside ? "within" : met ? "the intervals meet" : "apart");
        }
        List<String> lines = new ArrayList<>(table.markdown());
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "Of %d cells %d lie within the earlier interval; of %d the two intervals are apart.",
                all,
                within,
                apart));
        return lines;
    }

    private static Map<Cell, Ratio> ratios(Path run) throws IOException {
        Map<Cell, Ratio> ratios = new TreeMap<>();
        for (CSVRecord line : ResultFiles.read(run.resolve(Report.RATIOS))) {
            Cell cell = Cell.of(line);
            if (cell.isThroughput() && line.get("subject").equals(Subject.SAFE_MAP.name())) {
                ratios.put(
                        cell,
                        new Ratio(
                                Double.parseDouble(line.get("ratio")),
                                Double.parseDouble(line.get("low")),
                                Double.parseDouble(line.get("high")),
                                Integer.parseInt(line.get("rounds"))));
            }
        }
        return ratios;
    }
}
