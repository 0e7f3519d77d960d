package io.github.safemap.benchmarks.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A fresh JVM, which measures one thing and ends when this one does. It reports figures on its standard output, in lines
 * that begin with a mark.
 */
public final class Fork {
    private static final String MARK = "@";
    private static final String SEPARATOR = "\t";
    private static final int LAST_LINES = 15;

    private static final Set<Process> RUNNING = new HashSet<>();
    private static boolean hooked;
    private static boolean ending;

    private Fork() {}

    /** Thrown when a fork fails; the message has the end of its output. */
    public static final class Failure extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        private Failure(int status, Iterable<String> lastLines) {
            super("exit code " + status + ":" + System.lineSeparator() + "  "
                    + String.join(System.lineSeparator() + "  ", lastLines));
            this.status = status;
        }

        /** Returns the exit code. */
        public int status() {
            return status;
        }
    }

    /** In the fork: reports a figure, or several. The parent keeps the order. */
    public static void report(String name, Object... values) {
        // No streams, no formats: what they load would count as the memory of the map that is measured.
        StringBuilder line = new StringBuilder(MARK).append(name);
        for (Object value : values) {
            line.append(SEPARATOR).append(value);
        }
        System.out.println(line);
    }

    /** In the parent: gives a line to {@code reports} if the fork reported by it; returns whether it did. */
    public static boolean read(String line, BiConsumer<String, List<String>> reports) {
        if (!line.startsWith(MARK)) {
            return false;
        }
        List<String> fields = List.of(line.substring(MARK.length()).split(SEPARATOR));
        reports.accept(fields.get(0), fields.subList(1, fields.size()));
        return true;
    }

    /** Returns the command that runs a main class with arguments on this JDK. */
    public static List<String> command(List<String> flags, String classPath, List<String> mainAndArguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-Djava.awt.headless=true", "-cp", classPath));
        command.addAll(mainAndArguments);
        return command;
    }

    /** Runs {@code main} on this class path and returns the figures that it reports; prints its other lines. */
    public static Map<String, Double> run(Class<?> main, List<String> flags, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> mainAndArguments = new ArrayList<>(arguments);
        mainAndArguments.add(0, main.getName());
        Map<String, Double> figures = new LinkedHashMap<>();
        run(command(flags, System.getProperty("java.class.path"), mainAndArguments), line -> {
            if (!read(line, (name, values) -> figures.put(name, Double.valueOf(values.get(0))))) {
                System.out.println(line);
            }
        });
        return figures;
    }

    /** Runs a command to its end, with its output in {@code log}. */
    public static void run(List<String> command, Path log) throws IOException, InterruptedException {
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(log), true)) {
            run(command, lines::println);
        }
    }

    /**
     * Runs a command to its end and passes on the lines that it prints.
     *
     * @throws Failure if its exit code is not 0
     */
    public static void run(List<String> command, Consumer<String> lines) throws IOException, InterruptedException {
        Process process = start(command);
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.accept(line);
                if (!line.startsWith(MARK)) {
                    last.add(line);
                }
                if (last.size() > LAST_LINES) {
                    last.remove();
                }
            }
            int status = process.waitFor();
            if (status != 0) {
                throw new Failure(status, last);
            }
        } finally {
            end(process);
        }
    }

    /** Nothing is started once this JVM is ending, as its threads go on meanwhile. */
    private static synchronized Process start(List<String> command) throws IOException, InterruptedException {
        if (!hooked) {
            hooked = true;
            Runtime.getRuntime().addShutdownHook(new Thread(Fork::endAll, "fork-killer"));
        }
        if (ending) {
            throw new InterruptedException("this JVM is ending");
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        RUNNING.add(process);
        return process;
    }

    private static synchronized void end(Process process) {
        kill(process);
        RUNNING.remove(process);
    }

    private static synchronized void endAll() {
        ending = true;
        RUNNING.forEach(Fork::kill);
    }

    /** JMH has forks of its own. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
