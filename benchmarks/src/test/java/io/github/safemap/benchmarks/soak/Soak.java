package io.github.safemap.benchmarks.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command: soaks a map, and ends with exit code 1 if anything was wrong. */
@Command(name = "soak", description = "Puts a map under a mixed load for long, checks it all the time, charts it.")
public final class Soak implements Callable<Integer> {
    @Option(names = "--minutes", description = "How long; 30 unless given.")
    private double minutes = 30;

    @Option(names = "--keys", description = "Keys of each worker in the largest cycles; 2,000,000 unless given.")
    private int keys = 2_000_000;

    @Option(names = "--phase", description = "Seconds of a phase that has no end of its own; 4 unless given.")
    private double phaseSeconds = 4;

    @Option(names = "--twin", description = "Soaks a map that lies, which has to fail: ${COMPLETION-CANDIDATES}.")
    private LyingMaps twin;

    @Parameters(description = "The directory for the figures and charts.")
    private Path directory;

    private Soak() {}

    /** Runs it. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Soak()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(directory);
        SoakMap map = twin == null ? new SoakMap() : twin.create();
        Run run = new Run(new Plan(2, keys, 60 * minutes, phaseSeconds), map, System.out::println);
        run.run();
        SoakFiles.write(run, directory);
        Files.lines(directory.resolve(SoakFiles.SUMMARY)).forEach(System.out::println);
        return run.failure() == null ? 0 : 1;
    }
}
