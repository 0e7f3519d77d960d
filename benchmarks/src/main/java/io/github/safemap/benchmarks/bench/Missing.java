package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Fork;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Asks a JVM with the class path of those that measure which maps are not there. */
final class Missing {
    private Missing() {}

    /** In the fork: reports each that is missing. */
    public static void main(String[] arguments) {
        for (Subject subject : Subject.values()) {
            subject.missing().ifPresent(why -> Fork.report(subject.name(), why));
        }
    }

    /** In the parent: returns which are missing, and why. */
    static Map<Subject, String> ask(String classPath) throws IOException, InterruptedException {
        Map<Subject, String> missing = new EnumMap<>(Subject.class);
        Fork.run(
                Fork.command(List.of(), classPath, List.of(Missing.class.getName())),
                line -> Fork.read(line, (subject, why) -> missing.put(Subject.valueOf(subject), why.get(0))));
        return missing;
    }
}
