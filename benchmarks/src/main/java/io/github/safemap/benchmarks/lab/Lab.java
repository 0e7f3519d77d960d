package io.github.safemap.benchmarks.lab;

import com.sun.management.OperatingSystemMXBean;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Chart;
import io.github.safemap.benchmarks.support.Fork;
import io.github.safemap.benchmarks.support.MavenCommand;
import io.github.safemap.benchmarks.support.ResultFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The command that runs experiments and shows what they found. */
@Command(name = "lab", description = "Measures what maps give back after mass deletes.")
public final class Lab implements Callable<Integer> {
    /**
     * The flags of every fork, besides its largest heap. The collector is named because the JVM takes another on a small
     * machine; the small first heap lets the committed heap shrink.
     */
    static final List<String> FLAGS = List.of("-XX:+UseG1GC", "-Xms16m", "-XX:+ExitOnOutOfMemoryError");

    /** The maps side by side, this project's last. */
    private static final List<Subject> SUBJECTS = List.of(
            Subject.GO_MAP,
            Subject.HASH_MAP,
            Subject.CONCURRENT_HASH_MAP,
            Subject.NON_BLOCKING_HASH_MAP,
            Subject.SAFE_MAP);

    /** The exit codes of a JVM under {@code -XX:+ExitOnOutOfMemoryError}, and of a process killed for want of memory. */
    private static final Set<Integer> OUT_OF_MEMORY = Set.of(3, 137);

    /** Short enough that nobody thinks it hangs, long enough that a log stays readable. */
    private static final long NANOS_BETWEEN_LINES = 3_000_000_000L;

    @Option(names = "--experiments", description = "Names separated by commas; without any, all but L2.")
    private String experiments = "";

    @Option(names = "--out", description = "The directory for lab.csv and the charts.")
    private Path out = Path.of("target", "lab");

    @Option(names = "--heap", description = "Megabytes of heap for each map's JVM, if not what the experiment needs.")
    private @Nullable Integer heap;

    @Option(names = "--class-path", description = "The class path of the maps' JVMs.")
    private String classPath = System.getProperty("java.class.path");

    private final long start = System.nanoTime();
    private long lastLine = start;
    private final List<String> text = new ArrayList<>();

    private Lab() {}

    /** Runs the lab; the exit code is 2 after a mistake in the arguments, 1 if an experiment failed. */
    public static void main(String[] args) {
        MavenCommand.run(new CommandLine(new Lab()), args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Set<LabExperiment> chosen;
        try {
            chosen = LabExperiment.parse(experiments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return ExitCode.USAGE;
        }
        int givenHeap = heap == null ? 0 : heap;
        List<String> complaints = chosen.stream()
                .flatMap(e -> e.complaint(givenHeap, machineMegabytes()).stream())
                .toList();
        complaints.forEach(System.err::println);
        if (!complaints.isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        show(machine());
        LabResults results = new LabResults(this::occasionally);
        boolean allWell = true;
        for (LabExperiment experiment : chosen) {
            allWell &= run(experiment, givenHeap == 0 ? experiment.heapMegabytes() : givenHeap, results);
        }
        return write(chosen, results) && allWell ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private boolean run(LabExperiment experiment, int megabytes, LabResults results) throws InterruptedException {
        line(experiment + ": " + experiment.summary());
        boolean allWell = true;
        for (Subject subject : SUBJECTS) {
            line("  " + subject.label());
            try {
                Fork.run(command(experiment, subject, megabytes, classPath), line -> LabFork.read(line, results));
            } catch (IOException e) {
                line("  " + subject.label() + ": " + message(e, experiment, megabytes));
                allWell = false;
            }
        }
        experiment.reports().forEach(report -> show(report.lines(results)));
        return allWell;
    }

    /** Returns the command that measures one map. */
    static List<String> command(LabExperiment experiment, Subject subject, int megabytes, String classPath) {
        List<String> flags = new ArrayList<>(FLAGS);
        flags.add("-Xmx" + megabytes + "m");
        return Fork.command(flags, classPath, List.of(LabFork.class.getName(), experiment.name(), subject.name()));
    }

    /** Returns what to tell the user of a fork that failed. */
    static String message(IOException failure, LabExperiment experiment, int megabytes) {
        return failure instanceof Fork.Failure fork && OUT_OF_MEMORY.contains(fork.status())
                ? experiment.outOfMemory(megabytes)
                : String.valueOf(failure.getMessage());
    }

    /** Prints progress on the standard error, apart from the results, with the seconds since the start. */
    private void line(String what) {
        lastLine = System.nanoTime();
        System.err.printf(Locale.ROOT, "[%4d s] %s%n", (lastLine - start) / 1_000_000_000, what);
    }

    private void occasionally(String what) {
        if (System.nanoTime() - lastLine >= NANOS_BETWEEN_LINES) {
            line("    " + what);
        }
    }

    /** Prints lines between empty ones and keeps them for {@code lab.txt}. */
    private void show(List<String> lines) {
        List<String> framed = new ArrayList<>(lines);
        framed.add(0, "");
        framed.add("");
        framed.forEach(System.out::println);
        text.addAll(framed);
    }

    private boolean write(Set<LabExperiment> chosen, LabResults results) throws IOException {
        ResultFiles files = new ResultFiles(out);
        List<String> written = new ArrayList<>(List.of("lab.csv", "lab.txt"));
        files.csv(
                "lab.csv",
                HeapRow.COLUMNS,
                results.rows().stream().map(HeapRow::csv).toList());
        files.text("lab.txt", text);
        if (!results.samples().isEmpty()) {
            files.csv(
                    "samples.csv",
                    HeapSample.COLUMNS,
                    results.samples().stream().map(HeapSample::csv).toList());
            written.add("samples.csv");
        }
        Map<String, Chart> charts = new LinkedHashMap<>();
        chosen.forEach(experiment -> experiment.reports().forEach(report -> report.addChart(results, charts)));
        List<String> drawn = files.charts(charts);
        written.addAll(drawn);
        System.out.printf("Written to %s: %s%n", out.toAbsolutePath(), String.join(", ", written));
        return drawn.size() == charts.size();
    }

    /** Returns the memory of the machine or of the container that this JVM runs in. */
    private static int machineMegabytes() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return (int) (system.getTotalMemorySize() >> 20);
    }

    private static List<String> machine() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "JDK %s (%s), %s %s, %d processors, %,d MB of memory; each map in a JVM of its own with %s.",
                        Runtime.version(),
                        System.getProperty("java.vm.vendor"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        machineMegabytes(),
                        String.join(" ", FLAGS)),
                "All sizes are heap in use after full collections, less what the JVM uses without the map; 1 MB is"
                        + " 1,048,576 bytes.");
    }
}
