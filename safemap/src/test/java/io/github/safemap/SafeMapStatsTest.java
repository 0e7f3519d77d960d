package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jol.info.GraphLayout;

/** What {@link SafeMap#stats} and Flight Recorder say of a map, against what is known of it. */
class SafeMapStatsTest {
    private static final String REBUILD = "io.github.safemap.Rebuild";

    @RegisterExtension
    private final SafeMaps maps = new SafeMaps();

    @TempDir
    private Path directory;

    private SafeMap<Integer, Integer> map(int shards, Executor executor) {
        SafeMapBuilder builder = SafeMap.builder().shards(shards);
        return maps.create(executor == null ? builder.noExecutor() : builder.executor(executor));
    }

    @Test
    void anEmptyMapHasNothing() {
        assertEquals(
                new SafeMapStats(0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                maps.<Integer, Integer>create().stats());
    }

    @Test
    void aMapThatGrowsAndShrinksSaysSo() {
        SafeMap<Integer, Integer> map = map(1, null);
        for (int i = 0; i < 10_000; i++) {
            map.put(i, i);
        }
        SafeMapStats full = map.stats();
        assertEquals(10_000, full.entries());
        assertEquals(1, full.shards());
        assertEquals(2_048, full.buckets());
        assertEquals(10_000.0 / 2_048, full.load());
        assertEquals(11, full.grows()); // from 1 bucket to 2^11
        assertEquals(0, full.shrinks());
        assertEquals(0, full.bytesGivenBack());
        assertEquals(0, full.deletionsSinceRebuild());
        assertTrue(full.entriesMoved() >= 6_000 && full.entriesMoved() <= 20_000, full::toString);
        assertTrue(full.longestChain() >= 2 && full.longestChain() <= 5, full::toString);
        assertTrue(full.overflowBuckets() > 0, full::toString);
        assertTrue(full.longestStepNanos() > 0, full::toString);

        for (int i = 100; i < 10_000; i++) {
            map.remove(i);
        }
        map.trim();
        SafeMapStats left = map.stats();
        assertEquals(100, left.entries());
        assertEquals(16, left.buckets());
        assertTrue(left.shrinks() > 0, left::toString);
        assertEquals(4L * (2_048 - 16), left.bytesGivenBack());
        assertTrue(left.tableBytes() < full.tableBytes() / 50, left::toString);

        map.clear();
        SafeMapStats cleared = map.stats();
        assertEquals(0, cleared.entries() + cleared.buckets() + cleared.tableBytes());
        assertEquals(left.shrinks(), cleared.shrinks());
        assertEquals(left.entriesMoved(), cleared.entriesMoved());
    }

    @Test
    void deletionsAreCountedUntilTheTableIsRebuilt() {
        SafeMap<Integer, Integer> map = maps.create(SafeMap.builder().shards(1).growOnly());
        for (int i = 0; i < 10_000; i++) {
            map.put(i, i);
        }
        for (int i = 0; i < 8_000; i++) {
            map.remove(i);
        }
        assertEquals(8_000, map.stats().deletionsSinceRebuild(), 500);
    }

    /** Against what the heap says, at sizes at which the tables are full and almost empty. */
    @Test
    void theBytesOfTheTablesAreEstimatedWell() {
        System.setProperty("jol.magicFieldOffset", "true"); // the settings are a record
        long empty = GraphLayout.parseInstance(maps.create(SafeMap.builder().noExecutor()))
                .totalSize();
        for (int size : new int[] {100, 1_000, 20_000, 54_000, 110_000}) {
            SafeMap<Integer, Integer> map = maps.create(SafeMap.builder().noExecutor());
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

    /** Ten thousand of the many strings that are made of "Aa" and "BB", which have one hash code. */
    @Test
    void keysInTreesTakeBytesToo() {
        SafeMap<String, String> map = maps.create(SafeMap.builder().noExecutor());
        for (int i = 0; i < 10_000; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < 14; bit++) {
                key.append((i >>> bit & 1) == 0 ? "Aa" : "BB");
            }
            map.put(key.toString(), "");
        }
        assertEquals(10_000 * (32 + 16.0), map.stats().tableBytes(), 10_000.0); // a node and a cell each
    }

    @Test
    void flightRecorderSeesEachRebuildAndNothingIfItDoesNotRecord() throws IOException {
        SafeMap<Integer, Integer> map = map(1, Runnable::run);
        fillAndEmpty(map);
        SafeMapStats before = map.stats();
        List<RecordedEvent> events;
        try (Recording recording = new Recording()) {
            recording.enable(REBUILD);
            recording.start();
            fillAndEmpty(map);
            recording.stop();
            Path file = directory.resolve("recording.jfr");
            recording.dump(file);
            events = RecordingFile.readAllEvents(file);
        }
        SafeMapStats after = map.stats();
        events.removeIf(event -> !event.getEventType().getName().equals(REBUILD));
        assertEquals(after.grows() - before.grows(), count(events, "growth"));
        assertEquals(after.shrinks() - before.shrinks(), count(events, "shrinking"));
        assertTrue(count(events, "growth") >= 8 && count(events, "shrinking") >= 1, "too few");
        assertEquals(
                after.entriesMoved() - before.entriesMoved(),
                events.stream()
                        .mapToLong(event -> event.getLong("entriesMoved"))
                        .sum());
        for (RecordedEvent event : events) {
            assertEquals(0, event.getInt("shard"));
            assertTrue(event.getDuration().toNanos() > 0);
            assertEquals(
                    event.getString("kind").equals("growth"),
                    event.getInt("bucketsAfter") > event.getInt("bucketsBefore"));
        }
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
