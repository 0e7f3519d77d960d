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
 * The figures of a map's {@code stats()} as meters. {@code new SafeMapMetrics(map,
 * "sessions").bindTo(registry)} creates these meters, each with the tag {@code map} = {@code sessions}:
 *
 * <table>
 *   <caption>The meters</caption>
 *   <tr><th>name</th><th>kind</th><th>unit</th></tr>
 *   <tr><td>{@code safemap.entries}</td><td>gauge</td><td>entries</td></tr>
 *   <tr><td>{@code safemap.tables}</td><td>gauge</td><td>bytes</td></tr>
 *   <tr><td>{@code safemap.load}</td><td>gauge</td><td>entries a slot</td></tr>
 *   <tr><td>{@code safemap.shards}</td><td>gauge</td><td>shards</td></tr>
 *   <tr><td>{@code safemap.directory}</td><td>gauge</td><td>places</td></tr>
 *   <tr><td>{@code safemap.slots}</td><td>gauge</td><td>slots</td></tr>
 *   <tr><td>{@code safemap.dead.slots}</td><td>gauge</td><td>slots</td></tr>
 *   <tr><td>{@code safemap.longest.way}</td><td>gauge</td><td>buckets</td></tr>
 *   <tr><td>{@code safemap.longest.rebuild}</td><td>gauge</td><td>the registry's unit of time</td></tr>
 *   <tr><td>{@code safemap.rebuilds}, with the tag {@code kind} = {@code growth}, {@code cleaning}, {@code shrink},
 *       {@code split} or {@code merge}</td><td>counter</td><td>rebuilds</td></tr>
 *   <tr><td>{@code safemap.entries.moved}</td><td>counter</td><td>entries</td></tr>
 *   <tr><td>{@code safemap.contended.claims}</td><td>counter</td><td>claims</td></tr>
 * </table>
 *
 * <p>The meters refer to the map weakly. If nobody uses the map any more, it is collected, and its gauges
 * become NaN. Micrometer reads one meter after the other and does not announce a scrape. So a reading is used
 * again until it is a second old by the registry's clock.
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
        gauge(bound, "safemap.load", null, reading.of(SafeMapStats::load), "Entries a slot")
                .register(registry);
        gauge(bound, "safemap.shards", "shards", reading.of(SafeMapStats::shards), "Small tables of the map")
                .register(registry);
        gauge(
                        bound,
                        "safemap.directory",
                        "places",
                        reading.of(SafeMapStats::directoryLength),
                        "Length of the array of shards")
                .register(registry);
        gauge(bound, "safemap.slots", "slots", reading.of(SafeMapStats::slots), "Slots of all shards")
                .register(registry);
        gauge(
                        bound,
                        "safemap.dead.slots",
                        "slots",
                        reading.of(SafeMapStats::deadSlots),
                        "Slots of removed entries, lost until their shard is rebuilt")
                .register(registry);
        gauge(
                        bound,
                        "safemap.longest.way",
                        "buckets",
                        reading.of(SafeMapStats::longestWay),
                        "The most buckets that a look-up may go through")
                .register(registry);
        TimeGauge.builder(
                        "safemap.longest.rebuild",
                        bound,
                        TimeUnit.NANOSECONDS,
                        reading.of(SafeMapStats::longestRebuildNanos))
                .description("The longest rebuild of a shard, which a write waited for")
                .tags(tags)
                .register(registry);
        rebuilds(bound, "growth", reading.of(SafeMapStats::growths)).register(registry);
        rebuilds(bound, "cleaning", reading.of(SafeMapStats::cleanings)).register(registry);
        rebuilds(bound, "shrink", reading.of(SafeMapStats::shrinks)).register(registry);
        rebuilds(bound, "split", reading.of(SafeMapStats::splits)).register(registry);
        rebuilds(bound, "merge", reading.of(SafeMapStats::merges)).register(registry);
        counter(
                        bound,
                        "safemap.entries.moved",
                        "entries",
                        reading.of(SafeMapStats::entriesMoved),
                        "Entries that rebuilds have copied")
                .register(registry);
        counter(
                        bound,
                        "safemap.contended.claims",
                        "claims",
                        reading.of(SafeMapStats::contendedClaims),
                        "Writes that had to wait for another write of the same shard, about")
                .register(registry);
    }

    private FunctionCounter.Builder<SafeMap<?, ?>> rebuilds(
            SafeMap<?, ?> bound, String kind, ToDoubleFunction<SafeMap<?, ?>> figure) {
        return counter(bound, "safemap.rebuilds", "rebuilds", figure, "Shards copied into fresh ones")
                .tag("kind", kind);
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

    /** The last {@code stats()} and their time. It has figures only, and does not refer to the map. */
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
