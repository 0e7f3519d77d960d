package io.github.safemap.benchmarks.memory;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Collector;
import io.github.safemap.benchmarks.support.Fork;
import io.github.safemap.benchmarks.support.RoundTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures memory by the differences of the heap in use; each subject in a JVM of its own. */
@Command(name = "Memory", mixinStandardHelpOptions = true, description = "Memory that a map needs and keeps.")
public final class Memory {
    /** What all experiments can be told. */
    static final class Options {
        @Option(
                names = "--subjects",
                split = ",",
                defaultValue = "HASH_MAP,CONCURRENT_HASH_MAP,NON_BLOCKING_HASH_MAP," + "ECLIPSE_COLLECTIONS,SAFE_MAP",
                description = "${COMPLETION-CANDIDATES}")
        private List<Subject> subjects = List.of();

        @Option(names = "--keys", defaultValue = "LONG", description = "${COMPLETION-CANDIDATES}")
        private KeyKind keys = KeyKind.LONG;

        @Option(names = "--gc", defaultValue = "SERIAL", description = "SERIAL (exact), G1 (as users see it)")
        private Collector collector = Collector.SERIAL;

        @Option(names = "--heap", defaultValue = "3", description = "gigabytes")
        private int heap;

        @Option(names = "--jvm", split = " ", description = "more flags for the JVMs that measure")
        private List<String> jvm = List.of();

        @Option(names = "--out", defaultValue = "results/memory", description = "for memory.csv")
        private Path out = Path.of("results", "memory");
    }

    private Memory() {}

    /** Runs the command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Memory()).execute(arguments));
    }

    @Command(
            name = "m1",
            mixinStandardHelpOptions = true,
            description = "Bytes an entry over one growth cycle, mean and worst.")
    int m1(@CommandLine.Mixin Options options, @Option(names = "--sizes", defaultValue = "40") int sizes)
            throws Exception {
        return measure(Workload.M1, options, sizes);
    }

    @Command(
            name = "m2",
            mixinStandardHelpOptions = true,
            description = "Bytes of an empty map, and of 1, 10 and 100 entries.")
    int m2(@CommandLine.Mixin Options options, @Option(names = "--copies", defaultValue = "10000") int copies)
            throws Exception {
        return measure(Workload.M2, options, copies);
    }

    @Command(
            name = "m3",
            mixinStandardHelpOptions = true,
            description = "Bytes kept after deleting 99.9 percent; all; 95 percent.")
    int m3(@CommandLine.Mixin Options options, @Option(names = "--size", defaultValue = "5000000") int size)
            throws Exception {
        return measure(Workload.M3, options, size);
    }

    @Command(name = "m4", mixinStandardHelpOptions = true, description = "Bytes while fresh keys replace old ones.")
    int m4(@CommandLine.Mixin Options options, @Option(names = "--millions", defaultValue = "100") int millions)
            throws Exception {
        return measure(Workload.M4, options, millions);
    }

    @Command(
            name = "m5",
            mixinStandardHelpOptions = true,
            description = "Bytes an entry while a million entries are exchanged, worst.")
    int m5(@CommandLine.Mixin Options options, @Option(names = "--millions", defaultValue = "100") int millions)
            throws Exception {
        return measure(Workload.M5, options, millions);
    }

    @Command(
            name = "m6",
            mixinStandardHelpOptions = true,
            description = "Bytes, and nanoseconds of hits and misses, of a new map and of an aged one.")
    int m6(@CommandLine.Mixin Options options, @Option(names = "--millions", defaultValue = "360") int millions)
            throws Exception {
        return measure(Workload.M6, options, millions);
    }

    @Command(
            name = "l6",
            mixinStandardHelpOptions = true,
            description = "Milliseconds of a full collection; give --gc G1.")
    int l6(@CommandLine.Mixin Options options, @Option(names = "--size", defaultValue = "10000000") int size)
            throws Exception {
        return measure(Workload.L6, options, size);
    }

    @Command(
            name = "l7",
            mixinStandardHelpOptions = true,
            description = "Bytes of the process after all is deleted; --gc G1 or ZGC.")
    int l7(@CommandLine.Mixin Options options, @Option(names = "--size", defaultValue = "1000000") int size)
            throws Exception {
        return measure(Workload.L7, options, size);
    }

    private static int measure(Workload workload, Options options, int scale) throws Exception {
        Files.createDirectories(options.out);
        int size = workload.size(scale);
        String cell = workload + "-" + options.collector + "-" + options.keys + "-" + size;
        RoundTable table = new RoundTable(cell);
        List<String> flags = new ArrayList<>(workload.flags(options.collector, options.heap));
        flags.addAll(options.jvm);
        for (Subject subject : options.subjects) {
            table.add(
                    subject,
                    Fork.run(
                            MemoryRound.class,
                            flags,
                            List.of(workload.name(), subject.name(), options.keys.name(), Integer.toString(scale))));
        }
        table.publish("bytes beyond key and value objects, if nothing else is said", options.out.resolve("memory.csv"));
        return 0;
    }
}
