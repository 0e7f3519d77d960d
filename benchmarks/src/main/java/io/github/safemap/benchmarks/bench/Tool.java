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
    JMH("org.openjdk.jmh.Main"),
    /** Latency, R1 to R7. */
    LATENCY(Latency.class.getName()),
    /** Memory, M1 to M6. */
    MEMORY(Memory.class.getName()),
    /** The leak lab, whose subjects are its own. */
    LAB(Lab.class.getName());

    /** The file that JMH writes. */
    static final String JMH_FILE = "jmh.json";

    /** An argument of JMH's parts that need a large heap. */
    static final String LARGE = "large";

    private static final int JMH_GIGABYTES = 2;
    private static final int LARGE_GIGABYTES = 8;

    private final String main;

    Tool(String main) {
        this.main = main;
    }

    /** Returns the main class and its arguments. */
    List<String> command(Step step, Variant variant, String classPath, Path out) {
        List<String> command = new ArrayList<>(List.of(main));
        command.addAll(step.part().arguments());
        boolean large = command.remove(LARGE);
        String subjects = step.subjects().stream().map(Subject::name).collect(Collectors.joining(","));
        switch (this) {
            case JMH -> {
                command.addAll(List.of("-prof", "gc"));
                command.addAll(jmh(
                        step.part().collector().flags(large ? LARGE_GIGABYTES : JMH_GIGABYTES),
                        variant.flags(),
                        subjects,
                        out.resolve(JMH_FILE)));
            }
            case LAB -> command.addAll(List.of("--out", out.toString(), "--class-path", classPath));
            case LATENCY, MEMORY -> {
                command.addAll(List.of("--gc", step.part().collector().name()));
                command.addAll(List.of("--subjects", subjects, "--out", out.toString()));
                if (this == LATENCY) {
                    command.addAll(List.of("--rounds", "1"));
                }
                if (!variant.flags().isEmpty()) {
                    command.add("--jvm=" + String.join(" ", variant.flags()));
                }
            }
        }
        return command;
    }

    /** Returns JMH's arguments for one fork of each subject, with its scores in a file. */
    static List<String> jmh(List<String> flags, List<String> moreFlags, String subjects, Path file) {
        List<String> jvm = new ArrayList<>(flags);
        jvm.addAll(moreFlags);
        return List.of(
                "-f",
                "1",
                "-foe",
                "true",
                "-rf",
                "json",
                "-rff",
                file.toString(),
                "-jvmArgs",
                String.join(" ", jvm),
                "-p",
                "subject=" + subjects);
    }
}
