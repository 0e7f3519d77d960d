package io.github.safemap.core.engine;

import java.util.Locale;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Access to Flight Recorder, if this JVM has it. Its module is optional, because a jlink image may lack it.
 * Then the classes that extend its classes are not even loaded.
 *
 * <p>The caller has completed a write, so a failed recording must not make it fail.
 *
 * <p>No signature here names an event class. The JVM loads the classes of a signature when it compiles the method
 * for good, and the thread whose call starts the compilation waits for that: a millisecond in the middle of a {@code
 * put}.
 */
final class Recorder {
    private static final boolean IS_THERE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private Recorder() {}

    /**
     * Checks before any event class is used. The first one costs a tenth of a second, and it starts a thread
     * that keeps the caller's class loader reachable.
     */
    private static boolean isRecording() {
        return IS_THERE && FlightRecorder.isInitialized();
    }

    /** Begins an event for a rebuild. Returns null if no recording is on, or if it fails. */
    static @Nullable Object rebuildBegun() {
        try {
            return isRecording() ? begun() : null;
        } catch (Throwable e) {
            return null;
        }
    }

    private static @Nullable Object begun() {
        RebuildEvent event = new RebuildEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    /** Ends the event of a rebuild. */
    static void rebuilt(Object begun, RebuildKind kind, int slotsBefore, int slotsAfter, int copied) {
        try {
            RebuildEvent event = (RebuildEvent) begun;
            event.end();
            if (event.shouldCommit()) {
                event.kind = kind.name().toLowerCase(Locale.ROOT);
                event.slotsBefore = slotsBefore;
                event.slotsAfter = slotsAfter;
                event.entriesMoved = copied;
                event.commit();
            }
        } catch (Throwable e) {
            // it is not recorded
        }
    }

    /** Records that a directory has become longer or shorter. */
    static void directory(int placesBefore, int placesAfter) {
        try {
            if (isRecording()) {
                commit(placesBefore, placesAfter);
            }
        } catch (Throwable e) {
            // it is not recorded
        }
    }

    private static void commit(int placesBefore, int placesAfter) {
        DirectoryEvent event = new DirectoryEvent();
        if (event.isEnabled()) {
            event.placesBefore = placesBefore;
            event.placesAfter = placesAfter;
            event.commit();
        }
    }
}
