package io.github.safemap.benchmarks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process of a step, which ends when this one does. */
final class Child {
    private static final int LAST_LINES = 15;

    private static boolean hooked;
    private static boolean ending;
    private static @Nullable Process running;

    private Child() {}

    /** Returns the command that runs {@code mainAndArguments} on this JDK. */
    static List<String> java(String classPath, List<String> mainAndArguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Djava.awt.headless=true", "-cp", classPath));
        command.addAll(mainAndArguments);
        return command;
    }

    /**
     * Runs a command to its end, with its output in {@code log}.
     *
     * @throws IOException if it fails, with the end of its output as the message
     */
    static void run(List<String> command, Path log) throws IOException, InterruptedException {
        Process process = start(command, log);
        try {
            int status = process.waitFor();
            if (status != 0) {
                List<String> lines = Files.readAllLines(log);
                int from = Math.max(0, lines.size() - LAST_LINES);
                throw new IOException("exit code " + status + ", see " + log + ":\n  "
                        + String.join("\n  ", lines.subList(from, lines.size())));
            }
        } finally {
            kill(process);
            synchronized (Child.class) {
                running = null;
            }
        }
    }

    /** Nothing is started once this JVM is ending, as its threads go on meanwhile. */
    private static synchronized Process start(List<String> command, Path log) throws IOException, InterruptedException {
        if (!hooked) {
            hooked = true;
            Runtime.getRuntime().addShutdownHook(new Thread(Child::end, "bench-child-killer"));
        }
        if (ending) {
            throw new InterruptedException("this JVM is ending");
        }
        running = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return running;
    }

    private static synchronized void end() {
        ending = true;
        if (running != null) {
            kill(running);
        }
    }

    /** JMH has children of its own. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
