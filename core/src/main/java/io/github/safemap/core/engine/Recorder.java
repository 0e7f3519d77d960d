package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * Flight Recorder, if this JVM has it: its module is optional, as an image by jlink may lack it. What
 * extends its classes is not even loaded then.
 *
 * <p>Who comes by here has done, or will do, a write, which must not fail for the sake of a recording.
 */
final class Recorder {
    private static final boolean IS_THERE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private Recorder() {}

    /** Begins an event; null if nobody records, or if that fails. */
    static @Nullable RebuildEvent begun(int shard, int bucketsBefore, int bucketsAfter) {
        try {
            return IS_THERE ? RebuildEvent.begun(shard, bucketsBefore, bucketsAfter) : null;
        } catch (Throwable e) {
            return null;
        }
    }

    /** Ends an event, perhaps in another thread than it was begun in. */
    static void ended(RebuildEvent event, long entriesMoved) {
        try {
            event.ended(entriesMoved);
        } catch (Throwable e) {
            // it is not recorded
        }
    }
}
