package io.github.safemap.examples.micrometer;

import io.github.safemap.SafeMap;
import io.github.safemap.SafeMapStats;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a map's {@code stats()} as meters. {@code new SafeMapMetrics(map, "sessions").bindTo(registry)}
 * makes, each with the tag {@code map} = {@code sessions}:
 *
 * <table>
 *   <caption>The meters</caption>
 *   <tr><th>name</th><th>kind</th><th>unit</th></tr>
 *   <tr><td>{@code safemap.entries}</td><td>gauge</td><td>entries</td></tr>
 *   <tr><td>{@code safemap.tables}</td><td>gauge</td><td>bytes</td></tr>
 *   <tr><td>{@code safemap.load}</td><td>gauge</td><td>entries a bucket</td></tr>
 *   <tr><td>{@code safemap.longest.chain}</td><td>gauge</td><td>buckets</td></tr>
 *   <tr><td>{@code safemap.deletions.since.rebuild}</td><td>gauge</td><td>entries</td></tr>
 *   <tr><td>{@code safemap.longest.step}</td><td>gauge</td><td>the registry's unit of time</td></tr>
 *   <tr><td>{@code safemap.rebuilds}, with the tag {@code to} = {@code larger} or {@code smaller}</td>
 *       <td>counter</td><td>rebuilds</td></tr>
 *   <tr><td>{@code safemap.entries.moved}</td><td>counter</td><td>entries</td></tr>
 *   <tr><td>{@code safemap.given.back}</td><td>counter</td><td>bytes</td></tr>
 * </table>
 *
 * <p>The meters refer to the map weakly: one that nobody uses any more is collected, and its gauges become NaN.
 * Micrometer reads one meter after the other and says nothing of a scrape's beginning, so a reading is used again
 * until it is a second old, by the registry's clock.
 */
public final class SafeMapMetrics implements MeterBinder {
    /** Longer than a scrape takes, shorter than the time between two. */
    private static final Duration MAX_AGE = Duration.ofSeconds(1);

    private final WeakReference<SafeMap<?, ?>> map;
    private final Tags tags;

    /**
     * Binds nothing yet.
     *
     * @param map the map
     * @param name the value of the tag {@code map}
     * @param tags more tags
     */
    public SafeMapMetrics(SafeMap<?, ?> map, String name, Tag... tags) {
        this.map = new WeakReference<>(map);
        this.tags = Tags.of(tags).and("map", name);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        SafeMap<?, ?> bound = map.get();
        if (bound == null) {
            return;
        }
        Reading reading = new Reading(registry.config().clock());
        gauge(bound, "safemap.entries", "entries", reading.of(SafeMapStats::entries), "Entries in the map")
                .register(registry);
        gauge(bound, "safemap.tables", "bytes", reading.of(SafeMapStats::tableBytes), "What the tables take, about")
                .register(registry);
        gauge(bound, "safemap.load", null, reading.of(SafeMapStats::load), "Entries a bucket")
                .register(registry);
        gauge(
                        bound,
                        "safemap.longest.chain",
                        "buckets",
                        reading.of(SafeMapStats::longestChain),
                        "The most buckets that a chain has had since its table was built")
                .register(registry);
        gauge(
                        bound,
                        "safemap.deletions.since.rebuild",
                        "entries",
                        reading.of(SafeMapStats::deletionsSinceRebuild),
                        "Entries removed since their tables were built, about")
                .register(registry);
        TimeGauge.builder(
                        "safemap.longest.step", bound, TimeUnit.NANOSECONDS, reading.of(SafeMapStats::longestStepNanos))
                .description("The longest single step of a rebuild that was timed")
                .tags(tags)
                .register(registry);
        counter(bound, "safemap.rebuilds", "rebuilds", reading.of(SafeMapStats::grows), "Moves to another table")
                .tag("to", "larger")
                .register(registry);
        counter(bound, "safemap.rebuilds", "rebuilds", reading.of(SafeMapStats::shrinks), "Moves to another table")
                .tag("to", "smaller")
                .register(registry);
        counter(
                        bound,
                        "safemap.entries.moved",
                        "entries",
                        reading.of(SafeMapStats::entriesMoved),
                        "Entries that have moved from table to table")
                .register(registry);
        counter(
                        bound,
                        "safemap.given.back",
                        "bytes",
                        reading.of(SafeMapStats::bytesGivenBack),
                        "By how much the tables' arrays have become smaller")
                .register(registry);
    }

    private Gauge.Builder<SafeMap<?, ?>> gauge(
            SafeMap<?, ?> bound,
            String name,
            @Nullable String unit,
            ToDoubleFunction<SafeMap<?, ?>> figure,
            String description) {
        return Gauge.builder(name, bound, figure)
                .baseUnit(unit)
                .description(description)
                .tags(tags);
    }

    private FunctionCounter.Builder<SafeMap<?, ?>> counter(
            SafeMap<?, ?> bound, String name, String unit, ToDoubleFunction<SafeMap<?, ?>> figure, String description) {
        return FunctionCounter.builder(name, bound, figure)
                .baseUnit(unit)
                .description(description)
                .tags(tags);
    }

    /** The last {@code stats()}, and when they were taken. Has figures only, and does not keep the map. */
    private static final class Reading {
        private final Clock clock;
        private @Nullable SafeMapStats stats;
        private long takenNanos;

        Reading(Clock clock) {
            this.clock = clock;
        }

        ToDoubleFunction<SafeMap<?, ?>> of(ToDoubleFunction<SafeMapStats> figure) {
            return map -> figure.applyAsDouble(current(map));
        }

        private synchronized SafeMapStats current(SafeMap<?, ?> map) {
            long now = clock.monotonicTime();
            SafeMapStats last = stats;
            if (last == null || now - takenNanos > MAX_AGE.toNanos()) {
                last = map.stats();
                stats = last;
                takenNanos = now;
            }
            return last;
        }
    }
}
