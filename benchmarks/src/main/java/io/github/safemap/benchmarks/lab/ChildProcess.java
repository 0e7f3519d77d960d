package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A JVM of its own for one experiment with one subject. */
final class ChildProcess {
    /**
     * The flags of every child, besides its largest heap. The collector is named because the JVM
     * takes another on a small machine; the small first heap lets the committed heap shrink.
     */
    static final List<String> FLAGS = List.of("-XX:+UseG1GC", "-Xms16m", "-XX:+ExitOnOutOfMemoryError");

    /** The exit code of a JVM under {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int OUT_OF_MEMORY = 3;

    /** 128 and SIGKILL: on Linux the usual end of a process that the system has no memory for. */
    private static final int KILLED = 137;

    /** The lines of a failed child's output that are worth showing. */
    private static final int LAST_LINES = 12;

    private final Experiment experiment;
    private final Subject subject;
    private final int heapMegabytes;
    private final String classPath;

    ChildProcess(Experiment experiment, Subject subject, int heapMegabytes, String classPath) {
        this.experiment = experiment;
        this.subject = subject;
        this.heapMegabytes = heapMegabytes;
        this.classPath = classPath;
    }

    /**
     * Runs the child to its end and passes on what it reports.
     *
     * @throws LabFailure if it fails, with a message for the user
     */
    void run(Recorder recorder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-Xmx" + heapMegabytes + "m");
        command.addAll(List.of("-cp", classPath, LabChild.class.getName(), experiment.name(), subject.name()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread killer = new Thread(process::destroyForcibly, "lab-child-killer");
        Runtime.getRuntime().addShutdownHook(killer);
        Deque<String> others = new ArrayDeque<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!Protocol.read(line, recorder)) {
                    others.add(line);
                    if (others.size() > LAST_LINES) {
                        others.remove();
                    }
                }
            }
            int status = process.waitFor();
            if (status != 0) {
                throw new LabFailure(failure(status, others));
            }
        } finally {
            process.destroyForcibly();
            removeHook(killer);
        }
    }

    private String failure(int status, Deque<String> output) {
        String who = experiment + " with " + subject.label();
        if (status == OUT_OF_MEMORY || status == KILLED) {
            return "%s ran out of memory with a heap of %d MB; %s needs %s of heap for each map.%s"
                    .formatted(who, heapMegabytes, experiment, experiment.heapText(), experiment.smallerOne());
        }
        return "%s failed with exit code %d:%n  %s"
                .formatted(who, status, String.join(System.lineSeparator() + "  ", output));
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is running: then it has done what it is for.
        }
    }
}
