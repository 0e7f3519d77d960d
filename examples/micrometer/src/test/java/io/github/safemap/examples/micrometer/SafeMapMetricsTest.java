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
    private final SafeMap<Integer, String> map =
            SafeMap.builder().noExecutor().build(); // so that nothing changes while it is looked at

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
        assertEquals(stats.longestChain(), gauge("safemap.longest.chain"));
        assertEquals(stats.deletionsSinceRebuild(), gauge("safemap.deletions.since.rebuild"));
        assertEquals(
                stats.longestStepNanos(),
                registry.get("safemap.longest.step").timeGauge().value(TimeUnit.NANOSECONDS));
        assertEquals(stats.grows(), counter("safemap.rebuilds", "to", "larger"));
        assertEquals(stats.shrinks(), counter("safemap.rebuilds", "to", "smaller"));
        assertEquals(stats.entriesMoved(), counter("safemap.entries.moved"));
        assertEquals(stats.bytesGivenBack(), counter("safemap.given.back"));
        assertTrue(stats.grows() > 0 && stats.shrinks() > 0 && stats.bytesGivenBack() > 0, stats::toString);
    }

    @Test
    void unitsAndTagsAreThere() {
        new SafeMapMetrics(map, "sessions", Tag.of("region", "north")).bindTo(registry);
        assertEquals("bytes", registry.get("safemap.tables").gauge().getId().getBaseUnit());
        assertEquals(
                "bytes",
                registry.get("safemap.given.back").functionCounter().getId().getBaseUnit());
        List<Meter> meters = registry.getMeters();
        assertEquals(10, meters.size());
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
        assertEquals(0, counter("safemap.rebuilds", "to", "larger"));
        clock.add(Duration.ofSeconds(2));
        assertEquals(10, gauge("safemap.entries"));
        assertTrue(counter("safemap.rebuilds", "to", "larger") > 0);
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
        SafeMap<Integer, String> dropped = SafeMap.builder().noExecutor().build();
        dropped.put(1, "session");
        new SafeMapMetrics(dropped, "dropped").bindTo(registry);
        Gauge entries = registry.get("safemap.entries").tag("map", "dropped").gauge();
        assertEquals(1, entries.value());
        return entries;
    }
}
