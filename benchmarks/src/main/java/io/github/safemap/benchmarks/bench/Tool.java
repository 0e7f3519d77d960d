package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.lab.Lab;
import io.github.safemap.benchmarks.latency.Latency;
import io.github.safemap.benchmarks.memory.Memory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The programs that measure. */
enum Tool {
    /** Throughput. */
    JMH {
        @Override
        List<String> command(Step step, Variant variant, String classPath, Path out) {
            boolean large = step.part().arguments().contains(LARGE);
            List<String> jvm = new ArrayList<>(step.part().collector().flags(large ? LARGE_GIGABYTES : JMH_GIGABYTES));
            jvm.addAll(variant.flags());
            List<String> command = new ArrayList<>();
            command.add("org.openjdk.jmh.Main");
            step.part().arguments().stream().filter(a -> !a.equals(LARGE)).forEach(command::add);
            command.addAll(List.of("-f", "1", "-foe", "true", "-prof", "gc", "-rf", "json"));
            command.addAll(List.of("-rff", out.resolve(JMH_FILE).toString()));
            command.addAll(List.of("-jvmArgs", String.join(" ", jvm)));
            command.addAll(List.of("-p", "subject=" + names(step.subjects())));
            return command;
        }
    },
    /** Latency, R1 to R7. */
    LATENCY {
        @Override
        List<String> command(Step step, Variant variant, String classPath, Path out) {
            List<String> command = new ArrayList<>(List.of(Latency.class.getName()));
            command.addAll(step.part().arguments());
            command.addAll(List.of("--gc", step.part().collector().name(), "--rounds", "1"));
            command.addAll(common(step, variant, out));
            return command;
        }
    },
    /** Memory, M1 to M6. */
    MEMORY {
        @Override
        List<String> command(Step step, Variant variant, String classPath, Path out) {
            List<String> command = new ArrayList<>(List.of(Memory.class.getName()));
            command.addAll(step.part().arguments());
            command.addAll(List.of("--gc", step.part().collector().name()));
            command.addAll(common(step, variant, out));
            return command;
        }
    },
    /** The leak lab, whose subjects are its own. */
    LAB {
        @Override
        List<String> command(Step step, Variant variant, String classPath, Path out) {
            List<String> command = new ArrayList<>(List.of(Lab.class.getName()));
            command.addAll(step.part().arguments());
            command.addAll(List.of("--out", out.toString(), "--class-path", classPath));
            return command;
        }
    };

    /** The file that JMH writes. */
    static final String JMH_FILE = "jmh.json";

    /** An argument of JMH's parts that need a large heap. */
    static final String LARGE = "large";

    private static final int JMH_GIGABYTES = 2;
    private static final int LARGE_GIGABYTES = 8;

    /** Returns the main class and its arguments. */
    abstract List<String> command(Step step, Variant variant, String classPath, Path out);

    private static List<String> common(Step step, Variant variant, Path out) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--subjects", names(step.subjects()), "--out", out.toString()));
        if (!variant.flags().isEmpty()) {
            arguments.add("--jvm=" + String.join(" ", variant.flags()));
        }
        return arguments;
    }

    private static String names(List<Subject> subjects) {
        return subjects.stream().map(Subject::name).collect(Collectors.joining(","));
    }
}
