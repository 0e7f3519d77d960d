package io.github.safemap.benchmarks.soak;

import io.github.safemap.SafeMapStats;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** Looks at everything once a second. */
final class Monitor {
    private final SoakMap map;
    private final List<Worker> workers;
    private final Pauses pauses;
    private final Stalls stalls;
    private final long begin = System.nanoTime();
    private final List<Sample> samples = new ArrayList<>();
    private final Map<Kind, Histogram> totals = new EnumMap<>(Kind.class);
    private int pausesSeen;
    private volatile int cycle;

    Monitor(SoakMap map, List<Worker> workers, Pauses pauses, Stalls stalls) {
        this.map = map;
        this.workers = workers;
        this.pauses = pauses;
        this.stalls = stalls;
        for (Kind kind : Kind.values()) {
            totals.put(kind, new Histogram(3));
        }
    }

    void cycle(int next) {
        cycle = next;
    }

    /** Returns the seconds since the beginning. */
    int second() {
        return (int) ((System.nanoTime() - begin) / 1_000_000_000);
    }

    /** Takes a sample. */
    synchronized void sample() {
        long operations = 0;
        Map<Kind, Long> longest = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            long max = 0;
            for (Worker worker : workers) {
                Histogram taken = worker.timings().take(kind);
                totals.get(kind).add(taken);
                operations += kind.isOfTheMap() ? taken.getTotalCount() : 0;
                max = Math.max(max, taken.getTotalCount() == 0 ? 0 : taken.getMaxValue());
            }
            longest.put(kind, max);
        }
        List<Pauses.Pause> all = pauses.all();
        List<Pauses.Pause> ofNow = List.copyOf(all.subList(pausesSeen, all.size()));
        pausesSeen += ofNow.size();
        SafeMapStats stats = map.stats();
        samples.add(new Sample(
                second(),
                cycle,
                workers.stream().map(worker -> worker.timings().phase().name()).collect(Collectors.joining("+")),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                pauses.usedAfter(),
                stats.tableBytes(),
                stats.entries(),
                stats.shards(),
                stats.growths() + stats.cleanings() + stats.shrinks() + stats.splits() + stats.merges(),
                operations,
                ofNow.size(),
                ofNow.stream().mapToLong(Pauses.Pause::millis).sum(),
                ofNow.stream().mapToLong(Pauses.Pause::millis).max().orElse(0),
                stalls.takeOversleep(),
                stalls.takeGap(),
                longest));
    }

    /** Returns all samples so far. */
    synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** Returns the times of all operations of a kind that the samples have. */
    synchronized Histogram total(Kind kind) {
        return totals.get(kind).copy();
    }
}
