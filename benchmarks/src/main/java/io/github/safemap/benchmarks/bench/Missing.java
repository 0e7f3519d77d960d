package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Asks a JVM with the class path of those that measure which maps are not there. */
final class Missing {
    private Missing() {}

    /** In the child: writes a line for each that is missing to the file that is the only argument. */
    public static void main(String[] arguments) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Subject subject : Subject.values()) {
            subject.missing().ifPresent(why -> lines.add(subject + "=" + why));
        }
        Files.write(Path.of(arguments[0]), lines);
    }

    /** In the parent: returns which are missing, and why. */
    static Map<Subject, String> ask(String classPath, Path directory) throws IOException, InterruptedException {
        Path answer = directory.resolve("missing.txt");
        List<String> command = List.of(Missing.class.getName(), answer.toString());
        Child.run(Child.java(classPath, command), directory.resolve("missing.log"));
        Map<Subject, String> missing = new EnumMap<>(Subject.class);
        for (String line : Files.readAllLines(answer)) {
            String[] parts = line.split("=", 2);
            missing.put(Subject.valueOf(parts[0]), parts[1]);
        }
        return missing;
    }
}
