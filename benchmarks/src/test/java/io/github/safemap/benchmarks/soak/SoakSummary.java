package io.github.safemap.benchmarks.soak;

import io.github.safemap.benchmarks.support.Table;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What a soak saw, in words and tables. */
final class SoakSummary {
    /** The script tells the commit and the machine by this property. */
    static final String PLACE = "soak.place";

    private SoakSummary() {}

    static List<String> lines(Run run) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict(run));
        lines.add("");
        lines.addAll(place(run.plan()));
        lines.add("");
        lines.addAll(memory(run));
        lines.add("");
        lines.add(
                "Each operation by itself, in microseconds; \"between\" is the control: the same threads, no operation.");
        lines.addAll(times(run));
        lines.add("");
        lines.addAll(longOnes(run));
        return lines;
    }

    private static String verdict(Run run) {
        SoakFailure failure = run.failure();
        if (failure != null) {
            return "FAILED: " + failure.getMessage();
        }
        long operations =
                run.monitor().samples().stream().mapToLong(Sample::operations).sum();
        return String.format(
                Locale.ROOT,
                "Passed: %,d operations in %,d seconds and %d cycles, every answer checked, the invariants twice a cycle.",
                operations,
                run.monitor().second(),
                run.cycles().size());
    }

    private static List<String> place(Plan plan) {
        return List.of(
                "JDK " + Runtime.version() + " (" + System.getProperty("java.vm.vendor") + "), "
                        + Runtime.getRuntime().availableProcessors() + " processors, "
                        + String.join(
                                " ",
                                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                                        .filter(flag -> flag.startsWith("-X"))
                                        .toList()),
                plan.workers() + " workers with up to " + plan.keys() + " keys each",
                System.getProperty(PLACE, ""));
    }

    private static List<String> memory(Run run) {
        LongSummaryStatistics heap =
                run.cycles().stream().mapToLong(Cycle::clearedHeapBytes).summaryStatistics();
        List<Sample> samples = run.monitor().samples();
        return List.of(
                String.format(
                        Locale.ROOT,
                        "Most entries: %,d. Tables: %,d KB at most, %,d KB at least while there were entries."
                                + " Rebuilds: %,d.",
                        samples.stream().mapToLong(Sample::entries).max().orElse(0),
                        samples.stream().mapToLong(Sample::tableBytes).max().orElse(0) >> 10,
                        samples.stream()
                                        .filter(s -> s.entries() > 0)
                                        .mapToLong(Sample::tableBytes)
                                        .min()
                                        .orElse(0)
                                >> 10,
                        samples.stream().mapToLong(Sample::rebuilds).max().orElse(0)),
                String.format(
                        Locale.ROOT,
                        "Heap in use when the map was cleared and garbage collected, the soak's own books and"
                                + " figures included: %,d to %,d KB; after the first cycle %,d, after the last %,d.",
                        heap.getMin() >> 10,
                        heap.getMax() >> 10,
                        run.cycles().stream()
                                        .findFirst()
                                        .map(Cycle::clearedHeapBytes)
                                        .orElse(0L)
                                >> 10,
                        run.cycles().stream()
                                        .reduce((a, b) -> b)
                                        .map(Cycle::clearedHeapBytes)
                                        .orElse(0L)
                                >> 10),
                String.format(
                        Locale.ROOT,
                        "Load average of the machine: %.1f to %.1f.",
                        samples.stream().mapToDouble(Sample::load).min().orElse(0),
                        samples.stream().mapToDouble(Sample::load).max().orElse(0)));
    }

    private static List<String> times(Run run) {
        Table table = new Table("", "count", "seconds", "median", "99 %", "99.9 %", "99.99 %", "longest");
        for (Kind kind : Kind.values()) {
            Histogram times = run.monitor().total(kind);
            table.row(
                    kind.label(),
                    String.format(Locale.ROOT, "%,d", times.getTotalCount()),
                    String.format(Locale.ROOT, "%,.1f", seconds(times)),
                    micros(times.getValueAtPercentile(50)),
                    micros(times.getValueAtPercentile(99)),
                    micros(times.getValueAtPercentile(99.9)),
                    micros(times.getValueAtPercentile(99.99)),
                    micros(times.getMaxValue()));
        }
        return table.text();
    }

    private static double seconds(Histogram times) {
        return times.getTotalCount() == 0 ? 0 : times.getMean() * times.getTotalCount() / 1e9;
    }

    private static String micros(long nanos) {
        return String.format(Locale.ROOT, "%,.1f", nanos / 1e3);
    }

    /** What was longer than the limit, by cause, beside the control. */
    private static List<String> longOnes(Run run) {
        List<Sample> samples = run.monitor().samples();
        List<String> lines = new ArrayList<>();
        lines.add("Short things that took " + Timings.LONG_NANOS / 1_000_000
                + " ms or more, by cause: the collector paused for half of that time; the thread did not run"
                + " for half of it; or it ran.");
        Table table = new Table("", "collector", "longest ms", "not run", "longest ms", "ran", "longest ms");
        for (Kind kind : Stream.of(Kind.values()).filter(Kind::isShort).toList()) {
            List<String> cells = new ArrayList<>(List.of(kind.label()));
            for (Cause cause : Cause.values()) {
                List<Interruption> some = run.interruptions().stream()
                        .filter(i -> i.kind() == kind && Cause.of(i, run.pauses()) == cause)
                        .toList();
                cells.add("" + some.size());
                cells.add(String.format(
                        Locale.ROOT,
                        "%.0f",
                        some.stream().mapToDouble(Interruption::millis).max().orElse(0)));
            }
            table.row(cells);
        }
        lines.addAll(table.text());
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "Not run, times in a second of work, the interruptions themselves not counted: in the map"
                        + " %.2f, in the control %.2f. Near each other: it is the machine.",
                rate(run, true),
                rate(run, false)));
        lines.add(String.format(
                Locale.ROOT,
                "Pauses of the collector: %,d, together %,d ms, the longest %d ms. The control's sleep of 1 ms"
                        + " was up to %.0f ms too long; spinning, it was away up to %.0f ms.",
                run.pauses().size(),
                run.pauses().stream().mapToLong(Pauses.Pause::millis).sum(),
                run.pauses().stream().mapToLong(Pauses.Pause::millis).max().orElse(0),
                samples.stream().mapToLong(Sample::oversleepNanos).max().orElse(0) / 1e6,
                samples.stream().mapToLong(Sample::gapNanos).max().orElse(0) / 1e6));
        return lines;
    }

    /** Returns how often a thread did not run, in a second of short operations of the map or of the control. */
    private static double rate(Run run, boolean ofTheMap) {
        double seconds = Stream.of(Kind.values())
                .filter(kind -> kind.isShort() && kind.isOfTheMap() == ofTheMap)
                .mapToDouble(kind -> seconds(run.monitor().total(kind)))
                .sum();
        int count = 0;
        for (Interruption i : run.interruptions()) {
            if (i.kind().isOfTheMap() == ofTheMap) {
                seconds -= i.millis() / 1e3;
                count += Cause.of(i, run.pauses()) == Cause.NOT_RUN ? 1 : 0;
            }
        }
        return seconds <= 0 ? 0 : count / seconds;
    }
}
