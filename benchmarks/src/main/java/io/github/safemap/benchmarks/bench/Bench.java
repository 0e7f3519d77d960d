package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.MavenCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** The command that measures a set, part by part, and writes the report. */
@Command(name = "bench", description = "Measures SafeMap beside its peers.")
public final class Bench implements Callable<Integer> {
    @Option(names = "--set", description = "quick or full")
    private String set = "quick";

    @Option(names = "--only", description = "a regular expression that a part's name contains")
    private Pattern only = Pattern.compile("");

    @Option(names = "--subjects", description = "subjects beside ConcurrentHashMap; all if empty")
    private String subjects = "";

    @Option(names = "--jvm", description = "g1, parallel, zgc, compact, or flags")
    private Variant variant = Variant.of("");

    @Option(names = "--rounds", description = "rounds of the parts of JMH, if not the set's")
    private @Nullable Integer rounds;

    @Option(names = "--minutes", description = "begin nothing that would end later")
    private @Nullable Integer minutes;

    @Option(names = "--peers", description = "a directory of jars with more peers")
    private @Nullable Path peers;

    @Option(names = "--dir", description = "where the runs' directories are")
    private @Nullable Path directory;

    @Option(names = "--list", arity = "1", description = "true: show the parts only")
    private boolean list;

    @Option(names = "--report", description = "the directory of a run: write its report anew, and measure nothing")
    private @Nullable Path report;

    @Option(names = "--project", description = "the root of the sources")
    private Path project = Path.of("").toAbsolutePath();

    @Option(names = "--class-path", description = "the class path of the measuring JVMs")
    private String classPath = System.getProperty("java.class.path");

    private Bench() {}

    /** Runs the set; the exit code is 2 after a mistake in the arguments, 1 if a part failed. */
    public static void main(String[] args) {
        CommandLine command = new CommandLine(new Bench());
        command.registerConverter(Variant.class, Variant::of);
        MavenCommand.run(command, args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (report != null) {
            return writeAnew(new RunDirectory(project.resolve(report)));
        }
        Set<Subject> wanted;
        try {
            wanted = wanted();
            // Refuses an unknown set before anything is done.
            plan(wanted);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return ExitCode.USAGE;
        }
        String revision = Environment.revision(project);
        Path base = project.resolve(directory == null ? Path.of("benchmarks", "target", "bench") : directory);
        String name = String.join("-", set, revision, Environment.jdk(), variant.name());
        RunDirectory run = new RunDirectory(base.resolve(name).toAbsolutePath());
        Files.createDirectories(run.path());

        String copied = ClassPath.copied(classPath, project, run.path().resolve("class-path"));
        if (peers != null) {
            copied += ClassPath.jarsIn(project.resolve(peers));
        }
        Map<Subject, String> missing = Missing.ask(copied);
        missing.values().forEach(why -> System.out.println("Left out: " + why));
        wanted.removeAll(missing.keySet());
        List<Part> parts = plan(wanted).stream()
                .filter(part -> only.matcher(part.name()).find())
                .toList();
        if (parts.isEmpty()) {
            System.err.println("No part has a name in which this is found: " + only);
            return ExitCode.USAGE;
        }
        if (list) {
            Plan.lines(parts).forEach(System.out::println);
            return ExitCode.OK;
        }
        System.out.println("Results: " + run.path());
        Files.write(run.path().resolve(Environment.MACHINE), Environment.machine(project));
        List<String> facts = facts(revision, missing.values());
        Files.write(run.path().resolve(Environment.FILE), facts);
        Optional<Duration> limit = Optional.ofNullable(minutes).map(Duration::ofMinutes);
        boolean allWell = new Steps(run, variant, copied, limit, new Report(run, facts)).run(parts);
        System.out.println("Report: " + run.path().resolve(Report.FILE));
        return allWell ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private List<Part> plan(Set<Subject> wanted) {
        int processors = Runtime.getRuntime().availableProcessors();
        return Plan.of(set, variant, wanted, Optional.ofNullable(rounds), processors);
    }

    /** A run of an earlier commit gets tables and charts as the present code makes them. */
    private static int writeAnew(RunDirectory run) throws IOException {
        Path facts = run.path().resolve(Environment.FILE);
        if (!Files.exists(facts)) {
            System.err.println("No run is in " + run.path());
            return ExitCode.USAGE;
        }
        new Report(run, Files.readAllLines(facts)).write();
        System.out.println("Report: " + run.path().resolve(Report.FILE));
        return ExitCode.OK;
    }

    private List<String> facts(String revision, Iterable<String> missing) throws InterruptedException {
        List<String> facts = new ArrayList<>(Environment.facts(project));
        facts.add("Commit: " + revision);
        facts.add("JVMs: variant " + variant.name() + ", collector " + variant.collector()
                + " where a table names no other, more flags: "
                + (variant.flags().isEmpty() ? "none" : String.join(" ", variant.flags()))
                + "; each step's command, with all flags, is in its step.txt");
        facts.add("Set: " + set);
        missing.forEach(why -> facts.add("Left out: " + why));
        return facts;
    }

    private Set<Subject> wanted() {
        Set<Subject> wanted = EnumSet.allOf(Subject.class);
        if (!subjects.isBlank()) {
            List<String> names =
                    Arrays.stream(subjects.split(",")).map(String::strip).toList();
            wanted.removeIf(subject -> !names.contains(subject.name()));
            if (wanted.size() < names.size()) {
                throw new IllegalArgumentException("-Dbench.subjects takes some of " + EnumSet.allOf(Subject.class));
            }
        }
        wanted.add(Subject.CONCURRENT_HASH_MAP);
        return wanted;
    }
}
