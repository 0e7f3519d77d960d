package io.github.safemap.examples.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.SafeMap;
import io.github.safemap.SafeMapStats;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The meters say what {@code stats()} says. */
class SafeMapMetricsTest {
    private static final int ENTRIES = 100_000;

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final SafeMap<Integer, String> map = new SafeMap<>();

    private void rushAndBack() {
        for (int i = 0; i < ENTRIES; i++) {
            map.put(i, "session");
        }
        for (int i = 10; i < ENTRIES; i++) {
            map.remove(i);
        }
    }

    private double gauge(String name) {
        return registry.get(name).tag("map", "sessions").gauge().value();
    }

    private double counter(String name, String... tags) {
        return registry.get(name).tags(tags).functionCounter().count();
    }

    @Test
    void eachMeterHasItsFigure() {
        rushAndBack();
        new SafeMapMetrics(map, "sessions").bindTo(registry);
        SafeMapStats stats = map.stats();
        assertEquals(10, gauge("safemap.entries"));
        assertEquals(stats.tableBytes(), gauge("safemap.tables"));
        assertEquals(stats.load(), gauge("safemap.load"));
        assertEquals(stats.shards(), gauge("safemap.shards"));
        assertEquals(stats.directoryLength(), gauge("safemap.directory"));
        assertEquals(stats.slots(), gauge("safemap.slots"));
        assertEquals(stats.deadSlots(), gauge("safemap.dead.slots"));
        assertEquals(stats.longestWay(), gauge("safemap.longest.way"));
        assertEquals(
                stats.longestRebuildNanos(),
                registry.get("safemap.longest.rebuild").timeGauge().value(TimeUnit.NANOSECONDS));
        assertEquals(stats.growths(), counter("safemap.rebuilds", "kind", "growth"));
        assertEquals(stats.cleanings(), counter("safemap.rebuilds", "kind", "cleaning"));
        assertEquals(stats.shrinks(), counter("safemap.rebuilds", "kind", "shrink"));
        assertEquals(stats.splits(), counter("safemap.rebuilds", "kind", "split"));
        assertEquals(stats.merges(), counter("safemap.rebuilds", "kind", "merge"));
        assertEquals(stats.entriesMoved(), counter("safemap.entries.moved"));
        assertEquals(stats.contendedClaims(), counter("safemap.contended.claims"));
        assertTrue(stats.growths() > 0 && stats.splits() > 0 && stats.merges() > 0, stats::toString);
    }

    @Test
    void unitsAndTagsAreThere() {
        new SafeMapMetrics(map, "sessions", Tag.of("region", "north")).bindTo(registry);
        assertEquals("bytes", registry.get("safemap.tables").gauge().getId().getBaseUnit());
        assertEquals("slots", registry.get("safemap.dead.slots").gauge().getId().getBaseUnit());
        List<Meter> meters = registry.getMeters();
        assertEquals(16, meters.size());
        for (Meter meter : meters) {
            assertEquals("sessions", meter.getId().getTag("map"));
            assertEquals("north", meter.getId().getTag("region"));
            assertFalse(Objects.toString(meter.getId().getDescription(), "").isEmpty(), meter::toString);
        }
    }

    @Test
    void aReadingIsUsedForAWholeScrapeAndNotForTheNext() {
        new SafeMapMetrics(map, "sessions").bindTo(registry);
        assertEquals(0, gauge("safemap.entries"));
        rushAndBack();
        assertEquals(0, gauge("safemap.entries"));
        assertEquals(0, counter("safemap.rebuilds", "kind", "growth"));
        clock.add(Duration.ofSeconds(2));
        assertEquals(10, gauge("safemap.entries"));
        assertTrue(counter("safemap.rebuilds", "kind", "growth") > 0);
    }

    @Test
    @Timeout(60)
    void theMetersDoNotKeepTheMap() {
        Gauge entries = bindToAMapOfItsOwn();
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        while (garbage.get() != null || !Double.isNaN(entries.value())) {
            System.gc();
        }
    }

    private Gauge bindToAMapOfItsOwn() {
        SafeMap<Integer, String> dropped = new SafeMap<>();
        dropped.put(1, "session");
        new SafeMapMetrics(dropped, "dropped").bindTo(registry);
        Gauge entries = registry.get("safemap.entries").tag("map", "dropped").gauge();
        assertEquals(1, entries.value());
        return entries;
    }
}
