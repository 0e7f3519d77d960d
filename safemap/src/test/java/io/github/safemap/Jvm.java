package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A separate JVM for a program of the tests, with a small heap or an unusual common pool. */
final class Jvm {
    /** Only for tests that hang. No run comes near it. */
    private static final long SECONDS = 120;

    private final Path output;
    private final List<String> options;

    /**
     * @param directory the directory for the program's output
     * @param options the options of the JVM
     */
    Jvm(Path directory, String... options) {
        output = directory.resolve("output");
        this.options = List.of(options);
    }

    /** Runs a program to its end, with the class path of the tests. Returns its output. */
    String run(Class<?> program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String text = Files.readString(output).strip();
        assertTrue(ended, () -> "does not end: " + text);
        return text;
    }

    /** Runs a program whose last line must be {@code ok}. */
    void runOk(Class<?> program, String... arguments) throws Exception {
        String text = run(program, arguments);
        assertTrue(text.endsWith("ok"), text);
    }
}
