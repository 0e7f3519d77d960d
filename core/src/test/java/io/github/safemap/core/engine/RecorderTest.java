package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    @TempDir
    private Path folder;

    @Test
    void aRecordingHasEachRebuildAndEachLengthOfTheDirectory() throws Exception {
        Directory directory = Directories.empty();
        List<RecordedEvent> events;
        try (Recording recording = new Recording()) {
            recording.enable(RebuildEvent.NAME).withThreshold(Duration.ZERO);
            recording.enable(DirectoryEvent.NAME);
            recording.start();
            Directories.putAll(directory, 0, 2_000);
            Directories.removeAll(directory, 0, 2_000);
            recording.stop();
            Path file = folder.resolve("recording.jfr");
            recording.dump(file);
            events = RecordingFile.readAllEvents(file);
        }
        RebuildCounts counts = directory.rebuilds();
        long moved = 0;
        Set<String> kinds = new HashSet<>();
        for (RecordedEvent event : named(events, RebuildEvent.NAME)) {
            moved += event.getInt("entriesMoved");
            String kind = event.getString("kind");
            kinds.add(kind);
            int before = event.getInt("slotsBefore");
            int after = event.getInt("slotsAfter");
            assertTrue(kind.equals("growth") == before < after || kind.equals("split") || kind.equals("merge"), kind);
            assertTrue(!kind.equals("shrinking") || before > after, kind);
        }
        assertEquals(Set.of("growth", "shrinking", "split", "merge"), kinds);
        assertEquals(counts.entriesMoved(), moved);
        long doubled = 0;
        for (RecordedEvent event : named(events, DirectoryEvent.NAME)) {
            int before = event.getInt("placesBefore");
            int after = event.getInt("placesAfter");
            assertTrue(after == 2 * before || before == 2 * after, () -> before + " to " + after);
            doubled += after > before ? 1 : 0;
        }
        assertEquals(counts.doubled(), doubled);
        assertEquals(
                counts.doubled() + counts.halved(),
                named(events, DirectoryEvent.NAME).size());
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }
}
