package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.NamedChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.knowm.xchart.ChartEncoder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that runs experiments and shows what they found. */
@Command(name = "lab", description = "Measures what maps give back after mass deletes.")
public final class Lab implements Callable<Integer> {
    /** The maps side by side, this project's last. */
    private static final List<Subject> SUBJECTS = List.of(
            Subject.GO_MAP,
            Subject.HASH_MAP,
            Subject.CONCURRENT_HASH_MAP,
            Subject.NON_BLOCKING_HASH_MAP,
            Subject.SAFE_MAP);

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    @Option(names = "--experiments", description = "Names separated by commas; without any, all but L2.")
    private String experiments = "";

    @Option(names = "--out", description = "The directory for lab.csv and the charts.")
    private Path out = Path.of("target", "lab");

    @Option(names = "--heap", description = "Megabytes of heap for each map's JVM, if not what the experiment needs.")
    private String heap = "";

    @Option(names = "--class-path", description = "The class path of the maps' JVMs.")
    private String classPath = System.getProperty("java.class.path");

    private final Console console = new Console(System.err);
    private final List<Row> rows = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> text = new ArrayList<>();

    private Lab() {}

    /**
     * Runs the lab and, unless all went well, ends this JVM: with exit code 2 after a mistake in
     * the arguments, 1 if an experiment failed.
     *
     * @param args the options
     */
    public static void main(String[] args) {
        int status = new CommandLine(new Lab()).execute(args);
        if (status != OK) {
            // Maven runs this method in its own JVM, and an exit is how it ends without a lecture
            // on build failures. After success Maven shall go on.
            System.exit(status);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Set<Experiment> chosen;
        int givenHeap;
        try {
            chosen = Experiment.parse(experiments);
            givenHeap = megabytes(heap);
        } catch (UnknownExperimentException e) {
            System.err.printf("%s There are:%n%s%n", e.getMessage(), Experiment.list());
            return USAGE;
        } catch (NumberFormatException e) {
            System.err.printf("-Dlab.heap takes megabytes, such as 6144, not \"%s\".%n", heap);
            return USAGE;
        }
        if (!fits(chosen, givenHeap)) {
            return FAILED;
        }
        Files.createDirectories(out);
        show(List.of(machine()));
        boolean allWell = true;
        for (Experiment experiment : chosen) {
            allWell &= run(experiment, givenHeap == 0 ? experiment.heapMegabytes() : givenHeap);
        }
        return write(chosen) && allWell ? OK : FAILED;
    }

    private static int megabytes(String text) {
        return text.isBlank() ? 0 : Integer.parseUnsignedInt(text.strip());
    }

    private static boolean fits(Set<Experiment> chosen, int givenHeap) {
        List<String> complaints = chosen.stream()
                .flatMap(e -> HeapCheck.complaint(e, givenHeap, HeapCheck.machineMegabytes()).stream())
                .toList();
        complaints.forEach(System.err::println);
        return complaints.isEmpty();
    }

    private boolean run(Experiment experiment, int heapMegabytes) {
        console.line(experiment + ": " + experiment.summary());
        boolean allWell = true;
        for (Subject subject : SUBJECTS) {
            console.line("  " + subject.label());
            try {
                new ChildProcess(experiment, subject, heapMegabytes, classPath)
                        .run(new Collector("    " + subject.label() + ": "));
            } catch (LabFailure | IOException e) {
                console.line("  " + e.getMessage());
                allWell = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        Results results = new Results(rows, samples);
        for (Report report : experiment.reports()) {
            show(report.lines(results));
        }
        return allWell;
    }

    /** Prints lines between empty ones and keeps them for {@code lab.txt}. */
    private void show(List<String> lines) {
        List<String> framed = new ArrayList<>(lines);
        framed.add(0, "");
        framed.add("");
        framed.forEach(System.out::println);
        text.addAll(framed);
    }

    private boolean write(Set<Experiment> chosen) throws IOException {
        Results results = new Results(rows, samples);
        LabCsv.write(rows, out.resolve("lab.csv"));
        Files.write(out.resolve("lab.txt"), text);
        List<String> written = new ArrayList<>(List.of("lab.csv", "lab.txt"));
        if (!samples.isEmpty()) {
            LabCsv.writeSamples(samples, out.resolve("samples.csv"));
            written.add("samples.csv");
        }
        boolean allWell = true;
        try {
            for (Experiment experiment : chosen) {
                for (Report report : experiment.reports()) {
                    var chart = report.chart(results);
                    if (chart.isPresent()) {
                        written.add(save(chart.get()));
                    }
                }
            }
        } catch (LinkageError | RuntimeException e) {
            // A JDK without fonts draws nothing; the tables and figures are worth having even so.
            System.err.println("The charts could not be drawn: " + e);
            allWell = false;
        }
        System.out.printf("Written to %s: %s%n", out.toAbsolutePath(), String.join(", ", written));
        return allWell;
    }

    private String save(NamedChart chart) throws IOException {
        String file = chart.name() + ".svg";
        ChartEncoder.saveChart(chart.chart(), out.resolve(file).toString(), "svg");
        return file;
    }

    private static String machine() {
        return String.format(
                Locale.ROOT,
                "JDK %s (%s), %s %s, %d processors, %,d MB of memory; each map in a JVM of its own"
                        + " with %s.%nAll sizes are heap in use after full collections, less what"
                        + " the JVM uses without the map; 1 MB is 1,048,576 bytes.",
                Runtime.version(),
                System.getProperty("java.vm.vendor"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                HeapCheck.machineMegabytes(),
                String.join(" ", ChildProcess.FLAGS));
    }

    /** Keeps the figures and shows progress. */
    private final class Collector implements Recorder {
        private final String prefix;

        Collector(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public void progress(String what) {
            console.occasionally(prefix + what);
        }

        @Override
        public void row(Row row) {
            rows.add(row);
        }

        @Override
        public void sample(Sample sample) {
            samples.add(sample);
        }
    }
}
