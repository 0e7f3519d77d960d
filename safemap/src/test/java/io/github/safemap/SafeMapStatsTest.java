package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.GoMapStats;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.GraphLayout;

/** What {@link SafeMap#stats} and Flight Recorder say about a map, compared with what is known about it. */
class SafeMapStatsTest {
    private static final String REBUILD = "io.github.safemap.Rebuild";
    private static final String DIRECTORY = "io.github.safemap.Directory";

    @RegisterExtension
    private final SafeMaps maps = new SafeMaps();

    @TempDir
    private Path directory;

    @Test
    void anEmptyMapHasNothing() {
        SafeMapStats stats = maps.<Integer, Integer>create().stats();
        assertEquals(1, stats.shards());
        assertEquals(1, stats.directoryLength());
        assertEquals(0, stats.entries() + stats.slots() + stats.deadSlots() + stats.longestWay());
        assertEquals(0, stats.load());
        assertEquals(0, stats.growths() + stats.cleanings() + stats.shrinks() + stats.splits() + stats.merges());
        assertEquals(0, stats.entriesMoved() + stats.longestRebuildNanos() + stats.contendedClaims());
        assertTrue(stats.tableBytes() < 200, stats::toString);
        assertEquals(64, maps.create(SafeMap.builder().shards(64)).stats().shards());
    }

    @Test
    void growthAndShrinkingAreCounted() {
        SafeMap<Integer, Integer> map = maps.create();
        for (int i = 0; i < 10_000; i++) {
            map.put(i, i);
        }
        SafeMapStats full = map.stats();
        assertEquals(10_000, full.entries());
        assertTrue(full.shards() >= 10 && full.shards() <= full.directoryLength(), full::toString);
        assertTrue(full.directoryLength() <= 4 * full.shards(), full::toString);
        assertEquals(full.shards() - 1, full.splits(), full::toString);
        assertTrue(full.slots() > 10_000 && full.slots() <= 40_000, full::toString);
        assertEquals(10_000.0 / full.slots(), full.load());
        assertTrue(full.growths() > full.shards(), full::toString);
        assertEquals(0, full.shrinks() + full.merges() + full.cleanings() + full.deadSlots());
        assertTrue(full.entriesMoved() >= 6_000 && full.entriesMoved() <= 30_000, full::toString);
        assertTrue(full.longestWay() >= 2, full::toString);
        assertTrue(full.longestRebuildNanos() > 0, full::toString);

        for (int i = 0; i < 10; i++) {
            map.remove(i);
        }
        assertEquals(10, map.stats().deadSlots());

        for (int i = 100; i < 10_000; i++) {
            map.remove(i);
        }
        map.trim();
        SafeMapStats left = map.stats();
        assertEquals(90, left.entries());
        assertTrue(left.slots() <= 256, left::toString);
        assertEquals(0, left.deadSlots());
        assertTrue(left.shrinks() > 0 && left.merges() > 0, left::toString);
        assertEquals(left.shards() - 1, left.splits() - left.merges(), left::toString);
        assertTrue(left.tableBytes() < full.tableBytes() / 20, left::toString);

        map.clear();
        SafeMapStats cleared = map.stats();
        assertEquals(1, cleared.shards());
        assertEquals(0, cleared.entries() + cleared.slots());
        assertEquals(left.shrinks(), cleared.shrinks());
        assertEquals(left.entriesMoved(), cleared.entriesMoved());
    }

    /** The same entries come again and again: slots die, and their shard is copied without them. */
    @Test
    void deadSlotsAreCounted() {
        SafeMap<Integer, Integer> map = maps.create(SafeMap.builder().shrinkThreshold(1_000_000));
        for (int i = 0; i < 100; i++) {
            map.put(i % 3, i);
            map.remove(i % 3);
        }
        SafeMapStats stats = map.stats();
        assertEquals(8, stats.slots());
        assertTrue(stats.deadSlots() >= 1 && stats.deadSlots() <= 7, stats::toString);
        assertTrue(stats.cleanings() >= 100 / 8, stats::toString);
        assertEquals(1, stats.longestWay());
    }

    /** The list comes from reflection, so that no figure is forgotten. */
    @Test
    void theTextNamesEachFigure() throws ReflectiveOperationException {
        SafeMap<Integer, Integer> map = maps.create();
        for (int i = 0; i < 1_000; i++) {
            map.put(i, i);
        }
        SafeMapStats stats = map.stats();
        int figures = 0;
        for (Method figure : SafeMapStats.class.getDeclaredMethods()) {
            if (Modifier.isPublic(figure.getModifiers())
                    && figure.getReturnType().isPrimitive()) {
                String text = figure.getName() + "=" + figure.invoke(stats);
                assertTrue(stats.toString().contains(text), () -> text + " is not in " + stats);
                figures++;
            }
        }
        assertTrue(figures >= 16, "only " + figures);
    }

    /** Everybody could call a record's constructor, and it would change with each new figure. */
    @ParameterizedTest
    @ValueSource(classes = {SafeMapStats.class, GoMapStats.class})
    void aFigureCanBeAddedWithoutBreakingACaller(Class<?> stats) {
        assertFalse(stats.isRecord());
        assertTrue(Modifier.isFinal(stats.getModifiers()));
        assertEquals(0, stats.getConstructors().length);
        assertEquals(0, stats.getFields().length);
        assertEquals(Object.class, stats.getSuperclass());
        assertEquals(0, stats.getInterfaces().length);
        for (Method figure : stats.getDeclaredMethods()) {
            assertTrue(figure.getParameterCount() == 0 || !Modifier.isPublic(figure.getModifiers()), figure::toString);
        }
    }

    /** Compared with the heap, at sizes where the tables are full and where they are almost empty. */
    @Test
    void theBytesOfTheTablesAreEstimatedWell() {
        System.setProperty("jol.magicFieldOffset", "true"); // the settings are a record
        SafeMap<Integer, Integer> none = maps.create();
        none.put(1, 1);
        none.remove(1);
        none.trim();
        long empty = GraphLayout.parseInstance(none).totalSize() - none.stats().tableBytes();
        for (int size : new int[] {100, 1_000, 20_000, 54_000, 110_000}) {
            SafeMap<Integer, Integer> map = maps.create();
            Integer key = 0;
            for (int i = 0; i < size; i++) {
                key = i + 1_000;
                map.put(key, key);
            }
            map.trim();
            long keys = size * GraphLayout.parseInstance(key).totalSize();
            long real = GraphLayout.parseInstance(map).totalSize() - keys - empty;
            double ratio = (double) map.stats().tableBytes() / real;
            assertTrue(ratio > 0.9 && ratio < 1.1, "at " + size + ": " + ratio);
        }
    }

    @Test
    void flightRecorderSeesEachRebuildAndNothingIfItDoesNotRecord() throws IOException {
        SafeMap<Integer, Integer> map = maps.create();
        fillAndEmpty(map);
        SafeMapStats before = map.stats();
        List<RecordedEvent> events;
        try (Recording recording = new Recording()) {
            recording.enable(REBUILD).withoutThreshold();
            recording.enable(DIRECTORY);
            recording.start();
            fillAndEmpty(map);
            recording.stop();
            Path file = directory.resolve("recording.jfr");
            recording.dump(file);
            events = RecordingFile.readAllEvents(file);
        }
        SafeMapStats after = map.stats();
        List<RecordedEvent> resizes = named(events, DIRECTORY);
        assertTrue(resizes.stream().anyMatch(e -> e.getInt("placesAfter") == 2 * e.getInt("placesBefore")), "doubled");
        assertTrue(resizes.stream().anyMatch(e -> 2 * e.getInt("placesAfter") == e.getInt("placesBefore")), "halved");
        events = named(events, REBUILD);
        assertEquals(after.growths() - before.growths(), count(events, "growth"));
        assertEquals(after.cleanings() - before.cleanings(), count(events, "cleaning"));
        assertEquals(after.shrinks() - before.shrinks(), count(events, "shrinking"));
        assertEquals(after.splits() - before.splits(), count(events, "split"));
        assertEquals(after.merges() - before.merges(), count(events, "merge"));
        assertTrue(count(events, "growth") >= 8 && count(events, "split") >= 8 && count(events, "merge") >= 8);
        assertEquals(
                after.entriesMoved() - before.entriesMoved(),
                events.stream().mapToLong(event -> event.getInt("entriesMoved")).sum());
        for (RecordedEvent event : events) {
            assertTrue(event.getDuration().toNanos() > 0);
            if (event.getString("kind").equals("growth")) {
                assertTrue(event.getInt("slotsAfter") > event.getInt("slotsBefore"), event::toString);
            }
        }
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    private static long count(List<RecordedEvent> events, String kind) {
        return events.stream()
                .filter(event -> event.getString("kind").equals(kind))
                .count();
    }

    private static void fillAndEmpty(SafeMap<Integer, Integer> map) {
        for (int i = 0; i < 2_000; i++) {
            map.put(i, i);
        }
        for (int i = 0; i < 2_000; i++) {
            map.remove(i);
        }
        map.trim();
    }
}
