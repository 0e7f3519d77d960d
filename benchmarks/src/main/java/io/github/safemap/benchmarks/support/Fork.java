package io.github.safemap.benchmarks.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A fresh JVM that measures one thing. The child prints its results as lines {@code @name=value};
 * other lines are passed on.
 */
public final class Fork {
    private static final String MARK = "@";

    private Fork() {}

    /** In the child: reports a result. The parent keeps the order. */
    public static void report(String name, double value) {
        System.out.println(MARK + name + "=" + value);
    }

    /**
     * In the parent: runs {@code main} in a fresh JVM on the same class path and returns what it
     * reported.
     */
    public static Map<String, Double> run(Class<?> main, List<String> flags, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Double> results = new LinkedHashMap<>();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int equals = line.indexOf('=');
                if (line.startsWith(MARK) && equals > 0) {
                    results.put(line.substring(MARK.length(), equals), Double.valueOf(line.substring(equals + 1)));
                } else {
                    System.out.println(line);
                }
            }
        }
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IOException("exit code " + exit + " of " + String.join(" ", command));
        }
        return results;
    }
}
