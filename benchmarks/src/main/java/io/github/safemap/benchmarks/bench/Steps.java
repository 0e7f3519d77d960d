package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.support.Fork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the steps that have no result yet, and says how far it is. */
final class Steps {
    /** The file that says how a step went. */
    static final String RECORD = "step.txt";

    private final RunDirectory run;
    private final Variant variant;
    private final String classPath;
    private final Optional<Duration> limit;
    private final Report report;
    private final long start = System.nanoTime();

    Steps(RunDirectory run, Variant variant, String classPath, Optional<Duration> limit, Report report) {
        this.run = run;
        this.variant = variant;
        this.classPath = classPath;
        this.limit = limit;
        this.report = report;
    }

    /**
     * Runs what is missing of the parts, and writes the report after each, so that there is one whenever this is
     * interrupted; returns whether all that was begun went well.
     */
    boolean run(List<Part> parts) throws IOException, InterruptedException {
        List<Step> steps = new ArrayList<>();
        parts.forEach(part -> steps.addAll(part.steps()));
        int all = steps.size();
        steps.removeIf(run::has);
        if (steps.size() < all) {
            System.out.printf("%d of %d steps have results already%n", all - steps.size(), all);
        }
        TimeLeft time =
                new TimeLeft(steps.stream().map(step -> step.part().seconds()).toList());
        boolean allWell = true;
        int done = 0;
        for (Step step : steps) {
            double estimate = step.part().seconds();
            Duration end = gone().plus(time.corrected(estimate));
            if (limit.isPresent() && end.compareTo(limit.get()) > 0) {
                System.out.println("No time for " + step);
                time.skipped(estimate);
                continue;
            }
            System.out.printf(
                    "[%d of %d, %s gone, about %s left] %s%n",
                    ++done, steps.size(), TimeLeft.text(gone()), TimeLeft.text(time.left()), step);
            try {
                time.done(estimate, run(step));
                if (step.round() == step.part().rounds()) {
                    report.write();
                }
            } catch (IOException e) {
                System.err.println(step + " failed: " + e.getMessage());
                time.skipped(estimate);
                allWell = false;
            }
        }
        report.write();
        return allWell;
    }

    private double run(Step step) throws IOException, InterruptedException {
        Path work = run.begin(step);
        long from = System.nanoTime();
        List<String> tool = step.part().tool().command(step, variant, classPath, work);
        List<String> command = Fork.command(List.of(), classPath, tool);
        String began = Environment.now();
        Fork.run(command, work.resolve("output.txt"));
        double seconds = (System.nanoTime() - from) / 1e9;
        Files.write(
                work.resolve(RECORD),
                List.of(
                        "began " + began,
                        "ended " + Environment.now(),
                        "seconds " + Math.round(seconds) + ", estimated "
                                + step.part().seconds(),
                        String.join(" ", tool).replace(classPath, "…")));
        run.finish(step);
        return seconds;
    }

    private Duration gone() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
