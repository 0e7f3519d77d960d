package io.github.safemap.benchmarks.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/** The machine and the JDK. */
final class Environment {
    /** Where a run has its facts. */
    static final String FILE = "environment.txt";

    /** Where a run has what the system says of the machine. */
    static final String MACHINE = "machine.txt";

    private Environment() {}

    /** Returns the JDK's version, as a name of a directory can have it. */
    static String jdk() {
        return "jdk" + Runtime.version().toString().replaceAll("[^0-9.].*", "");
    }

    /** Returns what a reader of a report has to know, a fact a line. */
    static List<String> facts(Path project) throws InterruptedException {
        List<String> facts = new ArrayList<>();
        facts.add("JDK: " + Runtime.version() + ", " + System.getProperty("java.vm.vendor"));
        facts.add("System: " + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch"));
        int processors = Runtime.getRuntime().availableProcessors();
        Optional<String> lscpu = outputOf(project, "lscpu");
        String model = lscpu.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Model name:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
        facts.add("Processors: " + processors + ", " + model);
        return facts;
    }

    /** Returns what the system says of the machine, for the record. */
    static List<String> machine(Path project) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String command : List.of("date -u", "uname -a", "lscpu", "free -m", "uptime")) {
            lines.add("$ " + command);
            outputOf(project, command.split(" ")).ifPresent(lines::add);
        }
        return lines;
    }

    /** Returns when something happened, and what else the machine did: its load average. */
    static String now() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return String.format(Locale.ROOT, "%s, load %.2f", Instant.now(), load);
    }

    /** Returns what a command prints; nothing if it cannot be run or fails. */
    static Optional<String> outputOf(Path directory, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            byte[] output = process.getInputStream().readAllBytes();
            return process.waitFor() == 0
                    ? Optional.of(new String(output, StandardCharsets.UTF_8).strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns the commit of the sources, and a check sum of what has been changed since, if anything has. */
    static String revision(Path project) throws InterruptedException {
        Optional<String> commit = outputOf(project, "git", "rev-parse", "--short=10", "HEAD");
        if (commit.isEmpty()) {
            return "unversioned";
        }
        String changes = outputOf(project, "git", "diff", "HEAD").orElse("")
                + outputOf(project, "git", "ls-files", "--others", "--exclude-standard")
                        .orElse("");
        if (changes.isEmpty()) {
            return commit.get();
        }
        CRC32 sum = new CRC32();
        sum.update(changes.getBytes(StandardCharsets.UTF_8));
        return commit.get() + "-changed-" + Long.toHexString(sum.getValue());
    }
}
